import { addDays, dayOf } from '../../kit/time.ts';

/** The first day of the month before: since then a town's counts are kept as fine as they get. */
export function fineSince(now: Date): string {
  const first = `${dayOf(now).slice(0, 7)}-01`;
  return `${addDays(first, -1).slice(0, 7)}-01`;
}
