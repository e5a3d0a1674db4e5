import { describe, expect, test } from 'vitest';
import { addDays, shanghaiText, weekdayOf } from '../../../kit/time.ts';
import type { ClockType } from '../../../kit/deadline.ts';
import { chineseCalendar, dueAt } from './clock.ts';

/**
 * Deadlines over the public holidays of 2023 and 2024, worked out by hand from the days that the State Council
 * published (国办发明电〔2022〕16号, 〔2023〕7号). Offices open 08:30–12:00 and 14:30–17:30: 6.5 hours a day. On working days
 * the day of opening does not count and the last one ends at 17:30.
 */
const OFF: readonly (readonly [from: string, to: string])[] = [
  ['2023-01-01', '2023-01-02'],
  ['2023-01-21', '2023-01-27'],
  ['2023-04-05', '2023-04-05'],
  ['2023-04-29', '2023-05-03'],
  ['2023-06-22', '2023-06-24'],
  ['2023-09-29', '2023-10-06'],
  ['2024-01-01', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-10', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
];
const MADE_UP = [
  ...['2023-01-28', '2023-01-29', '2023-04-23', '2023-05-06', '2023-06-25', '2023-10-07', '2023-10-08'],
  ...['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'],
];

const D = 'working_days';
const H = 'office_hours';
const R = 'round_the_clock';

type Row = readonly [opened: string, amount: number, clock: ClockType, due: string];

/** Each row with its counting: the days that count, with their number, or the hours taken from each day. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'Spring Festival 2023: off 21–27 January, make-up Sat 28 and Sun 29': [
    ['2023-01-20 10:00', 1, D, '2023-01-28 17:30'], // Sat 28 = 1
    ['2023-01-20 10:00', 3, D, '2023-01-30 17:30'], // Sat 28 = 1, Sun 29 = 2, Mon 30 = 3
    ['2023-01-19 16:00', 5, D, '2023-01-31 17:30'], // Fri 20 = 1, 28 = 2, 29 = 3, 30 = 4, 31 = 5
    ['2023-01-20 16:30', 4, H, '2023-01-28 11:30'], // Fri 1 h to 17:30, Sat 28 3 h from 08:30
    ['2023-01-22 10:00', 2, H, '2023-01-28 10:30'], // opened in the holiday: begins Sat 28 08:30
    ['2023-01-28 11:00', 5, H, '2023-01-29 09:30'], // on a make-up Saturday: 1 h + 3 h, Sun 29 1 h
    ['2023-01-27 20:00', 1, D, '2023-01-28 17:30'], // last evening of the holiday: Sat 28 = 1
    ['2023-01-21 09:00', 24, R, '2023-01-22 09:00'], // round the clock knows no holiday
  ],
  'Qingming 2023: off Wed 5 April': [
    ['2023-04-04 09:00', 1, D, '2023-04-06 17:30'], // Thu 6 = 1
    ['2023-04-04 15:30', 3, H, '2023-04-06 09:30'], // Tue 2 h, Thu 6 1 h
    ['2023-04-03 09:00', 5, D, '2023-04-11 17:30'], // 4 = 1, 6 = 2, 7 = 3, Mon 10 = 4, 11 = 5
  ],
  'Labour Day 2023: off 29 April – 3 May, make-up Sun 23 April and Sat 6 May': [
    ['2023-04-21 10:00', 2, D, '2023-04-24 17:30'], // Sat 22 off, Sun 23 = 1, Mon 24 = 2
    ['2023-04-28 10:00', 3, D, '2023-05-06 17:30'], // Thu 4 = 1, Fri 5 = 2, Sat 6 = 3
    ['2023-04-28 17:00', 1, H, '2023-05-04 09:00'], // Fri half an hour, Thu 4 half an hour
    ['2023-05-06 09:00', 1, D, '2023-05-08 17:30'], // make-up Sat 6 is the day of opening, Sun 7 off, Mon 8 = 1
    ['2023-04-23 13:00', 3.5, H, '2023-04-24 09:00'], // make-up Sunday at noon: 3 h from 14:30, Mon half an hour
  ],
  'Dragon Boat 2023: off 22–24 June, make-up Sun 25': [
    ['2023-06-21 09:00', 1, D, '2023-06-25 17:30'], // Sun 25 = 1
    ['2023-06-21 17:30', 2, H, '2023-06-25 10:30'], // at closing time: all of it on Sun 25
    ['2023-06-20 09:00', 5, D, '2023-06-28 17:30'], // 21 = 1, 25 = 2, 26 = 3, 27 = 4, 28 = 5
  ],
  'Mid-autumn and National Day 2023: off 29 September – 6 October, make-up Sat 7 and Sun 8': [
    ['2023-09-28 09:00', 1, D, '2023-10-07 17:30'], // Sat 7 = 1
    ['2023-09-28 09:00', 5, D, '2023-10-11 17:30'], // 7 = 1, 8 = 2, 9 = 3, 10 = 4, 11 = 5
    // 28 = 1, 7 = 2, 8 = 3, 9–13 = 4–8, 16–20 = 9–13, Mon 23 = 14, Tue 24 = 15
    ['2023-09-27 16:00', 15, D, '2023-10-24 17:30'],
    ['2023-10-01 12:00', 6.5, H, '2023-10-07 17:30'], // one whole office day
    ['2023-10-08 18:00', 1, H, '2023-10-09 09:30'], // after hours of a make-up Sunday
    ['2023-09-30 08:00', 168, R, '2023-10-07 08:00'], // seven days
  ],
  'New Year 2024: off Mon 1 January': [
    ['2023-12-29 10:00', 1, D, '2024-01-02 17:30'], // weekend, Mon 1 off, Tue 2 = 1
  ],
  'Spring Festival 2024: off 10–17 February, make-up Sun 4 and Sun 18; New Year’s Eve is a working day': [
    ['2024-02-02 10:00', 2, D, '2024-02-05 17:30'], // Sat 3 off, Sun 4 = 1, Mon 5 = 2
    ['2024-02-09 10:00', 1, D, '2024-02-18 17:30'], // Sun 18 = 1
    ['2024-02-08 15:00', 3, D, '2024-02-19 17:30'], // Fri 9 = 1, Sun 18 = 2, Mon 19 = 3
    ['2024-02-09 16:00', 5, H, '2024-02-18 12:00'], // Fri 1.5 h, Sun 18 3.5 h to noon
    ['2024-02-04 08:00', 2, H, '2024-02-04 10:30'], // before opening of a make-up Sunday
    ['2024-02-14 09:00', 1, D, '2024-02-18 17:30'], // opened in the holiday: Sun 18 = 1
  ],
  'Qingming 2024: off 4–6 April, make-up Sun 7': [
    ['2024-04-03 09:00', 1, D, '2024-04-07 17:30'], // Sun 7 = 1
    ['2024-04-03 17:00', 1, H, '2024-04-07 09:00'], // Wed half an hour, Sun 7 half an hour
    ['2024-04-05 10:00', 2, D, '2024-04-08 17:30'], // Sun 7 = 1, Mon 8 = 2
  ],
  'Labour Day 2024: off 1–5 May, make-up Sun 28 April and Sat 11 May': [
    ['2024-04-26 10:00', 3, D, '2024-04-30 17:30'], // Sat 27 off, Sun 28 = 1, 29 = 2, 30 = 3
    ['2024-04-30 10:00', 5, D, '2024-05-10 17:30'], // Mon 6 = 1 … Fri 10 = 5
    ['2024-04-30 10:00', 6, D, '2024-05-11 17:30'], // … and make-up Sat 11 = 6
    ['2024-05-11 16:30', 2, H, '2024-05-13 09:30'], // make-up Sat 1 h, Sun 12 off, Mon 13 1 h
  ],
  'Dragon Boat 2024: off Mon 10 June': [
    ['2024-06-07 10:00', 1, D, '2024-06-11 17:30'], // Tue 11 = 1
    ['2024-06-08 10:00', 4, H, '2024-06-11 15:00'], // on a Saturday: Tue 11 3.5 h to noon, half an hour from 14:30
  ],
  'Mid-autumn 2024: off 15–17 September, make-up Sat 14': [
    ['2024-09-13 10:00', 1, D, '2024-09-14 17:30'], // Sat 14 = 1
    ['2024-09-14 10:00', 1, D, '2024-09-18 17:30'], // Wed 18 = 1
    ['2024-09-14 15:30', 3, H, '2024-09-18 09:30'], // make-up Sat 2 h, Wed 18 1 h
  ],
  'National Day 2024: off 1–7 October, make-up Sun 29 September and Sat 12 October': [
    ['2024-09-27 10:00', 2, D, '2024-09-30 17:30'], // Sat 28 off, Sun 29 = 1, Mon 30 = 2
    ['2024-09-30 16:00', 5, D, '2024-10-12 17:30'], // Tue 8 = 1 … Fri 11 = 4, make-up Sat 12 = 5
    ['2024-09-30 10:00', 15, D, '2024-10-25 17:30'], // 8–12 = 1–5, 14–18 = 6–10, 21–25 = 11–15
    ['2024-10-12 17:30', 1, D, '2024-10-14 17:30'], // make-up Sat is the day of opening, Mon 14 = 1
    ['2024-09-30 17:29', 0.5, H, '2024-10-08 08:59'], // one minute, Tue 8 29 minutes
  ],
};

const calendar = chineseCalendar();

describe.each(Object.entries(TABLE))('%s', (_holiday, rows) => {
  test.each(rows)('%s + %d %s is due %s', (opened, amount, clock, due) => {
    const at = new Date(`${opened.replace(' ', 'T')}+08:00`);
    const found = dueAt(at, amount, clock, calendar);
    expect(shanghaiText(found.due)).toBe(due);
    expect(found.uncertain).toBe(false);
  });
});

test('the calendar has exactly the days that were published', () => {
  const off = new Set<string>();
  for (const [from, to] of OFF) for (let day = from; day <= to; day = addDays(day, 1)) off.add(day);
  const wrong: string[] = [];
  for (let day = '2023-01-01'; day <= '2024-12-31'; day = addDays(day, 1)) {
    const works = MADE_UP.includes(day) || (weekdayOf(day) <= 5 && !off.has(day));
    if (calendar.isWorkday(day) !== works) wrong.push(day);
  }
  expect(wrong).toEqual([]);
  expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(30);
});
