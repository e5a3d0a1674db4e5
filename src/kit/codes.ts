/**
 * Division codes at their significant length: the code is the path, so a subtree is a prefix. 2 province, 4 city,
 * 6 county, 9 town, 12 village or community (national statistical codes), 15 grid, 17 micro-grid.
 */
export const AREA_LEVELS = ['province', 'city', 'county', 'town', 'village', 'grid', 'micro_grid'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

const LENGTHS = [2, 4, 6, 9, 12, 15, 17] as const;

/** The level a code has by its length; null when no level has that length or it is not all digits. */
export function levelOf(code: string): AreaLevel | null {
  if (!/^[0-9]+$/.test(code)) return null;
  const index = (LENGTHS as readonly number[]).indexOf(code.length);
  return AREA_LEVELS[index] ?? null;
}

/** The code one level up; null for a province and for what is no code. */
export function parentOf(code: string): string | null {
  if (levelOf(code) === null) return null;
  const length = LENGTHS.findLast((shorter) => shorter < code.length);
  return length === undefined ? null : code.slice(0, length);
}

/** True when `code` lies exactly one level below `parent`. */
export function fitsParent(code: string, parent: string): boolean {
  return levelOf(parent) !== null && parentOf(code) === parent;
}

/** True when `code` is the area `prefix` itself or lies in it. */
export function within(code: string, prefix: string): boolean {
  return code.startsWith(prefix);
}

/**
 * The range that holds `prefix` and all below it under COLLATE "C": `from <= code AND code < to`. Codes are digits, and
 * ':' is the character after '9'.
 */
export function prefixRange(prefix: string): readonly [from: string, to: string] {
  return [prefix, `${prefix}:`];
}

/** The code cut to a level; null when the code lies above that level. */
export function cutToLevel(code: string, level: AreaLevel): string | null {
  const length = LENGTHS[AREA_LEVELS.indexOf(level)];
  return length !== undefined && levelOf(code) !== null && code.length >= length ? code.slice(0, length) : null;
}
