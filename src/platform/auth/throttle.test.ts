import { describe, expect, test } from 'vitest';
import { secondsUntilNextTry, SIGN_IN_RULES, type SignInHistory } from './throttle.ts';

const now = new Date('2026-11-02T08:00:00Z');
const none = { count: 0, last: null };
const failed = (count: number, secondsAgo = 0) => ({ count, last: new Date(now.getTime() - secondsAgo * 1000) });
const history = (over: Partial<SignInHistory>): SignInHistory => ({
  pair: none,
  account: none,
  address: none,
  knownAddress: false,
  ...over,
});

describe('the next try', () => {
  test('may be made at once after four failures', () => {
    expect(secondsUntilNextTry(history({ pair: failed(4) }), now)).toBe(0);
  });

  test('waits twice as long with each failure after the fifth, at most a quarter of an hour', () => {
    const waits = [5, 6, 7, 8, 20].map((count) => secondsUntilNextTry(history({ pair: failed(count) }), now));
    expect(waits).toEqual([10, 20, 40, 80, 900]);
  });

  test('counts the wait from the last failure', () => {
    expect(secondsUntilNextTry(history({ pair: failed(7, 30) }), now)).toBe(10);
    expect(secondsUntilNextTry(history({ pair: failed(7, 41) }), now)).toBe(0);
  });

  test('of a guessed account never waits long, and not at all where its holder signed in before', () => {
    const guessed = history({ account: failed(100_000) });
    expect(secondsUntilNextTry(guessed, now)).toBe(SIGN_IN_RULES.account.wait);
    expect(secondsUntilNextTry({ ...guessed, knownAddress: true }, now)).toBe(0);
  });

  test('waits when one address tries many accounts', () => {
    expect(secondsUntilNextTry(history({ address: failed(59) }), now)).toBe(0);
    expect(secondsUntilNextTry(history({ address: failed(60) }), now)).toBe(SIGN_IN_RULES.address.wait);
  });
});
