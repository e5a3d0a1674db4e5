import { type Sums, SUM_NAMES, ratesOf } from '../../call-backs/rules/figures.ts';
import { STATES, type StateName } from '../../cases/rules/words.ts';

/** States nothing follows, as far as the office is concerned. */
const ENDED: readonly StateName[] = ['closed', 'rejected', 'referred', 'merged', 'withdrawn', 'voided'];
/** Below this many nothing is said in per cent: one more or less would turn the figure around. */
export const LEAST = 10;

/** A share with what it was made of; null where `of` is too few to say. */
export type Rate = { readonly value: number | null; readonly of: number };

/** What is said of some cases over some days. Each part counts by its own day: filed, closed, asked. */
export type Figures = {
  /** Filed in these days, without those entered by mistake. */
  readonly filed: number;
  /** Of those, how many still go on. */
  readonly open: number;
  readonly states: Readonly<Record<string, number>>;
  readonly contact: { readonly inTime: number; readonly late: number };
  readonly closed: { readonly all: number; readonly inTime: number; readonly late: number };
  readonly callBacks: Sums;
  readonly rates: {
    /** Requesters spoken with in time ÷ all spoken with, or to have been. */
    readonly response: Rate;
    /** Said solved ÷ answered. */
    readonly resolution: Rate;
    /** (Satisfied + half of basically satisfied) ÷ answered. */
    readonly satisfaction: Rate;
    /** Closed by the limit ÷ closed with a limit of their own. */
    readonly timely: Rate;
  };
};

/** Measure → sum, as kept in the counts. */
export type Measures = ReadonlyMap<string, number>;

/** Puts figures together from sums of measures. */
export function figuresOf(measures: Measures): Figures {
  const sum = (name: string) => measures.get(name) ?? 0;
  const states: Record<string, number> = Object.fromEntries(
    STATES.map((state) => [state, sum(`state.${state}`)] as const).filter(([, count]) => count !== 0),
  );
  const total = (names: readonly StateName[]) => names.reduce((all, name) => all + (states[name] ?? 0), 0);
  const contact = { inTime: sum('contact.in_time'), late: sum('contact.late') };
  const closed = { all: sum('closing.all'), inTime: sum('closing.in_time'), late: sum('closing.late') };
  const callBacks = Object.fromEntries(SUM_NAMES.map((name) => [name, sum(`call_back.${name}`)])) as Sums;
  const said = ratesOf(callBacks);
  const all = total(STATES);
  return {
    filed: all - total(['voided']),
    open: all - total(ENDED),
    states,
    contact,
    closed,
    callBacks,
    rates: {
      response: rate(contact.inTime, contact.inTime + contact.late),
      resolution: { value: said.solvedRate, of: said.answered },
      satisfaction: { value: said.satisfiedRate, of: said.answered },
      timely: rate(closed.inTime, closed.inTime + closed.late),
    },
  };
}

function rate(part: number, of: number): Rate {
  return { value: of >= LEAST ? part / of : null, of };
}

/** Adds sums of measures. */
export function addUp(all: Iterable<Measures>): Measures {
  const sums = new Map<string, number>();
  for (const measures of all) for (const [name, count] of measures) sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}
