const EDGES = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g;
// U+FDD0–FDEF and the last two code points of every plane will never be characters.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef]|[\ufffe\uffff]/;

/** Text as it is stored: NFC, line ends LF, no blank or invisible edges. */
export function cleanText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').replace(EDGES, '');
}

/**
 * True for what has no place in text: NUL and other control characters but tab and line ends, lone surrogates, and
 * noncharacters. A carriage return passes since `cleanText` turns it into a line feed.
 */
export function hasForbiddenCharacters(text: string): boolean {
  if (!text.isWellFormed() || FORBIDDEN.test(text)) return true;
  for (const character of text) {
    if (((character.codePointAt(0) ?? 0) & 0xfffe) === 0xfffe) return true;
  }
  return false;
}

/** Length in code points: what a person counts, near enough, and what PostgreSQL's `length` says. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Cuts to `max` code points, the last of them an ellipsis when something was cut. */
export function shorten(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, Math.max(0, max - 1)).join('')}…`;
}

/** Full-width digits, letters, signs and spaces as their plain forms; every kind of dash as `-`. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63]/g, '-');
}
