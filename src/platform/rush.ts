import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database/database.ts';

/** So long after the last sign of it a rush is over, unless told. */
const LASTS_MS = 250;
/** What nobody waits for rests so many times as long as it worked. */
const SHARE = 3;
const LONGEST_REST_MS = 400;

const ends = new WeakMap<Database, number>();

/** Says that people stand in line to be answered, or that somebody waits for much work; for so many milliseconds. */
export function tellRush(database: Database, lasts = LASTS_MS): void {
  ends.set(database, Math.max(ends.get(database) ?? 0, performance.now() + lasts));
}

/** Whether people stand in line just now. */
export function isRush(database: Database): boolean {
  return performance.now() < (ends.get(database) ?? 0);
}

/**
 * For work that nobody waits for, after a piece of it that took `spent` milliseconds: while people stand in line, rests, so
 * that it takes a quarter of its process and no more. It always goes on.
 */
export async function giveWay(database: Database, spent: number): Promise<void> {
  if (isRush(database)) await delay(Math.min(LONGEST_REST_MS, spent * SHARE));
}
