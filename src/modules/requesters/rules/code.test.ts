import { describe, expect, test } from 'vitest';
import { CODE_RULES, secondsUntilNextCode } from './code.ts';

const now = new Date('2026-11-02T08:00:00Z');
const ago = (...seconds: number[]) => seconds.map((each) => new Date(now.getTime() - each * 1000));

describe('another phone code', () => {
  test('may be sent at once when none was', () => {
    expect(secondsUntilNextCode({ forPhone: [], fromAddressInHour: 0 }, now)).toBe(0);
  });

  test('waits a minute after the last one', () => {
    expect(secondsUntilNextCode({ forPhone: ago(20), fromAddressInHour: 1 }, now)).toBe(40);
    expect(secondsUntilNextCode({ forPhone: ago(60), fromAddressInHour: 1 }, now)).toBe(0);
  });

  test('waits until the fifth newest is an hour old', () => {
    const history = { forPhone: ago(100, 300, 900, 1800, 3000), fromAddressInHour: 5 };
    expect(secondsUntilNextCode(history, now)).toBe(600);
  });

  test('waits a day for the eleventh', () => {
    const forPhone = ago(...Array.from({ length: 10 }, (_, at) => 4000 + at * 3000));
    expect(secondsUntilNextCode({ forPhone, fromAddressInHour: 0 }, now)).toBe(86_400 - 31_000);
  });

  test('waits when one address asks for many phones', () => {
    expect(secondsUntilNextCode({ forPhone: [], fromAddressInHour: CODE_RULES.perAddressHour }, now)).toBe(3600);
  });
});
