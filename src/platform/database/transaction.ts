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

/**
 * One pg client for the length of one transaction. Statements run one after the other, also when a caller starts
 * several at once; after `end` none runs any more, so a tx that outlives its transaction cannot reach a connection
 * that already serves someone else.
 */
export class TransactionConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#ended) throw new Error('the transaction has ended; a statement came too late');
    const result = this.#last.then(() => this.#run<R>(query));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const answer = await this.#client.query(query.sql, query.parameters as unknown[]);
    const rows = (answer.rows ?? []) as R[];
    return answer.rowCount === null ? { rows } : { rows, numAffectedRows: BigInt(answer.rowCount) };
  }

  // biome-ignore lint/correctness/useYield: a stream would keep the connection past the statement; none is offered
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('read in pages; streaming is not offered');
  }

  /** Waits for what was started and refuses what comes later. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
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
