import {
  type CompiledQuery,
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
import type { Database, ReadTx, WriteTx } from './database.ts';
import type { DB } from './schema.gen.ts';
import { statementOf, tablesWritten } from './statements.ts';

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
  readonly #written = new Set<string>();
  #ended = false;

  constructor(begun: Begun, again: (reason: unknown) => Promise<Begun>) {
    this.#begun = begun;
    this.#again = again;
  }

  get client(): pg.PoolClient {
    return this.#begun.client;
  }

  /** The tables written to so far, `schema.table`. */
  get written(): ReadonlySet<string> {
    return this.#written;
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

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (const table of tablesWritten(query.sql)) this.#written.add(table);
    const answer = await this.#send(query);
    const rows = (answer.rows ?? []) as R[];
    return answer.rowCount === null ? { rows } : { rows, numAffectedRows: BigInt(answer.rowCount) };
  }

  async #send(query: CompiledQuery): Promise<pg.QueryResult> {
    for (;;) {
      if (this.#moving) await this.#moving;
      const begun = this.#begun;
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
    await Promise.allSettled(this.#running);
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

/** The query builder over one transaction. */
export function transactionBuilder(connection: TransactionConnection): WriteTx {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new TransactionDriver(connection),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<DB>({ dialect }) as unknown as WriteTx;
}

/**
 * Runs `work` under a savepoint: when it throws or answers a Refusal, its own writes are undone and the transaction
 * goes on. For imports, where one bad row must not cost the others.
 */
export async function attempt<Tx extends ReadTx, T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  await sql`SAVEPOINT attempt`.execute(tx);
  try {
    const result = await work(tx);
    if (isRefusal(result)) await sql`ROLLBACK TO SAVEPOINT attempt`.execute(tx);
    await sql`RELEASE SAVEPOINT attempt`.execute(tx);
    return result;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT attempt`.execute(tx);
    await sql`RELEASE SAVEPOINT attempt`.execute(tx);
    throw error;
  }
}
