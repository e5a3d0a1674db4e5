import { describe, expect, test } from 'vitest';
import { matchTotp, newTotpSecret, totpAddress, totpCode, totpStep } from './totp.ts';

// The secret of the standard's appendix, '12345678901234567890', in base32.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of an authenticator app', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of the standard at %i s', (seconds, code) => {
    expect(totpCode(SECRET, totpStep(new Date(seconds * 1000)))).toBe(code);
  });

  test('fit half a minute early or late, and no longer', () => {
    const now = new Date(1_234_567_890_000);
    const step = totpStep(now);
    const fits = [-2, -1, 0, 1, 2].map((off) => matchTotp(SECRET, totpCode(SECRET, step + off), now, 0) !== null);
    expect(fits).toEqual([false, true, true, true, false]);
  });

  test('do not fit again once they were taken', () => {
    const now = new Date(1_234_567_890_000);
    const step = totpStep(now);
    expect(matchTotp(SECRET, totpCode(SECRET, step), now, step)).toBeNull();
    expect(matchTotp(SECRET, totpCode(SECRET, step - 1), now, step)).toBeNull();
  });

  test('come from secrets of 160 bits that apps can read', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpAddress(secret, { issuer: '共治 麻城', username: 'li.diaodu' })).toMatch(
      /^otpauth:\/\/totp\/%E5%85%B1%E6%B2%BB%20%E9%BA%BB%E5%9F%8E:li\.diaodu\?secret=[A-Z2-7]{32}&issuer=%E5/,
    );
  });
});
