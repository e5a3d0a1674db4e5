import { DAY } from '../../../kit/time.ts';

/** A span of duty; moments as ISO text. */
export type Span = { readonly startsAt: string; readonly endsAt: string };
export type Shift = Span & { readonly id: string; readonly line: readonly string[] };

const overlaps = (one: Span, other: Span) => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/** The first shift that a new one would overlap; null when there is none. */
export function overlapWith(span: Span, shifts: readonly Shift[]): Shift | null {
  return shifts.find((shift) => overlaps(span, shift)) ?? null;
}

/** Spans between `from` and `to` in which nobody is on duty. */
export function gapsBetween(from: string, to: string, shifts: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let covered = from;
  for (const { startsAt, endsAt } of shifts.toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))) {
    if (endsAt <= from || startsAt >= to) continue;
    if (startsAt > covered) gaps.push({ startsAt: covered, endsAt: startsAt });
    if (endsAt > covered) covered = endsAt;
  }
  if (covered < to) gaps.push({ startsAt: covered, endsAt: to });
  return gaps;
}

/** The same shifts so many days later. China has no summer time, so a day is always 24 hours. */
export function shifted<S extends Span>(shifts: readonly S[], days: number): readonly (Span & Omit<S, 'id'>)[] {
  const later = (moment: string) => new Date(Date.parse(moment) + days * DAY).toISOString();
  return shifts.map((shift) => ({ ...shift, startsAt: later(shift.startsAt), endsAt: later(shift.endsAt) }));
}
