import { addDays, daysBetween } from '../../../kit/time.ts';

export const DIMENSIONS = ['class', 'organisation', 'channel', 'lane'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const GROUPS = ['none', 'area', 'class', 'organisation', 'channel', 'lane', 'day'] as const;
export type Group = (typeof GROUPS)[number];

/** Which counts are asked for: of an area or of what lies directly in it, over some days or all. */
export type Question = {
  readonly areaCode: string;
  readonly by: Group;
  /** Values of each dimension that are counted; one that is absent is not asked about. */
  readonly only: Readonly<Partial<Record<Dimension, readonly string[]>>>;
  /** Both days included; null: all days. */
  readonly days: { readonly from: string; readonly to: string } | null;
};

/**
 * Where the answer is kept: in cells of one dimension, by whole months and single days; in what each case adds, where the
 * area is small; or nowhere, and why.
 */
export type Plan =
  | { readonly from: 'cells'; readonly dimension: Dimension | 'all'; readonly spans: readonly Stretch[] }
  | { readonly from: 'cases' }
  | { readonly refused: 'statistics.one_at_a_time' | 'statistics.whole_months' };
/**
 * Sums that follow each other, from the first to the last: of months, named by their first day, or of days; null: all there
 * are. Those with `sign` -1 are taken away.
 */
export type Stretch =
  | {
      readonly span: 'month' | 'day';
      readonly from: string;
      readonly to: string;
      readonly sign: 1 | -1;
    }
  | { readonly span: 'month'; readonly from: null; readonly to: null; readonly sign: 1 };

/** Code lengths of towns and villages. */
const TOWN = 9;
const VILLAGE = 12;

/** Chooses the smallest counts that hold the answer. `childLength`: of the codes directly in the area. */
export function planOf(question: Question, childLength: number, fineFrom: string): Plan {
  const { areaCode, by, only } = question;
  const asked = DIMENSIONS.filter((dimension) => dimension === by || only[dimension] !== undefined);
  const length = by === 'area' ? childLength : areaCode.length;
  const within = areaCode.length >= TOWN ? ({ from: 'cases' } as const) : null;
  if (length > VILLAGE) return { from: 'cases' };
  const [dimension = 'all'] = asked;
  if (asked.length > 1) return within ?? { refused: 'statistics.one_at_a_time' };
  const spans = by === 'day' ? singleDays(question.days) : spansOf(question.days);
  const single = spans.flatMap((one) => (one.span === 'day' ? [one] : []));
  if (length === VILLAGE && (dimension !== 'all' || single.length > 0)) return { from: 'cases' };
  const fine = length < TOWN || dimension === 'all' || single.every(({ from }) => from >= fineFrom);
  if (!fine) return within ?? { refused: 'statistics.whole_months' };
  return { from: 'cells', dimension, spans };
}

function singleDays(days: Question['days']): Stretch[] {
  return days === null ? [] : [{ span: 'day', ...days, sign: 1 }];
}

/**
 * Puts days together from whole months and, at both ends, either the days that are in or the month without those that are
 * not, whichever are fewer.
 */
export function spansOf(days: Question['days']): Stretch[] {
  if (days === null) return [{ span: 'month', from: null, to: null, sign: 1 }];
  const spans: Stretch[] = [];
  for (let first = firstOfMonth(days.from); first <= days.to; first = addDays(lastOfMonth(first), 1)) {
    const last = lastOfMonth(first);
    const from = days.from > first ? days.from : first;
    const to = days.to < last ? days.to : last;
    const before = daysBetween(first, from);
    const after = daysBetween(to, last);
    if (daysBetween(from, to) + 1 <= before + after) {
      spans.push({ span: 'day', from, to, sign: 1 });
      continue;
    }
    const month = spans.at(-1);
    // Months that follow each other are read in one go.
    if (month?.span === 'month' && month.to !== null) spans[spans.length - 1] = { ...month, to: first };
    else spans.push({ span: 'month', from: first, to: first, sign: 1 });
    if (before > 0) spans.unshift({ span: 'day', from: first, to: addDays(from, -1), sign: -1 });
    if (after > 0) spans.push({ span: 'day', from: addDays(to, 1), to: last, sign: -1 });
  }
  return spans;
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function lastOfMonth(day: string): string {
  return addDays(firstOfMonth(addDays(firstOfMonth(day), 31)), -1);
}
