import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from 'kysely';
import type pg from 'pg';
import { isRefusal } from '../../kit/result.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import type { Database, ReadTx, WriteTx } from './database.ts';
import type { DB } from './schema.gen.ts';
import { statementOf, tablesWritten } from './statements.ts';
import { gather } from './traffic.ts';

/** The connection of a transaction, and the answer to its BEGIN. */
export type Begun = {
  readonly client: pg.PoolClient;
  /** Settles when BEGIN, tenant and actor were answered. */
  readonly begun: Promise<unknown>;
};

/**
 * One pg client for the length of one transaction. Statements run in the order in which they were started. Those a caller
 * starts at once travel together, without waiting for each other's answers, and the first of them together with BEGIN: what
 * costs time is how often a transaction waits for the server. After `end` none runs any more, so a tx that outlives its
 * transaction cannot reach a connection that already serves someone else.
 */
export class TransactionConnection implements DatabaseConnection {
  #begun: Begun;
  /** Takes another connection when the one that rested in the pool turns out to be dead; else throws what it died of. */
  readonly #again: (reason: unknown) => Promise<Begun>;
  #moving: Promise<void> | null = null;
  #entered = false;
  readonly #running = new Set<Promise<unknown>>();
  readonly #written = new Map<string, number>();
  #failure: { readonly error: unknown } | null = null;
  #ended = false;

  constructor(begun: Begun, again: (reason: unknown) => Promise<Begun>) {
    this.#begun = begun;
    this.#again = again;
    begun.begun.then(
      () => {
        this.#entered = true;
      },
      () => undefined,
    );
  }

  /** Whether BEGIN was answered: from then on this is the transaction's connection. */
  get entered(): boolean {
    return this.#entered;
  }

  get client(): pg.PoolClient {
    return this.#begun.client;
  }

  /** The tables written to so far, `schema.table`, and how often. */
  get written(): ReadonlyMap<string, number> {
    return this.#written;
  }

  /** What was written was changed once more: back to what it was. */
  undone(): void {
    for (const [table, times] of this.#written) this.#written.set(table, times + 1);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#ended) throw new Error('the transaction has ended; a statement came too late');
    const running = this.#run<R>(query);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Sends a statement whose answer nobody waits for. When it fails, `settle` and `end` throw what it failed of. */
  sendAhead(query: CompiledQuery): void {
    this.executeQuery(query).catch((error: unknown) => {
      this.#failure ??= { error };
    });
  }

  /** Waits for all that was sent; throws the first failure that nobody has heard of. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#running);
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw failure.error;
  }

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (const table of tablesWritten(query.sql)) this.#written.set(table, (this.#written.get(table) ?? 0) + 1);
    const answer = await this.#send(query);
    const rows = (answer.rows ?? []) as R[];
    return answer.rowCount === null ? { rows } : { rows, numAffectedRows: BigInt(answer.rowCount) };
  }

  async #send(query: CompiledQuery): Promise<pg.QueryResult> {
    for (;;) {
      if (this.#moving) await this.#moving;
      const begun = this.#begun;
      gather(begun.client);
      try {
        return await begun.client.query(statementOf(query));
      } catch (error) {
        if (this.#entered || (await this.#hasBegun(begun))) throw error;
      }
    }
  }

  /** True when BEGIN was answered; otherwise the transaction begins anew elsewhere, as nothing of it was done. */
  async #hasBegun(begun: Begun): Promise<boolean> {
    try {
      await begun.begun;
      this.#entered = true;
      return true;
    } catch (reason) {
      if (begun !== this.#begun) return false;
      this.#moving ??= this.#again(reason).then((next) => {
        this.#begun = next;
        this.#moving = null;
      });
      await this.#moving;
      return false;
    }
  }

  // biome-ignore lint/correctness/useYield: a stream would keep the connection past the statement; none is offered
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('read in pages; streaming is not offered');
  }

  /** Waits for what was started and refuses what comes later; throws when the transaction never began. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.settle();
    while (!this.#entered && !(await this.#hasBegun(this.#begun)));
  }
}

/** Hands out the one connection and leaves BEGIN and COMMIT to the caller. */
class TransactionDriver implements Driver {
  readonly #connection: TransactionConnection;

  constructor(connection: TransactionConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error('already inside a transaction; use attempt() for a part that may fail');
  }

  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

type CommitHook = (database: Database) => void;

const hooks = new WeakMap<ReadTx, CommitHook[]>();

/** Runs `hook` after the transaction of `tx` committed; not at all when it rolled back. */
export function onCommit(tx: WriteTx, hook: CommitHook): void {
  const known = hooks.get(tx);
  if (known) known.push(hook);
  else hooks.set(tx, [hook]);
}

/** The hooks of a transaction, for the one who commits it. */
export function commitHooks(tx: WriteTx): readonly CommitHook[] {
  return hooks.get(tx) ?? [];
}

const connections = new WeakMap<ReadTx, TransactionConnection>();

/**
 * Sends statements in this order and goes on at once. A failure comes out where the transaction commits, or where the
 * `attempt` around it ends; for writes after which nothing is read that could not wait for them.
 */
export function sendAhead(tx: WriteTx, statements: readonly CompiledQuery[]): void {
  const connection = connections.get(tx);
  if (!connection) throw new Error('statements can only be sent ahead inside a transaction');
  for (const statement of statements) connection.sendAhead(statement);
}

/** Sets tenant and actor for row security and records. */
export const ENTER = 'SELECT platform.enter($1, $2)';

/**
 * Goes on in the name of another actor of the same tenant: a request is read in one transaction, of which its first
 * statements find out who asks.
 */
export function goOnAs(tx: ReadTx, actor: Actor): void {
  const connection = connections.get(tx);
  if (!connection) throw new Error('nobody can go on outside a transaction');
  connection.sendAhead(CompiledQuery.raw(ENTER, [actor.tenant, actorId(actor)]));
}

const adapter = new PostgresAdapter();
// It keeps nothing from one statement to the next.
const compiler = new PostgresQueryCompiler();

/** The query builder over one transaction. */
export function transactionBuilder(connection: TransactionConnection): WriteTx {
  const dialect: Dialect = {
    createAdapter: () => adapter,
    createDriver: () => new TransactionDriver(connection),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => compiler,
  };
  const tx = new Kysely<DB>({ dialect }) as unknown as WriteTx;
  connections.set(tx, connection);
  return tx;
}

/**
 * Runs `work` under a savepoint: when it throws or answers a Refusal, its own writes are undone and the transaction
 * goes on. For imports, where one bad row must not cost the others.
 */
export async function attempt<Tx extends ReadTx, T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  // What failed before it is none of its doing.
  await connections.get(tx)?.settle();
  await sql`SAVEPOINT attempt`.execute(tx);
  try {
    const result = await work(tx);
    await connections.get(tx)?.settle();
    if (isRefusal(result)) await undo(tx);
    await sql`RELEASE SAVEPOINT attempt`.execute(tx);
    return result;
  } catch (error) {
    await connections
      .get(tx)
      ?.settle()
      .catch(() => undefined);
    await undo(tx);
    await sql`RELEASE SAVEPOINT attempt`.execute(tx);
    throw error;
  }
}

async function undo(tx: ReadTx): Promise<void> {
  connections.get(tx)?.undone();
  await sql`ROLLBACK TO SAVEPOINT attempt`.execute(tx);
}
