import { dayOf, startOfDay } from '../../../kit/time.ts';
import { type Result, refuse } from '../../../kit/result.ts';

/** When a change takes effect: at once without a day or on today, else as the day begins. No change reaches back. */
export function effectiveFrom(day: string | undefined, now: Date): Result<Date> {
  const today = dayOf(now);
  if (day === undefined || day === today) return now;
  return day < today ? refuse('catalogue.in_past') : startOfDay(day);
}

/** Whether a dated thing holds at a moment, will, or did. */
export function stateAt(
  term: { readonly validFrom: Date; readonly validTo: Date | null },
  now: Date,
): 'current' | 'future' | 'over' {
  if (term.validTo !== null && term.validTo <= now) return 'over';
  return term.validFrom > now ? 'future' : 'current';
}
