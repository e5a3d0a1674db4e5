import { type CompiledQuery, CompiledQuery as Compiled, sql } from 'kysely';
import type { ReadTx, WriteTx } from './database.ts';
import { oncePerTransaction } from './per-transaction.ts';
import type { TransactionConnection } from './transaction.ts';

/**
 * Values drawn from data that changes rarely (divisions, posts, the catalogue), kept in the process for as long as that
 * data stays. `platform.data_version` counts the changes of each part (a schema or a table): a transaction that wrote to one counts on before
 * it commits, and every transaction reads the numbers together with its BEGIN. So a change holds for the next transaction
 * in every process, without messages that could be lost, and a transaction sees its own changes.
 */
export type Keep = <T>(tx: ReadTx, key: string, load: () => Promise<T>) => Promise<T>;

/** Like `Keep` for many keys at once: those not yet known are loaded together. Keys that `load` leaves out are not there. */
export type KeepEach = <T>(
  tx: ReadTx,
  name: string,
  keys: readonly string[],
  load: (missing: readonly string[]) => Promise<ReadonlyMap<string, T>>,
) => Promise<Map<string, T>>;

/** What was changed past the application, by hand in psql, is seen after this time. */
const OLDEST_MS = 60_000;
/** Then all is forgotten and read anew as it is asked for. */
const MOST_ENTRIES = 50_000;

type Entry = { readonly stamp: string; readonly until: number; readonly value: unknown };
export type Memory = Map<string, Entry>;

type Ground = {
  readonly connection: TransactionConnection;
  readonly memory: Memory;
  /** After the transaction changed something itself. */
  readonly own: Memory;
  readonly versions: Promise<ReadonlyMap<string, number>>;
};

const grounds = new WeakMap<ReadTx, Ground>();
const watched = new Set<string>();

/** Keeps what is drawn from these schemas or tables (`schema.table`) alone: `load` reads nothing else. */
export function keepWhile(...parts: readonly string[]): Keep {
  for (const part of parts) watched.add(part);
  const name = parts.join('+');
  return async (tx, key, load) => {
    const id = `${name} ${key}`;
    const look = await lookInto(tx, parts);
    if (look === null) return load();
    const known = look.find(id);
    if (known) return known.value as Awaited<ReturnType<typeof load>>;
    const value = await oncePerTransaction(tx, `kept ${id} ${look.stamp}`, load);
    look.put(id, value);
    return value;
  };
}

/** `keepWhile` for values that are loaded by the list. */
export function keepEachWhile(...parts: readonly string[]): KeepEach {
  for (const part of parts) watched.add(part);
  return async (tx, name, keys, load) => {
    type Value = Awaited<ReturnType<typeof load>> extends ReadonlyMap<string, infer T> ? T : never;
    const look = await lookInto(tx, parts);
    if (look === null) return new Map(await load(keys));
    const found = new Map<string, Value>();
    const missing: string[] = [];
    const head = `${parts.join('+')} ${name} `;
    for (const key of new Set(keys)) {
      const known = look.find(head + key);
      if (!known) missing.push(key);
      else if (known.value !== undefined) found.set(key, known.value as Value);
    }
    if (missing.length === 0) return found;
    const loaded = await load(missing);
    for (const key of missing) {
      const value = loaded.get(key);
      look.put(head + key, value);
      if (value !== undefined) found.set(key, value as Value);
    }
    return found;
  };
}

type Look = {
  readonly stamp: string;
  readonly find: (id: string) => Entry | undefined;
  readonly put: (id: string, value: unknown) => void;
};

/**
 * Null outside the pool. A transaction that changed the data itself has a memory of its own, which holds until it changes
 * more: what it does is nobody else's business before it commits.
 */
async function lookInto(tx: ReadTx, parts: readonly string[]): Promise<Look | null> {
  const ground = grounds.get(tx);
  if (!ground) return null;
  const own = changesTo(ground.connection, parts);
  const versions = await ground.versions;
  const stamp = own > 0 ? `own ${own}` : parts.map((part) => versions.get(part) ?? 0).join();
  const memory = own > 0 ? ground.own : ground.memory;
  return {
    stamp,
    find(id) {
      const entry = memory.get(id);
      return entry && entry.stamp === stamp && entry.until > performance.now() ? entry : undefined;
    },
    put(id, value) {
      // Changed while it was loaded.
      if (changesTo(ground.connection, parts) !== own) return;
      if (memory.size >= MOST_ENTRIES) memory.clear();
      memory.set(id, { stamp, until: performance.now() + OLDEST_MS, value });
    },
  };
}

function changesTo(connection: TransactionConnection, parts: readonly string[]): number {
  let changes = 0;
  for (const [table, times] of connection.written) {
    if (parts.includes(table) || parts.includes(table.split('.')[0] ?? '')) changes += times;
  }
  return changes;
}

/** Lets a transaction use what is kept; asks for the numbers at once, so that they come with the answer to BEGIN. */
export function lendMemory(tx: ReadTx, connection: TransactionConnection, tenant: number, memory: Memory): void {
  const versions = connection
    .executeQuery<{ part: string; version: number }>(versionsOf(tenant))
    .then(({ rows }) => new Map(rows.map(({ part, version }) => [part, version])));
  // Who needs them hears of a failure; the transaction itself fails with its next statement.
  versions.catch(() => undefined);
  grounds.set(tx, { connection, memory, own: new Map(), versions });
}

function versionsOf(tenant: number): CompiledQuery {
  return Compiled.raw(`SELECT part, version FROM platform.data_version WHERE tenant_id = $1`, [tenant]);
}

function changedParts(connection: TransactionConnection): string[] {
  if (connection.written.size === 0) return [];
  const written = [...connection.written.keys()].flatMap((table) => [table, table.split('.')[0] ?? '']);
  return [...new Set(written)].filter((part) => watched.has(part)).sort();
}

/** Counts on what the transaction changed; the last before its COMMIT. */
export async function countChanges(tx: WriteTx, connection: TransactionConnection, tenant: number): Promise<void> {
  // In order, so that two transactions lock the rows in the same order.
  const changed = changedParts(connection);
  if (changed.length === 0) return;
  await sql`
    INSERT INTO platform.data_version AS v (tenant_id, part, version)
    VALUES ${sql.join(changed.map((part) => sql`(${tenant}::int, ${part}, 1)`))}
    ON CONFLICT (tenant_id, part) DO UPDATE SET version = v.version + 1`.execute(tx);
}
