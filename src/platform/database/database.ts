import type { Kysely } from 'kysely';
import type { Actor } from '../auth/actor.ts';
import type { DB } from './schema.gen.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** A transaction that may read. Kysely's query builder and the `sql` template run on it. */
export type ReadTx = Kysely<DB> & { readonly [readable]: true };
/** A transaction that may write; exists only inside `Database.transact`. */
export type WriteTx = ReadTx & { readonly [writable]: true };

export type TransactOptions = {
  /**
   * How often `work` may run in all when the server ends it with a serialisation failure or a deadlock (40001, 40P01).
   * 1 unless told; with more, `work` must have no effect outside the database.
   */
  readonly tries?: number;
};

/**
 * The one way to the data. Every transaction sets tenant and actor first (`platform.enter`), so row security holds
 * and a pooled connection never carries a former actor. A tx is dead after its transaction: using it then throws.
 */
export type Database = {
  /** Runs `work` in a READ ONLY transaction. */
  read<T>(actor: Actor, work: (tx: ReadTx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction and commits, unless `work` throws or answers a Refusal: then everything is rolled
   * back. A warning 01000 at COMMIT, or a connection lost there, throws `CommitUnknown`.
   */
  transact<T>(actor: Actor, work: (tx: WriteTx) => Promise<T>, options?: TransactOptions): Promise<T>;
  /** Runs after the transaction of `tx` committed; not at all when it rolled back. */
  afterCommit(tx: WriteTx, work: () => void): void;
  /** Tells listeners of a channel, also in other processes; soon, at most once per payload, and not for certain. */
  notify(channel: string, payload: string): void;
  /** True when a connection answers within a second. */
  healthy(): Promise<boolean>;
  /** Connections of the pool, and who waits for one. */
  connections(): { readonly open: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
};
