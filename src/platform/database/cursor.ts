/** What a part of a cursor may be; anything else in it was made up, and would be an error of the query. */
const FITS = {
  uuid: (part: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
  /** As PostgreSQL writes a timestamptz, and its infinity. */
  stamp: (part: string) =>
    part === 'infinity' ||
    (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(part) && !Number.isNaN(Date.parse(part))),
  smallint: (part: string) => /^\d{1,4}$/.test(part),
  text: (part: string) => part.isWellFormed() && !part.includes('\0'),
} as const;

export type CursorPart = keyof typeof FITS;

/** Where a keyset page goes on, as one opaque word. Parts hold no line break. */
export function writeCursor(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('\n')).toString('base64url');
}

/** The parts of a cursor of ours; `null` for anything else, `undefined` when none was given. */
export function readCursor(
  cursor: string | undefined,
  ...kinds: readonly CursorPart[]
): readonly string[] | null | undefined {
  if (cursor === undefined) return undefined;
  const parts = Buffer.from(cursor, 'base64url').toString('utf8').split('\n');
  return parts.length === kinds.length && kinds.every((kind, index) => FITS[kind](parts[index] ?? '')) ? parts : null;
}
