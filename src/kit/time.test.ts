import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  atMinute,
  dayOf,
  daysBetween,
  endOfDay,
  isDay,
  minuteOfDay,
  shanghaiText,
  startOfDay,
  weekdayOf,
} from './time.ts';

describe('Shanghai time', () => {
  it('turns the day at 16:00 UTC', () => {
    expect(dayOf(new Date('2023-12-31T15:59:59.999Z'))).toBe('2023-12-31');
    expect(dayOf(new Date('2023-12-31T16:00:00Z'))).toBe('2024-01-01');
    expect(startOfDay('2024-01-01').toISOString()).toBe('2023-12-31T16:00:00.000Z');
    expect(endOfDay('2024-02-29').toISOString()).toBe('2024-02-29T16:00:00.000Z');
    expect(minuteOfDay(new Date('2024-01-01T00:30:00Z'))).toBe(510);
    expect(atMinute('2024-01-01', 510).toISOString()).toBe('2024-01-01T00:30:00.000Z');
    expect(shanghaiText(new Date('2024-01-01T00:30:00Z'))).toBe('2024-01-01 08:30');
  });

  it('agrees with the time-zone table of the platform since 1992', () => {
    const table = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (moment) => {
          expect(shanghaiText(moment)).toBe(table.format(moment));
        },
      ),
    );
  });

  it('counts days and weekdays', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(weekdayOf('2024-02-10')).toBe(6);
    expect(weekdayOf('2024-02-18')).toBe(7);
  });

  it.each(['2023-02-29', '2023-13-01', '23-01-01', '2023-1-1', '2023-01-01T00:00', '', '２０２３-01-01'])(
    '%j is no day',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => startOfDay(text)).toThrow(RangeError);
    },
  );
});
