import chineseDays from 'chinese-days';
import { dayOf } from '../../src/kit/time.ts';

const DAY_MS = 86_400_000;
/** China's offset from UTC. */
const OFFSET_MS = 8 * 3_600_000;

/** How much comes in each hour of the day: little at night, most in mid-morning, a second rise after the rest at noon. */
const HOURS = [3, 2, 1, 1, 1, 2, 6, 18, 46, 66, 64, 50, 30, 34, 56, 58, 50, 40, 30, 26, 24, 18, 10, 6];

/**
 * When the requests of a span of days came in, in order of time: fewer on free days, few at night. `count` of them over
 * `days` days before `end`.
 */
export class Arrivals {
  readonly #starts: readonly number[];
  /** How many came before each day, and in all. */
  readonly #before: readonly number[];
  readonly #clock: readonly number[] = cumulated(HOURS);

  constructor(count: number, days: number, end: Date) {
    const midnight = Math.floor((end.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
    this.#starts = Array.from({ length: days }, (_, at) => midnight - (days - at) * DAY_MS);
    const sums = cumulated(this.#starts.map((start) => weightOf(new Date(start))));
    this.#before = [0, ...sums.map((sum) => Math.round(sum * count))];
  }

  /** Milliseconds of the arrival with this place in the order. */
  at(place: number): number {
    const day = firstAbove(this.#before, place) - 1;
    const [from = 0, to = from + 1] = [this.#before[day], this.#before[day + 1]];
    const share = (place - from + 0.5) / Math.max(1, to - from);
    const hour = firstAbove(this.#clock, share);
    const [low = 0, high = 1] = [hour === 0 ? 0 : this.#clock[hour - 1], this.#clock[hour]];
    const within = (share - low) / (high - low);
    return Math.floor((this.#starts[day] ?? 0) + (hour + within) * 3_600_000);
  }
}

function weightOf(start: Date): number {
  const day = dayOf(start);
  if (!chineseDays.isWorkday(day))
    return [0, 6].includes(new Date(start.getTime() + OFFSET_MS).getUTCDay()) ? 0.55 : 0.35;
  return 1;
}

/** Running shares, the last of them 1. */
function cumulated(weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum / all;
  });
}

/** Index of the first value above. */
function firstAbove(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
