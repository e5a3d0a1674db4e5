import { AREA_LEVELS, type AreaLevel, levelOf, parentOf } from '../../../kit/codes.ts';

/** The level below; null below a micro-grid. */
export function levelBelow(level: AreaLevel): AreaLevel | null {
  return AREA_LEVELS[AREA_LEVELS.indexOf(level) + 1] ?? null;
}

/** Codes of the ancestors, top first, from province down, without the code itself. */
export function ancestorsOf(code: string): string[] {
  const parent = parentOf(code);
  return parent === null ? [] : [...ancestorsOf(parent), parent];
}

/**
 * The prefix of a jurisdiction given as six digits: `330100` (a prefecture-level city) is `3301`, a county stays
 * whole. Null for what cannot run the platform: a province, a code of other length, or the placeholder `xx90` that
 * stands for 'counties directly under the province'.
 */
export function divisionPrefix(jurisdiction: string): string | null {
  if (!/^\d{6}$/.test(jurisdiction)) return null;
  if (jurisdiction.endsWith('0000')) return null;
  if (!jurisdiction.endsWith('00')) return jurisdiction;
  const city = jurisdiction.slice(0, 4);
  return city.endsWith('90') ? null : city;
}

/**
 * What a code in a file may mean, the code as written first: files pad codes with zeros, so `330100` may be the city
 * `3301`, and `421181001000` the street `421181001`. Which reading holds, the tree of areas decides.
 */
export function codeReadings(written: string): string[] {
  const shorter = [15, 12, 9, 6, 4, 2].filter(
    (length) => length < written.length && /^0+$/.test(written.slice(length)),
  );
  return [written, ...shorter.map((length) => written.slice(0, length))].filter((code) => levelOf(code) !== null);
}

/** Where numbers of a kind begin among its siblings, and where they end; both included. */
export type SegmentRange = { readonly first: number; readonly last: number; readonly digits: 2 | 3 };

/** The numbers a new area may take: villages by the ranges of the division rules, grids from 001, micro-grids from 01. */
export function segmentRange(level: AreaLevel, kind: string): SegmentRange | null {
  switch (level) {
    case 'grid':
      return { first: 1, last: 999, digits: 3 };
    case 'micro_grid':
      return { first: 1, last: 99, digits: 2 };
    case 'village':
      return VILLAGE_RANGES[kind] ?? VILLAGE_RANGES.quasi_village ?? null;
    case 'town':
      return TOWN_RANGES[kind] ?? TOWN_RANGES.quasi_town ?? null;
    default:
      return null;
  }
}

const TOWN_RANGES: Readonly<Record<string, SegmentRange>> = {
  subdistrict: { first: 1, last: 99, digits: 3 },
  town: { first: 100, last: 199, digits: 3 },
  township: { first: 200, last: 399, digits: 3 },
  quasi_town: { first: 400, last: 599, digits: 3 },
};

const VILLAGE_RANGES: Readonly<Record<string, SegmentRange>> = {
  community: { first: 1, last: 199, digits: 3 },
  village: { first: 200, last: 399, digits: 3 },
  quasi_community: { first: 400, last: 499, digits: 3 },
  quasi_village: { first: 500, last: 599, digits: 3 },
};

/** The first free code under `parent`; `used` holds every code ever used there, closed ones too. Null when full. */
export function nextCode(parent: string, range: SegmentRange, used: ReadonlySet<string>): string | null {
  for (let number = range.first; number <= range.last; number += 1) {
    const code = parent + String(number).padStart(range.digits, '0');
    if (!used.has(code)) return code;
  }
  return null;
}
