import { addDays, atMinute, DAY, dayOf, HOUR } from '../../../kit/time.ts';
import { partOfDay } from '../../cases/rules/answers.ts';

/** When people are called, one time for each part of the day: minutes after midnight in China. */
const TIMES = { morning: 570, afternoon: 900, evening: 1110 } as const;
const PARTS = ['morning', 'afternoon', 'evening'] as const;

/**
 * When to try again after calls that reached nobody: at a part of the day not tried yet, at the earliest two hours on;
 * on another day once the tries left are needed for different days.
 */
export function nextCall(
  missed: readonly Date[],
  needed: { readonly tries: number; readonly days: number },
  now: Date,
): Date {
  const tried = new Set(missed.map(partOfDay));
  const days = new Set(missed.map(dayOf));
  const left = needed.tries - missed.length;
  const otherDay = needed.days - days.size >= left && days.has(dayOf(now));
  const fresh = PARTS.filter((part) => !tried.has(part));
  const wanted = fresh.length > 0 ? fresh : PARTS;
  const earliest = new Date(now.getTime() + 2 * HOUR);
  for (let ahead = otherDay ? 1 : 0; ahead <= 2; ahead += 1) {
    const day = addDays(dayOf(now), ahead);
    for (const part of wanted) {
      const at = atMinute(day, TIMES[part]);
      if (at >= earliest) return at;
    }
  }
  return new Date(now.getTime() + DAY);
}
