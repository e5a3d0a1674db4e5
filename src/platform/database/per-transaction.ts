import type { ReadTx } from './database.ts';

const memories = new WeakMap<ReadTx, Map<string, Promise<unknown>>>();

/**
 * Loads a value once in a transaction. For settings, calendars and the like that the transaction itself does not
 * change; the key names everything the value depends on.
 */
export function oncePerTransaction<T>(tx: ReadTx, key: string, load: () => Promise<T>): Promise<T> {
  const memory = memories.get(tx) ?? new Map<string, Promise<unknown>>();
  memories.set(tx, memory);
  const known = memory.get(key);
  if (known) return known as Promise<T>;
  const loading = load();
  memory.set(key, loading);
  return loading;
}
