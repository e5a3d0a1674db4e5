import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseQueryCode, presentQueryCode, queryCodeFrom } from './query-code.ts';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 40 });

describe('query codes', () => {
  it('are eight signs that nobody confuses in print', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        expect(queryCodeFrom(random)).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
      }),
    );
    expect(() => queryCodeFrom(new Uint8Array(7))).toThrow(RangeError);
  });

  it('use every sign equally often', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const sign = queryCodeFrom(new Uint8Array(8).fill(byte)).charAt(0);
      counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    expect(new Set(counts.values())).toEqual(new Set([8]));
  });

  it('are read however they are typed', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = queryCodeFrom(random);
        const wide = code.replace(/./g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
        for (const typed of [
          code,
          code.toLowerCase(),
          presentQueryCode(code),
          ` ${code.slice(0, 3)}-${code.slice(3)} `,
          wide,
        ]) {
          expect(normaliseQueryCode(typed)).toBe(code);
        }
      }),
    );
  });

  it.each(['', 'ABCDEFG', 'ABCDEFGHJ', 'ABCDEFG0', 'ABCDEFGI', "' OR 1=1", '路灯路灯路灯路灯'])(
    '%j is none',
    (typed) => {
      expect(normaliseQueryCode(typed)).toBeNull();
    },
  );
});
