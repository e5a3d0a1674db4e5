import type { EntryState } from './standing.ts';

/** Sums of one office over some days. */
export type Sums = {
  readonly solved: number;
  readonly partly: number;
  readonly unsolved: number;
  readonly satisfied: number;
  readonly basically: number;
  readonly unsatisfied: number;
  readonly declined: number;
  readonly unreachable: number;
  readonly lapsed: number;
};
/** Sums of an office nobody asked about. */
export const NOTHING: Sums = {
  solved: 0,
  partly: 0,
  unsolved: 0,
  satisfied: 0,
  basically: 0,
  unsatisfied: 0,
  declined: 0,
  unreachable: 0,
  lapsed: 0,
};

export type SumName = keyof Sums;
export const SUM_NAMES = [
  'solved',
  'partly',
  'unsolved',
  'satisfied',
  'basically',
  'unsatisfied',
  'declined',
  'unreachable',
  'lapsed',
] as const satisfies readonly SumName[];

/** Below this many answers an office is not ranked: one call more or less would turn its figure around. */
export const LEAST_ANSWERS = 10;

export type Rates = {
  /** People who answered. */
  readonly answered: number;
  /** False: too few answers to say anything; then the rates are null. */
  readonly enough: boolean;
  /** Solved ÷ answered. */
  readonly solvedRate: number | null;
  /** (Satisfied + half of basically satisfied) ÷ answered. */
  readonly satisfiedRate: number | null;
  /** Answered ÷ all that ended, so that nobody gains by calling few. */
  readonly reachedRate: number | null;
};

/** Rates over those who answered alone; declined, unreachable and not asked in time stand beside them, never among the satisfied. */
export function ratesOf(sums: Sums): Rates {
  const answered = sums.solved + sums.partly + sums.unsolved;
  const ended = answered + sums.declined + sums.unreachable + sums.lapsed;
  const enough = answered >= LEAST_ANSWERS;
  return {
    answered,
    enough,
    solvedRate: enough ? sums.solved / answered : null,
    satisfiedRate: enough ? (sums.satisfied + sums.basically / 2) / answered : null,
    reachedRate: ended === 0 ? null : answered / ended,
  };
}

/** Which sums an entry adds one to. */
export function countedIn(entry: {
  readonly state: EntryState;
  readonly solved: string | null;
  readonly satisfaction: string | null;
}): readonly SumName[] {
  const named = (name: string | null) => SUM_NAMES.filter((one) => one === name);
  switch (entry.state) {
    case 'answered':
      return [...named(entry.solved), ...named(entry.satisfaction)];
    case 'declined':
    case 'unreachable':
    case 'lapsed':
      return [entry.state];
    case 'open':
    case 'dropped':
      return [];
  }
}
