import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, sameBytes, toBase64, toHex, utf8 } from './bytes.ts';

describe('bytes', () => {
  it('are those every other encoder makes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8(text)).toEqual(new TextEncoder().encode(text));
      }),
    );
    expect(() => utf8('a\ud800')).toThrow(RangeError);
  });

  it('are base64 as everybody writes it, and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it('read as hexadecimal and compare by content', () => {
    expect(toHex(Uint8Array.of(0, 15, 255))).toBe('000fff');
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  });
});
