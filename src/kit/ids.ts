import { toHex } from './bytes.ts';

/** Fills the bytes given with randomness and answers them. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

// Browsers and Node alike have it; said here because kit compiles with the types of neither.
declare const crypto: { readonly getRandomValues: RandomBytes };

// Asked for many at a time: each call costs more than the id it is for. Every byte is handed out once.
const drawn = new Uint8Array(4096);
let used = drawn.length;

const webRandom: RandomBytes = (bytes) => {
  if (used + bytes.length > drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  bytes.set(drawn.subarray(used, used + bytes.length));
  used += bytes.length;
  return bytes;
};

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits. Ids of different milliseconds sort by time;
 * within one they do not.
 */
export function uuidv7(now: number = Date.now(), random: RandomBytes = webRandom): string {
  const bytes = random(new Uint8Array(16));
  let rest = Math.floor(now);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The millisecond a UUIDv7 was made in; null for any other text. */
export function timeOfUuid(id: string): Date | null {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(id)) return null;
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
