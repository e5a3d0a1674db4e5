import nationalDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { ClockType, Due, WorkClock } from '../../../kit/deadline.ts';
import { oncePer } from '../../../kit/once-per.ts';
import { addDays, atMinute, DAY, dayOf, HOUR, MINUTE, weekdayOf } from '../../../kit/time.ts';

/** What a place counts as working time. Days are `yyyy-mm-dd` in Asia/Shanghai. */
export type WorkCalendar = {
  readonly isWorkday: (day: string) => boolean;
  /** False for a year whose holidays are not published yet (or lie before the data): its days are Monday to Friday. */
  readonly knows: (year: number) => boolean;
  /** Opening hours of a working day in minutes after midnight, in order, not overlapping, never empty. */
  readonly officeHours: readonly (readonly [from: number, to: number])[];
};

/** 08:30–12:00 and 14:30–17:30; an office with other hours passes its own. */
export const DEFAULT_OFFICE_HOURS: WorkCalendar['officeHours'] = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60 + 30, 17 * 60 + 30],
];

const HOLIDAYS: ReadonlySet<string> = new Set(Object.keys(nationalDays.holidays));
const MAKE_UP_DAYS: ReadonlySet<string> = new Set(Object.keys(nationalDays.workdays));

export type CalendarOptions = {
  readonly officeHours?: WorkCalendar['officeHours'];
  /** Days on which this place differs from the country. */
  readonly exceptions?: ReadonlyMap<string, 'holiday' | 'workday'>;
};

/**
 * The national calendar with its holidays and make-up days (调休), 2004 to the last year the State Council has
 * published (2026 in chinese-days 1.5.7). The data file is read rather than the package's functions, which compute in
 * the machine's own time zone.
 */
export function chineseCalendar({
  officeHours = DEFAULT_OFFICE_HOURS,
  exceptions,
}: CalendarOptions = {}): WorkCalendar {
  checkHours(officeHours);
  return {
    officeHours,
    // The first days of January are published with the year before, so National Day tells whether a year is there.
    knows: (year) => HOLIDAYS.has(`${year}-10-01`),
    isWorkday: (day) => {
      const exception = exceptions?.get(day);
      if (exception) return exception === 'workday';
      return MAKE_UP_DAYS.has(day) || (weekdayOf(day) <= 5 && !HOLIDAYS.has(day));
    },
  };
}

/**
 * When `amount` of counted time after `start` is over.
 * - `round_the_clock`: hours.
 * - `office_hours`: hours in which the office is open; time outside counts nothing.
 * - `working_days`: days, rounded up; the day of `start` is not counted, due when the office closes on the last one.
 * `skipped` names the days on the way that did not count; `uncertain` says that one of the years is unknown.
 */
export function dueAt(start: Date, amount: number, clock: ClockType, calendar: WorkCalendar): Due {
  if (!(amount >= 0) || !Number.isFinite(amount)) throw new RangeError(`not an amount of time: ${amount}`);
  switch (clock) {
    case 'round_the_clock':
      return { due: new Date(start.getTime() + amount * HOUR), skipped: [], uncertain: false };
    case 'office_hours':
      return walkOffice(start, amount * HOUR, calendar);
    case 'working_days':
      return walkDays(start, Math.ceil(amount), calendar);
  }
}

/**
 * Counted milliseconds from `start` to `end`, 0 when `end` is not later. On `working_days` a full day counts 24 hours
 * and the last one by the share of office time gone, so that `elapsed(start, dueAt(start, n).due)` is n days exactly.
 */
export function elapsed(start: Date, end: Date, clock: ClockType, calendar: WorkCalendar): number {
  if (end <= start) return 0;
  switch (clock) {
    case 'round_the_clock':
      return end.getTime() - start.getTime();
    case 'office_hours':
      return officeTime(start, end, calendar);
    case 'working_days':
      return dayTime(start, end, calendar);
  }
}

/** Moves `due` on by the counted time between `from` and `to`: what a pause gives back. Whole days on `working_days`. */
export function shift(due: Date, from: Date, to: Date, clock: ClockType, calendar: WorkCalendar): Due {
  if (to <= from) return { due, skipped: [], uncertain: false };
  switch (clock) {
    case 'round_the_clock':
      return { due: new Date(due.getTime() + (to.getTime() - from.getTime())), skipped: [], uncertain: false };
    case 'office_hours':
      return walkOffice(due, officeTime(from, to, calendar), calendar);
    case 'working_days': {
      const days = workdaysAfter(dayOf(from), dayOf(to), calendar);
      return days === 0 ? { due, skipped: [], uncertain: false } : walkDays(due, days, calendar);
    }
  }
}

/** The length of a whole deadline in counted milliseconds: what `elapsed` is divided by for the share used. */
export function countedLength(amount: number, clock: ClockType): number {
  return clock === 'working_days' ? Math.ceil(amount) * DAY : amount * HOUR;
}

/** The three functions bound to one calendar. */
export function workClock(calendar: WorkCalendar): WorkClock {
  return {
    dueAt: (start, amount, clock) => dueAt(start, amount, clock, calendar),
    elapsed: (start, end, clock) => elapsed(start, end, clock, calendar),
    shift: (due, from, to, clock) => shift(due, from, to, clock, calendar),
  };
}

// A calendar without working days must not hang a request: ten years without an end is a broken calendar.
const MOST_DAYS = 3660;

function walkOffice(start: Date, milliseconds: number, calendar: WorkCalendar): Due {
  let left = Math.round(milliseconds);
  if (left === 0) return { due: start, skipped: [], uncertain: false };
  const skipped: string[] = [];
  const unknown = yearWatch(calendar);
  let day = dayOf(start);
  for (let count = 0; count < MOST_DAYS; count += 1, day = addDays(day, 1)) {
    unknown.see(day);
    if (!calendar.isWorkday(day)) {
      skipped.push(day);
    } else {
      for (const [from, to] of calendar.officeHours) {
        const opens = Math.max(atMinute(day, from).getTime(), start.getTime());
        const room = atMinute(day, to).getTime() - opens;
        if (room <= 0) continue;
        if (left <= room) return { due: new Date(opens + left), skipped, uncertain: unknown.seen() };
        left -= room;
      }
    }
  }
  throw new RangeError(`no end within ${MOST_DAYS} days of ${dayOf(start)}: the calendar has too few working days`);
}

function walkDays(start: Date, days: number, calendar: WorkCalendar): Due {
  if (days === 0) return { due: start, skipped: [], uncertain: false };
  let left = days;
  const skipped: string[] = [];
  const unknown = yearWatch(calendar);
  let day = dayOf(start);
  unknown.see(day);
  for (let count = 0; count < MOST_DAYS; count += 1) {
    day = addDays(day, 1);
    unknown.see(day);
    if (!calendar.isWorkday(day)) skipped.push(day);
    else left -= 1;
    if (left === 0) return { due: atMinute(day, closing(calendar)), skipped, uncertain: unknown.seen() };
  }
  throw new RangeError(`no end within ${MOST_DAYS} days of ${dayOf(start)}: the calendar has too few working days`);
}

function officeTime(start: Date, end: Date, calendar: WorkCalendar): number {
  const first = dayOf(start);
  const last = dayOf(end);
  const open = (day: string) => (calendar.isWorkday(day) ? openTime(day, start, end, calendar) : 0);
  if (last === first) return open(first);
  const between = workdaysAfter(first, addDays(last, -1), calendar) * hoursOfDay(calendar);
  return open(first) + between + open(last);
}

function openTime(day: string, start: Date, end: Date, calendar: WorkCalendar): number {
  let sum = 0;
  for (const [from, to] of calendar.officeHours) {
    const opens = Math.max(atMinute(day, from).getTime(), start.getTime());
    const closes = Math.min(atMinute(day, to).getTime(), end.getTime());
    sum += Math.max(0, closes - opens);
  }
  return sum;
}

function dayTime(start: Date, end: Date, calendar: WorkCalendar): number {
  const first = dayOf(start);
  const last = dayOf(end);
  if (last <= first) return 0;
  const whole = workdaysAfter(first, addDays(last, -1), calendar) * DAY;
  if (!calendar.isWorkday(last)) return whole;
  return whole + Math.round((openTime(last, start, end, calendar) / hoursOfDay(calendar)) * DAY);
}

/** Milliseconds the office is open on a working day. */
function hoursOfDay(calendar: WorkCalendar): number {
  return calendar.officeHours.reduce((sum, [from, to]) => sum + (to - from), 0) * MINUTE;
}

/** Working days later than `from`, up to and with `to`; a case may be years old, so whole months are counted once. */
function workdaysAfter(from: string, to: string, calendar: WorkCalendar): number {
  let count = 0;
  let day = addDays(from, 1);
  while (day <= to) {
    const next = day.endsWith('-01') ? addDays(day, daysIn(day)) : null;
    if (next !== null && next <= to) {
      count += workdaysOfMonth(day, next, calendar);
      day = next;
    } else {
      if (calendar.isWorkday(day)) count += 1;
      day = addDays(day, 1);
    }
  }
  return count;
}

const ofMonths = oncePer<WorkCalendar, number>();

/** Working days of the month that begins on `first`; the next begins on `next`. */
function workdaysOfMonth(first: string, next: string, calendar: WorkCalendar): number {
  return ofMonths(calendar, first, () => {
    let count = 0;
    for (let day = first; day < next; day = addDays(day, 1)) if (calendar.isWorkday(day)) count += 1;
    return count;
  });
}

/** How many days the month of a day has. */
function daysIn(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}

function closing(calendar: WorkCalendar): number {
  return Math.max(...calendar.officeHours.map(([, to]) => to));
}

function yearWatch(calendar: WorkCalendar): { see: (day: string) => void; seen: () => boolean } {
  let unknown = false;
  let year = '';
  return {
    see: (day) => {
      if (day.startsWith(year) && year !== '') return;
      year = day.slice(0, 4);
      if (!calendar.knows(Number(year))) unknown = true;
    },
    seen: () => unknown,
  };
}

function checkHours(hours: WorkCalendar['officeHours']): void {
  let before = 0;
  for (const [from, to] of hours) {
    if (!(from >= before && to > from && to <= 24 * 60)) throw new RangeError('office hours must follow each other');
    before = to;
  }
  if (hours.length === 0) throw new RangeError('an office without hours never opens');
}
