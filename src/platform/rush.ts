import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database/database.ts';

/** So long after the last sign of it a rush is over. */
const LASTS_MS = 250;
/** What nobody waits for rests so many times as long as it worked. */
const SHARE = 3;
const LONGEST_REST_MS = 400;

const last = new WeakMap<Database, number>();

/** Says that people stand in line to be answered. */
export function tellRush(database: Database): void {
  last.set(database, performance.now());
}

/**
 * For work that nobody waits for, after a piece of it that took `spent` milliseconds: while people stand in line, rests, so
 * that it takes a quarter of its process and no more. It always goes on.
 */
export async function giveWay(database: Database, spent: number): Promise<void> {
  const rushed = performance.now() - (last.get(database) ?? Number.NEGATIVE_INFINITY) < LASTS_MS;
  if (rushed) await delay(Math.min(LONGEST_REST_MS, spent * SHARE));
}
