import { levelOf } from '../../../kit/codes.ts';
import { cleanText } from '../../../kit/text.ts';
import { type AddressParts, normalAddress, placeKey } from './address.ts';
import { type Issue, words } from './issue.ts';
import { codeReadings } from './codes.ts';

/** Columns of an address file and how else their heads are written. */
export const ADDRESS_COLUMNS = {
  grid: ['网格编码', '网格', '网格名称'],
  village: ['村社区', '村（社区）', '社区', '村', '村社区编码'],
  town: ['镇街', '街道', '乡镇', '镇', '镇街道'],
  estate: ['小区', '小区名称', '地名'],
  building: ['幢', '楼栋', '楼幢', '栋', '幢号'],
  unit: ['单元', '单元号'],
  room: ['户室', '室', '房号', '门牌', '户号'],
} as const satisfies Record<string, readonly string[]>;

/** An open or closed village or grid as an address row may name it. */
export type Place = {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly open: boolean;
};

export type AddressStep = { readonly index: number; readonly grid: string; readonly key: string } & AddressParts;

export type AddressPlan = {
  readonly steps: readonly AddressStep[];
  readonly issues: readonly Issue[];
  /** Rows whose grid was found. */
  readonly matched: number;
};

type Row = Readonly<Record<string, string>>;

/**
 * Decides where the addresses of a file lie. A row names its grid by code, or its village by code, path or name (with
 * the town where names repeat) and the grid by name; a village with one open grid needs no grid. Nothing is guessed: a
 * row that fits several places is reported.
 */
export function planAddresses(rows: readonly Row[], places: readonly Place[]): AddressPlan {
  const index = indexPlaces(places);
  const steps: AddressStep[] = [];
  const issues: Issue[] = [];
  const seen = new Map<string, number>();
  let matched = 0;
  for (const [number, row] of rows.entries()) {
    const wrong = (reason: string, details: Issue['details'] = {}) =>
      issues.push({ index: number, code: words(row['grid'] ?? row['village']), name: describe(row), reason, details });
    const grid = gridOf(row, index);
    if (typeof grid === 'string') {
      wrong(grid);
      continue;
    }
    matched += 1;
    const parts = normalAddress({
      estate: row['estate'],
      building: row['building'],
      unit: row['unit'],
      room: row['room'],
    });
    if ('reason' in parts) {
      wrong(parts.reason);
      continue;
    }
    const key = placeKey(grid.code.slice(0, 12), parts);
    const first = seen.get(key);
    if (first !== undefined) {
      wrong('duplicate_address', { row: first + 1 });
      continue;
    }
    seen.set(key, number);
    steps.push({ index: number, grid: grid.code, key, ...parts });
  }
  return { steps, issues, matched };
}

function describe(row: Row): string | null {
  return words([row['estate'], row['building'], row['unit'], row['room']].filter(Boolean).join(' '));
}

type Index = {
  readonly byCode: ReadonlyMap<string, Place>;
  readonly villagesByName: ReadonlyMap<string, readonly Place[]>;
  readonly gridsOf: ReadonlyMap<string, readonly Place[]>;
};

function indexPlaces(places: readonly Place[]): Index {
  const byCode = new Map(places.map((place) => [place.code, place]));
  const villagesByName = new Map<string, Place[]>();
  const gridsOf = new Map<string, Place[]>();
  const add = (map: Map<string, Place[]>, key: string, place: Place) => {
    const list = map.get(key);
    if (list) list.push(place);
    else map.set(key, [place]);
  };
  for (const place of places) {
    const level = levelOf(place.code);
    if (level === 'village') for (const name of new Set([place.name, place.path])) add(villagesByName, name, place);
    if (level === 'grid' || level === 'micro_grid') add(gridsOf, place.code.slice(0, 12), place);
  }
  return { byCode, villagesByName, gridsOf };
}

function gridOf(row: Row, index: Index): Place | string {
  const written = cleanText(row['grid'] ?? '');
  if (/^\d{15}(?:\d{2})?$/.test(written)) {
    const grid = index.byCode.get(written);
    if (!grid) return 'unknown_grid';
    return grid.open ? grid : 'area_closed';
  }
  const village = villageOf(row, index);
  if (typeof village === 'string') return village;
  const open = (index.gridsOf.get(village.code) ?? []).filter((grid) => grid.open);
  const grids = open.filter((grid) => levelOf(grid.code) === 'grid');
  if (written === '') return grids.length === 1 && grids[0] ? grids[0] : 'no_grid';
  const named = open.filter((grid) => grid.name === written || grid.path.endsWith(`/${written}`));
  if (named.length > 1) return 'ambiguous_grid';
  return named[0] ?? 'unknown_grid';
}

function villageOf(row: Row, index: Index): Place | string {
  const written = cleanText(row['village'] ?? '').replace(/\s*[/>·]\s*/g, '/');
  if (written === '') return 'no_village';
  if (/^\d+$/.test(written)) {
    const known = codeReadings(written).flatMap((code) => index.byCode.get(code) ?? []);
    const [place] = known;
    if (!place || levelOf(place.code) !== 'village') return 'unknown_village';
    return place.open ? place : 'area_closed';
  }
  const town = cleanText(row['town'] ?? '');
  const named = (index.villagesByName.get(written) ?? []).filter((place) => town === '' || isOfTown(place, town));
  const open = named.filter((place) => place.open);
  if (open.length > 1) return 'ambiguous_village';
  return open[0] ?? (named.length > 0 ? 'area_closed' : 'unknown_village');
}

function isOfTown(village: Place, town: string): boolean {
  return village.code.startsWith(town) || village.path.split('/').includes(town);
}
