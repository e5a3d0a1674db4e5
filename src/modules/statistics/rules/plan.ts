import { addDays } from '../../../kit/time.ts';

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
  | { readonly from: 'cells'; readonly dimension: Dimension | 'all'; readonly spans: Spans }
  | { readonly from: 'cases' }
  | { readonly refused: 'statistics.one_at_a_time' | 'statistics.whole_months' };
/** First days of whole months, and single days; `months` null: all there are. */
export type Spans = { readonly months: readonly string[] | null; readonly days: readonly string[] };

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
  if (length === VILLAGE && (dimension !== 'all' || spans.days.length > 0)) return { from: 'cases' };
  const fine = length < TOWN || dimension === 'all' || spans.days.every((day) => day >= fineFrom);
  if (!fine) return within ?? { refused: 'statistics.whole_months' };
  return { from: 'cells', dimension, spans };
}

function singleDays(days: Question['days']): Spans {
  return { months: [], days: days === null ? [] : daysFrom(days.from, days.to) };
}

/** Splits days into the whole months among them and the days at both ends. */
export function spansOf(days: Question['days']): Spans {
  if (days === null) return { months: null, days: [] };
  const months: string[] = [];
  const single: string[] = [];
  let day = days.from;
  while (day <= days.to) {
    const end = lastOfMonth(day);
    if (day.endsWith('-01') && end <= days.to) months.push(day);
    else single.push(...daysFrom(day, end < days.to ? end : days.to));
    day = addDays(end, 1);
  }
  return { months, days: single };
}

function lastOfMonth(day: string): string {
  return addDays(`${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`, -1);
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
