import { toHalfWidth } from '../../../kit/text.ts';

/**
 * The secret beside a case's public number. 32 signs without 0, 1, I and O, which people confuse in print; eight of
 * them hold 40 bits, and tries are limited besides.
 */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 8;

/** Makes a code of random bytes, one byte a sign; throws on fewer than eight. */
export function queryCodeFrom(random: Uint8Array): string {
  if (random.length < LENGTH) throw new RangeError(`a query code needs ${LENGTH} random bytes`);
  // 256 is a multiple of 32, so every sign is as likely as any other.
  return Array.from(random.subarray(0, LENGTH), (byte) => SIGNS[byte % SIGNS.length]).join('');
}

/** A code as typed (small letters, spaces, dashes, full-width) in the form it was made; null when it can be none. */
export function normaliseQueryCode(typed: string): string | null {
  const plain = toHalfWidth(typed).replace(/[\s-]/g, '').toUpperCase();
  return plain.length === LENGTH && [...plain].every((sign) => SIGNS.includes(sign)) ? plain : null;
}

/** For reading out and printing: two groups of four. */
export function presentQueryCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}
