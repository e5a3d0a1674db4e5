/** Lead byte and continuation bytes of UTF-8, each of them become a character of its own. */
const SEQUENCE = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;

/** Undoes a second encoding as UTF-8; text that has none stays as it is. */
export function decodeOnce(text: string): string {
  return text.replace(SEQUENCE, (sequence) => {
    const [lead = 0, ...rest] = [...sequence].map((character) => character.charCodeAt(0));
    const first = lead & (0x7f >> sequence.length);
    const point = rest.reduce((value, byte) => (value << 6) | (byte & 0x3f), first);
    return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : sequence;
  });
}
