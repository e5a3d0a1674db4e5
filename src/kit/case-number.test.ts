import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseNumber, parseCaseNumber } from './case-number.ts';

const numbers = fc
  .tuple(
    fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    fc.integer({ min: 1, max: 9_999_999 }),
  )
  .map(([date, serial]) => caseNumber(date.toISOString().slice(0, 10), serial));

describe('case numbers', () => {
  it('read as day, serial and check digit', () => {
    expect(caseNumber('2026-03-09', 42)).toMatch(/^20260309-000042-\d$/);
    expect(caseNumber('2026-03-09', 1_234_567)).toMatch(/^20260309-1234567-\d$/);
    expect(() => caseNumber('2026-02-30', 1)).toThrow(RangeError);
    expect(() => caseNumber('2026-03-09', 0)).toThrow(RangeError);
  });

  it('are read back however they are typed', () => {
    const number = caseNumber('2026-03-09', 42);
    const full = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const typed of [
      number,
      ` ${number} `,
      number.replaceAll('-', ''),
      number.replaceAll('-', ' '),
      full,
      full.replaceAll('-', '－'),
      number.replaceAll('-', '—'),
    ]) {
      expect(parseCaseNumber(typed)).toEqual({ number, day: '2026-03-09', serial: 42 });
    }
  });

  it.each(['', '20260309', 'abc', '20260230-000001-0', '20260309-000000-0', "20260309-000042-1' OR 1=1"])(
    '%j is none',
    (typed) => {
      expect(parseCaseNumber(typed)).toBeNull();
    },
  );

  it('are refused with any one digit wrong or two neighbours swapped', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const digits = number.replaceAll('-', '');
        expect(parseCaseNumber(digits)?.number).toBe(number);
        for (let at = 0; at < digits.length; at += 1) {
          const wrong = digits.slice(0, at) + ((Number(digits[at]) + 3) % 10) + digits.slice(at + 1);
          expect(parseCaseNumber(wrong)).toBeNull();
          const swapped = digits.slice(0, at) + (digits[at + 1] ?? '') + digits[at] + digits.slice(at + 2);
          if (swapped !== digits) expect(parseCaseNumber(swapped)).toBeNull();
        }
      }),
    );
  });
});
