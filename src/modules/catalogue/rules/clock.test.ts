import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, DAY, HOUR, shanghaiText } from '../../../kit/time.ts';
import { chineseCalendar, countedLength, dueAt, shift, workClock } from './clock.ts';

const calendar = chineseCalendar();
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);
const days = (from: string, to: string): string[] => (from > to ? [] : [from, ...days(addDays(from, 1), to)]);

// Worked out by hand from the State Council's notices for 2023 and 2024.
describe('working days', () => {
  it.each([
    ['an ordinary week', '2023-03-06 09:00', 5, '2023-03-13 17:30', days('2023-03-11', '2023-03-12')],
    ['the day of start is not counted, not even at midnight', '2023-03-06 00:00', 1, '2023-03-07 17:30', []],
    ['parts of days are rounded up', '2023-03-06 09:00', 1.2, '2023-03-08 17:30', []],
    [
      'Spring Festival 2023 into its make-up Saturday',
      '2023-01-20 10:00',
      1,
      '2023-01-28 17:30',
      days('2023-01-21', '2023-01-27'),
    ],
    [
      'Spring Festival 2023, both make-up days counted',
      '2023-01-20 10:00',
      5,
      '2023-02-01 17:30',
      days('2023-01-21', '2023-01-27'),
    ],
    ['make-up Sunday before May Day 2023', '2023-04-21 16:00', 1, '2023-04-23 17:30', ['2023-04-22']],
    [
      'May Day 2023 and its make-up Saturday',
      '2023-04-28 09:00',
      3,
      '2023-05-06 17:30',
      days('2023-04-29', '2023-05-03'),
    ],
    ['Mid-Autumn and National Day 2023', '2023-09-28 17:00', 2, '2023-10-08 17:30', days('2023-09-29', '2023-10-06')],
    ['a week across them', '2023-09-28 17:00', 5, '2023-10-11 17:30', days('2023-09-29', '2023-10-06')],
    ['New Year 2024', '2023-12-29 09:00', 1, '2024-01-02 17:30', days('2023-12-30', '2024-01-01')],
    ['make-up Sunday before Spring Festival 2024', '2024-02-02 09:00', 2, '2024-02-05 17:30', ['2024-02-03']],
    [
      'Spring Festival 2024; its eve was a working day',
      '2024-02-08 09:00',
      2,
      '2024-02-18 17:30',
      days('2024-02-10', '2024-02-17'),
    ],
    ['Qingming 2024', '2024-04-03 09:00', 1, '2024-04-07 17:30', days('2024-04-04', '2024-04-06')],
    ['May Day 2024', '2024-04-30 09:00', 3, '2024-05-08 17:30', days('2024-05-01', '2024-05-05')],
    ['its later make-up Saturday', '2024-05-10 09:00', 1, '2024-05-11 17:30', []],
    ['Mid-Autumn 2024', '2024-09-13 09:00', 2, '2024-09-18 17:30', days('2024-09-15', '2024-09-17')],
    [
      'National Day 2024 into its make-up Saturday',
      '2024-09-30 09:00',
      5,
      '2024-10-12 17:30',
      days('2024-10-01', '2024-10-07'),
    ],
    ['started on a holiday', '2024-10-03 09:00', 1, '2024-10-08 17:30', days('2024-10-04', '2024-10-07')],
  ])('%s', (_name, start, amount, due, skipped) => {
    const found = dueAt(at(start), amount, 'working_days', calendar);
    expect(shanghaiText(found.due)).toBe(due);
    expect(found.skipped).toEqual(skipped);
    expect(found.uncertain).toBe(false);
  });
});

describe('office hours, 08:30–12:00 and 14:30–17:30', () => {
  it.each([
    ['within a morning', '2024-03-04 09:00', 2, '2024-03-04 11:00'],
    ['to the end of the morning, not to the afternoon', '2024-03-04 08:30', 3.5, '2024-03-04 12:00'],
    ['over lunch', '2024-03-04 11:00', 2, '2024-03-04 15:30'],
    ['from lunch', '2024-03-04 12:30', 1, '2024-03-04 15:30'],
    ['before opening', '2024-03-04 05:00', 1, '2024-03-04 09:30'],
    ['a whole day', '2024-03-04 08:30', 6.5, '2024-03-04 17:30'],
    ['overnight', '2024-03-04 17:00', 1, '2024-03-05 09:00'],
    ['into a make-up Sunday', '2024-02-03 20:00', 4, '2024-02-04 15:00'],
    ['over National Day 2024', '2024-09-30 16:30', 8, '2024-10-09 09:00'],
    ['over Spring Festival 2023', '2023-01-20 17:30', 0.5, '2023-01-28 09:00'],
  ])('%s', (_name, start, amount, due) => {
    expect(shanghaiText(dueAt(at(start), amount, 'office_hours', calendar).due)).toBe(due);
  });

  it('names the days the office was closed', () => {
    expect(dueAt(at('2024-09-30 16:30'), 8, 'office_hours', calendar).skipped).toEqual(
      days('2024-10-01', '2024-10-07'),
    );
  });

  it('follows the hours of the office', () => {
    const allDay = chineseCalendar({ officeHours: [[9 * 60, 17 * 60]] });
    expect(shanghaiText(dueAt(at('2024-03-04 11:00'), 2, 'office_hours', allDay).due)).toBe('2024-03-04 13:00');
    expect(shanghaiText(dueAt(at('2024-03-04 11:00'), 1, 'working_days', allDay).due)).toBe('2024-03-05 17:00');
    expect(() => chineseCalendar({ officeHours: [] })).toThrow(RangeError);
    expect(() =>
      chineseCalendar({
        officeHours: [
          [600, 700],
          [650, 800],
        ],
      }),
    ).toThrow(RangeError);
  });
});

describe('round the clock', () => {
  it('never stops', () => {
    const found = dueAt(at('2024-02-10 23:30'), 2, 'round_the_clock', calendar);
    expect([shanghaiText(found.due), found.skipped, found.uncertain]).toEqual(['2024-02-11 01:30', [], false]);
  });
});

describe('what the calendar does not know', () => {
  it('is flagged and counted Monday to Friday', () => {
    // Spring Festival 2027 falls on 6 February; nobody has published its make-up days.
    const found = dueAt(at('2027-02-05 09:00'), 1, 'working_days', calendar);
    expect([shanghaiText(found.due), found.uncertain]).toEqual(['2027-02-08 17:30', true]);
    expect(dueAt(at('2026-12-31 09:00'), 1, 'working_days', calendar).uncertain).toBe(true);
    expect(dueAt(at('2026-12-30 09:00'), 1, 'working_days', calendar).uncertain).toBe(false);
    expect(dueAt(at('2027-02-05 09:00'), 9, 'office_hours', calendar).uncertain).toBe(true);
    expect([2003, 2004, 2026, 2027].map(calendar.knows)).toEqual([false, true, true, false]);
  });

  it('lets a place add its own days', () => {
    const local = chineseCalendar({
      exceptions: new Map([
        ['2024-03-05', 'holiday'],
        ['2024-03-09', 'workday'],
      ]),
    });
    expect(shanghaiText(dueAt(at('2024-03-04 09:00'), 1, 'working_days', local).due)).toBe('2024-03-06 17:30');
    expect(shanghaiText(dueAt(at('2024-03-08 09:00'), 1, 'working_days', local).due)).toBe('2024-03-09 17:30');
  });

  it('refuses amounts that are none and calendars without an end', () => {
    expect(() => dueAt(at('2024-03-04 09:00'), -1, 'working_days', calendar)).toThrow(RangeError);
    expect(() => dueAt(at('2024-03-04 09:00'), Number.NaN, 'office_hours', calendar)).toThrow(RangeError);
    const never = { ...calendar, isWorkday: () => false };
    expect(() => dueAt(at('2024-03-04 09:00'), 1, 'working_days', never)).toThrow(RangeError);
    expect(() => dueAt(at('2024-03-04 09:00'), 1, 'office_hours', never)).toThrow(RangeError);
  });
});

describe('a pause gives back', () => {
  it.each([
    [
      'hours as they passed',
      'round_the_clock',
      '2024-03-08 12:00',
      '2024-03-04 10:00',
      '2024-03-06 11:00',
      '2024-03-10 13:00',
    ],
    [
      'only hours the office was open',
      'office_hours',
      '2024-03-08 09:00',
      '2024-03-04 16:30',
      '2024-03-05 09:30',
      '2024-03-08 11:00',
    ],
    [
      'whole working days',
      'working_days',
      '2024-03-08 17:30',
      '2024-03-04 10:00',
      '2024-03-06 09:00',
      '2024-03-12 17:30',
    ],
    [
      'nothing within one day',
      'working_days',
      '2024-03-08 17:30',
      '2024-03-04 10:00',
      '2024-03-04 16:00',
      '2024-03-08 17:30',
    ],
    [
      'nothing over a weekend',
      'working_days',
      '2024-03-13 17:30',
      '2024-03-08 18:00',
      '2024-03-10 20:00',
      '2024-03-13 17:30',
    ],
  ] as const)('%s', (_name, clock, due, from, to, moved) => {
    expect(shanghaiText(shift(at(due), at(from), at(to), clock, calendar).due)).toBe(moved);
  });
});

describe('for every start, amount and clock', () => {
  const moment = fc.date({ min: new Date('2022-11-01'), max: new Date('2025-03-01'), noInvalidDate: true });
  const clock = fc.constantFrom('round_the_clock', 'office_hours', 'working_days' as const);
  const amount = fc.integer({ min: 1, max: 160 }).map((quarters) => quarters / 4);
  const { dueAt: due, elapsed: spent } = workClock(calendar);

  it('the time elapsed until due is the amount', () => {
    fc.assert(
      fc.property(moment, amount, clock, (start, size, kind) => {
        expect(spent(start, due(start, size, kind).due, kind)).toBe(countedLength(size, kind));
      }),
      { numRuns: 400 },
    );
  });

  it('more time is due later, and a later start is not due earlier', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 20 * DAY }),
        amount,
        amount,
        clock,
        (start, later, size, more, kind) => {
          expect(due(start, size + more, kind).due >= due(start, size, kind).due).toBe(true);
          expect(due(new Date(start.getTime() + later), size, kind).due >= due(start, size, kind).due).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('time elapsed only grows, and never faster than days pass', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 40 * DAY }),
        fc.integer({ min: 0, max: DAY }),
        clock,
        (start, first, next, kind) => {
          const early = spent(start, new Date(start.getTime() + first), kind);
          const late = spent(start, new Date(start.getTime() + first + next), kind);
          expect(late).toBeGreaterThanOrEqual(early);
          expect(spent(start, start, kind)).toBe(0);
          if (kind !== 'working_days') expect(late - early).toBeLessThanOrEqual(next);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('over years is the sum of what passes from one day to the next', () => {
    const eachDay = (from: Date, to: Date, kind: 'office_hours' | 'working_days') => {
      let sum = 0;
      for (let day = from; day < to; day = new Date(day.getTime() + DAY)) {
        sum += spent(day, new Date(Math.min(day.getTime() + DAY, to.getTime())), kind);
      }
      return sum;
    };
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: DAY }), (start, whole, more) => {
        const end = new Date(start.getTime() + whole * DAY + more);
        expect(spent(start, end, 'office_hours')).toBe(eachDay(start, end, 'office_hours'));
        const midnight = at(`${shanghaiText(start).slice(0, 10)} 23:59`);
        const last = new Date(midnight.getTime() + whole * DAY);
        expect(spent(midnight, last, 'working_days')).toBe(eachDay(midnight, last, 'working_days'));
      }),
      { numRuns: 60 },
    );
  });

  it('is due on a working day while the office is open, or round the clock', () => {
    fc.assert(
      fc.property(moment, amount, fc.constantFrom('office_hours', 'working_days' as const), (start, size, kind) => {
        const found = due(start, size, kind);
        const day = shanghaiText(found.due).slice(0, 10);
        expect(calendar.isWorkday(day)).toBe(true);
        expect(found.skipped.every((skipped) => !calendar.isWorkday(skipped) && skipped < day)).toBe(true);
        expect((found.due.getTime() + 8 * HOUR) % DAY).toBeGreaterThanOrEqual(8.5 * HOUR);
        expect((found.due.getTime() + 8 * HOUR) % DAY).toBeLessThanOrEqual(17.5 * HOUR);
      }),
      { numRuns: 400 },
    );
  });
});
