import type { ClockType, Deadline } from '../../../kit/deadline.ts';

export const DEADLINE_STAGES = [
  'total',
  'dispatch',
  'acceptance',
  'objection',
  'adjudication',
  'contact',
  'verification',
  'call_back',
  'rating',
  'reopen_window',
  'rework',
] as const;
export type DeadlineStage = (typeof DEADLINE_STAGES)[number];

export const CLOCK_TYPES = ['round_the_clock', 'office_hours', 'working_days'] as const satisfies readonly ClockType[];

/** The class code of deadlines that hold where neither class nor parent has one. */
export const DEFAULT = '*';

export type DeadlineRow = Deadline & {
  readonly classCode: string;
  readonly stage: DeadlineStage;
  readonly basis: string;
};
/** A deadline in force and where it comes from: the class itself, its parent, or the default. */
export type EffectiveDeadline = Deadline & { readonly source: 'own' | 'parent' | 'default'; readonly basis: string };

/**
 * The deadline of every stage: the class's own, else its parent's, else the default. Throws when even the default is
 * missing, which the catalogue never allows.
 */
export function effectiveDeadlines(
  rows: readonly DeadlineRow[],
  code: string,
  parentCode: string | null,
): Readonly<Record<DeadlineStage, EffectiveDeadline>> {
  const sources = [
    ['own', code],
    ['parent', parentCode],
    ['default', DEFAULT],
  ] as const;
  const of = (stage: DeadlineStage): EffectiveDeadline => {
    for (const [source, classCode] of sources) {
      const row = rows.find((each) => each.stage === stage && each.classCode === classCode);
      if (row) return { amount: row.amount, clock: row.clock, source, basis: row.basis };
    }
    throw new Error(`no default deadline for ${stage}`);
  };
  return Object.fromEntries(DEADLINE_STAGES.map((stage) => [stage, of(stage)])) as Record<
    DeadlineStage,
    EffectiveDeadline
  >;
}

/** Longest deadline per clock: ten years of hours, or of working days. */
const MOST: Readonly<Record<ClockType, number>> = {
  round_the_clock: 87_600,
  office_hours: 20_000,
  working_days: 2_500,
};

/** Says why an amount makes no sense on a clock, or null. Days are whole; hours may have fractions of a minute. */
export function refuseAmount(deadline: Deadline): 'catalogue.amount_whole_days' | 'catalogue.amount_range' | null {
  const { amount, clock } = deadline;
  if (!(amount > 0) || amount > MOST[clock]) return 'catalogue.amount_range';
  return clock === 'working_days' && !Number.isInteger(amount) ? 'catalogue.amount_whole_days' : null;
}
