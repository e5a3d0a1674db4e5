import pg from 'pg';
import { isRefusal } from '../../kit/result.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import type { Log } from '../log.ts';
import { inSpan } from '../observe/trace.ts';
import type { Database, ReadTx, TransactOptions, WriteTx } from './database.ts';
import { CommitUnknown, isTransient, SQLSTATE, sqlState, TransactionAborted } from './errors.ts';
import { countChanges, lendMemory, type Memory } from './kept.ts';
import { Notices } from './notices.ts';
import { Absence, PatientDoor } from './patient-door.ts';
import { countTraffic, gather, withoutWaiting } from './traffic.ts';
import { commitHooks, ENTER, onCommit, TransactionConnection, transactionBuilder } from './transaction.ts';
import { valueTypes } from './values.ts';

export type DatabaseSettings = {
  /** The role gongzhi_app: owns nothing, is bound by row security. */
  readonly url: string;
  readonly poolSize: number;
  readonly log: Log;
  /** Milliseconds to wait for a server that is away before giving up; 3 s unless told. */
  readonly patience?: number;
  /** Milliseconds a single statement may take; 30 s unless told. */
  readonly statementTimeout?: number;
};

const BEGIN = { read: 'BEGIN READ ONLY', write: 'BEGIN' } as const;
const WARNING = '01000';

/** Opens the pool. No connection is made before the first use. */
export function createDatabase(settings: DatabaseSettings): Database {
  const pool = new pg.Pool({
    connectionString: settings.url,
    max: settings.poolSize,
    // Statements started at once are sent at once, see TransactionConnection.
    pipeline: true,
    types: valueTypes,
    application_name: 'gongzhi',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: settings.statementTimeout ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on('error', (error) => settings.log.warn({ error: error.message }, 'a resting database connection was lost'));
  const absence = new Absence(settings.patience ?? 3000);
  countTraffic(pool);
  const notices = new Notices(pool, settings.log);
  const memory: Memory = new Map();

  async function run<T>(mode: keyof typeof BEGIN, actor: Actor, work: (tx: WriteTx) => Promise<T>): Promise<T> {
    const door = new PatientDoor(pool, absence, (client) => begin(client, mode, actor));
    const connection = new TransactionConnection(await door.open(), (reason) => door.openAgain(reason));
    const tx = transactionBuilder(connection);
    lendMemory(tx, connection, actor.tenant, memory);
    let unfit: Error | undefined;
    let committed = false;
    try {
      const result = await work(tx);
      if (mode === 'write' && !isRefusal(result)) await countChanges(tx, connection, actor.tenant);
      if (mode === 'write' && !isRefusal(result) && connection.entered) {
        // COMMIT goes with the last writes: when one of them fails, the server answers it with a rollback.
        const [done, writes] = await Promise.allSettled([commit(connection.client), connection.end()]);
        throwFailure(writes, done);
        committed = true;
        return result;
      }
      await connection.end();
      if (isRefusal(result)) {
        unfit = await rollback(connection.client);
        return result;
      }
      if (mode === 'read') {
        // Nothing hangs on its answer: neither the caller waits for it, nor who gets the connection next.
        gather(connection.client);
        door.closeBehind(withoutWaiting(() => connection.client.query('COMMIT')));
        return result;
      }
      await commit(connection.client);
      committed = true;
      return result;
    } catch (error) {
      const earlier = await connection.end().catch((failure: unknown) => failure);
      unfit = await rollback(connection.client);
      // What failed ahead of it says more than that nothing could follow.
      throw sqlState(error) === SQLSTATE.inFailedTransaction && earlier ? earlier : error;
    } finally {
      door.close(unfit);
      if (committed) for (const hook of commitHooks(tx)) runAfterCommit(() => hook(database), settings.log);
    }
  }

  async function transact<T>(actor: Actor, work: (tx: WriteTx) => Promise<T>, options?: TransactOptions): Promise<T> {
    const tries = options?.tries ?? 1;
    for (let turn = 1; ; turn++) {
      try {
        return await run('write', actor, work);
      } catch (error) {
        if (turn >= tries || !isTransient(error)) throw error;
      }
    }
  }

  const database: Database = {
    read: <T>(actor: Actor, work: (tx: ReadTx) => Promise<T>) =>
      inSpan('transaction', { mode: 'read' }, () => run('read', actor, work)),
    transact: (actor, work, options) => inSpan('transaction', { mode: 'write' }, () => transact(actor, work, options)),
    afterCommit: (tx, work) => onCommit(tx, work),
    notify: (channel, payload) => notices.add(channel, payload),
    healthy: () => answersWithin(pool, 1000),
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await notices.close();
      await pool.end();
    },
  };
  return database;
}

/** Begins for one tenant and actor. Nothing waits for it: what the transaction does first goes with it. */
function begin(client: pg.PoolClient, mode: keyof typeof BEGIN, actor: Actor): Promise<unknown> {
  gather(client);
  const entering = { name: 'enter', text: ENTER, values: [actor.tenant, actorId(actor)] };
  return Promise.all([client.query(BEGIN[mode]), client.query(entering)]);
}

/**
 * What a COMMIT that went with the last writes came to. A write that the server refused undid all; one whose answer was
 * lost says nothing of the COMMIT behind it.
 */
function throwFailure(writes: PromiseSettledResult<unknown>, done: PromiseSettledResult<unknown>): void {
  if (writes.status === 'rejected' && (done.status === 'fulfilled' || sqlState(writes.reason) !== null)) {
    throw writes.reason;
  }
  if (done.status === 'rejected') throw done.reason;
}

async function commit(client: pg.PoolClient): Promise<void> {
  const warnings: string[] = [];
  const listen = (notice: { code?: string | undefined; message?: string | undefined }) => {
    if (notice.code === WARNING) warnings.push(notice.message ?? '');
  };
  client.on('notice', listen);
  try {
    const answer = await client.query('COMMIT');
    if (warnings.length > 0) throw new CommitUnknown(`COMMIT was not confirmed: ${warnings.join('; ')}`);
    if (answer.command === 'ROLLBACK') throw new TransactionAborted('a statement failed, so nothing was committed');
  } catch (error) {
    // An error without SQLSTATE is the connection's: the server may or may not have committed.
    const ours = error instanceof CommitUnknown || error instanceof TransactionAborted;
    if (!ours && (sqlState(error) === null || sqlState(error)?.startsWith('57P'))) {
      throw new CommitUnknown('the connection was lost at COMMIT', { cause: error });
    }
    throw error;
  } finally {
    client.off('notice', listen);
  }
}

/** Answers the error that makes the connection unfit for reuse. */
async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function runAfterCommit(call: () => void, log: Log): void {
  try {
    call();
  } catch (error) {
    log.error({ error: (error as Error).message }, 'what should follow a commit failed');
  }
}

async function answersWithin(pool: pg.Pool, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([pool.query('SELECT 1').then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
