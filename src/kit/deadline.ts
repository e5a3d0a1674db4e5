/** Three ways of counting time: 紧急工作时 (every hour), 工作时 (hours of the office), 工作日 (working days). */
export type ClockType = 'round_the_clock' | 'office_hours' | 'working_days';

/** How long something may take: hours for the first two clocks, days for `working_days`. */
export type Deadline = { readonly amount: number; readonly clock: ClockType };

/** When a deadline falls, the days on the way that did not count, and whether a year was unknown to the calendar. */
export type Due = { readonly due: Date; readonly skipped: readonly string[]; readonly uncertain: boolean };

/** Counting bound to one working calendar. */
export type WorkClock = {
  /** The moment `amount` of counted time after `start`. */
  dueAt(start: Date, amount: number, clock: ClockType): Due;
  /** Counted milliseconds between two moments; 0 when `end` is not after `start`. */
  elapsed(start: Date, end: Date, clock: ClockType): number;
  /** Moves a due time by the counted time between `from` and `to`: what a pause gives back. */
  shift(due: Date, from: Date, to: Date, clock: ClockType): Due;
};
