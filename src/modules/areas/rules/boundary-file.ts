import { type AreaLevel, levelOf } from '../../../kit/codes.ts';
import { type Refusal, refuse } from '../../../kit/result.ts';
import { codeReadings } from './codes.ts';
import { type Issue, words } from './issue.ts';
import { crossesItself, type Outlined, outline } from './overlap.ts';
import { type MultiPolygon, signedArea } from './polygon.ts';

/** A feature that reads well: a shape, and what it says of whose it is. */
export type ReadFeature = {
  readonly index: number;
  readonly code: string | null;
  readonly name: string | null;
  readonly parentCode: string | null;
  readonly shape: Outlined;
};

const MOST_FEATURES = 20_000;
// A county with every bend of its rivers has some thousands.
const MOST_POSITIONS = 20_000;
// The corners of the country's land and waters, in whole degrees.
const CHINA = { west: 73, east: 136, south: 3, north: 54 } as const;

/** The features of a GeoJSON file, unread; a refusal when it is no feature collection in longitude and latitude. */
export function featuresOf(geojson: unknown): readonly unknown[] | Refusal {
  if (!isRecord(geojson) || geojson.type !== 'FeatureCollection' || !Array.isArray(geojson.features)) {
    return refuse('areas.geojson_invalid');
  }
  if (geojson.features.length === 0) return refuse('areas.import_empty');
  if (geojson.features.length > MOST_FEATURES) return refuse('areas.import_too_large', { maximum: MOST_FEATURES });
  const crs = crsName(geojson.crs);
  if (crs !== null && !/CRS84|EPSG:+(?:\d*:)?(?:4326|4490)$/i.test(crs))
    return refuse('areas.geojson_wrong_crs', { crs });
  return geojson.features;
}

function crsName(crs: unknown): string | null {
  if (!isRecord(crs) || !isRecord(crs.properties)) return null;
  return words(crs.properties.name) ?? 'unknown';
}

/** Reads one feature; answers what is wrong with it instead when it cannot be used. */
export function readFeature(feature: unknown, index: number): ReadFeature | Issue {
  const record = isRecord(feature) ? feature : {};
  const properties = isRecord(record.properties) ? record.properties : {};
  const code = words(first(properties, ['code', 'adcode', '区划代码', '代码', '网格编码']) ?? record.id);
  const name = words(first(properties, ['name', '名称', '网格名称']));
  const wrong = (reason: string, details: Issue['details'] = {}): Issue => ({ index, code, name, reason, details });
  if (!isRecord(feature)) return wrong('not_a_feature');
  if (code === null && name === null) return wrong('no_code_or_name');
  const geometry = readGeometry(record.geometry);
  if (typeof geometry === 'string')
    return wrong(geometry, geometry === 'too_detailed' ? { maximum: MOST_POSITIONS } : {});
  const shape = outline(geometry);
  if (shape.squareMetres < 1) return wrong('no_area');
  if (crossesItself(geometry)) return wrong('crosses_itself');
  return { index, code, name, parentCode: parentOf(properties), shape };
}

function parentOf(properties: Record<string, unknown>): string | null {
  const parent = first(properties, ['parentCode', 'parent_code', 'parent', '上级代码']);
  return words(isRecord(parent) ? first(parent, ['code', 'adcode']) : parent);
}

function readGeometry(geometry: unknown): MultiPolygon | string {
  if (!isRecord(geometry)) return 'no_geometry';
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return 'not_a_polygon';
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) return 'bad_coordinates';
  const coordinates: number[][][][] = [];
  let count = 0;
  for (const polygon of polygons) {
    if (!Array.isArray(polygon) || polygon.length === 0) return 'bad_coordinates';
    const rings: number[][][] = [];
    for (const ring of polygon) {
      const read = readRing(ring);
      if (typeof read === 'string') return read;
      count += read.length;
      if (count > MOST_POSITIONS) return 'too_detailed';
      rings.push(read);
    }
    coordinates.push(turned(rings));
  }
  return { type: 'MultiPolygon', coordinates };
}

function readRing(ring: unknown): number[][] | string {
  if (!Array.isArray(ring) || ring.length < 4) return 'ring_too_short';
  const positions: number[][] = [];
  for (const position of ring) {
    if (!Array.isArray(position)) return 'bad_coordinates';
    const [lon, lat] = position as unknown[];
    if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon + lat)) return 'bad_coordinates';
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return 'wrong_crs';
    if (lon < CHINA.west || lon > CHINA.east || lat < CHINA.south || lat > CHINA.north) return 'outside_china';
    positions.push([Number(lon.toFixed(6)), Number(lat.toFixed(6))]);
  }
  const [start, end] = [positions[0], positions[positions.length - 1]];
  return start?.[0] === end?.[0] && start?.[1] === end?.[1] ? positions : 'ring_open';
}

/** Outer rings counter-clockwise, holes clockwise, as GeoJSON wants them. */
function turned(rings: readonly number[][][]): number[][][] {
  return rings.map((ring, index) => {
    const area = signedArea(ring.slice(0, -1).map(([x = 0, y = 0]) => [x, y] as const));
    return area < 0 === (index === 0) ? [...ring].reverse() : ring;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first(properties: Record<string, unknown>, keys: readonly string[]): unknown {
  return keys.map((key) => properties[key]).find((value) => value !== undefined && value !== null && value !== '');
}

/** What of the tenant's areas the features are held against. */
export type KnownArea = {
  readonly code: string;
  readonly name: string;
  readonly officialName: string;
  readonly shortName: string;
  readonly path: string;
  readonly open: boolean;
};

/** Finds whose a feature is, among the areas of the jurisdiction; answers the issue when that is not one area. */
export function ownerOf(
  feature: ReadFeature,
  areas: ReadonlyMap<string, KnownArea>,
  byName: ReadonlyMap<string, readonly KnownArea[]>,
  level: AreaLevel | null,
): KnownArea | Issue {
  const wrong = (reason: string, details: Issue['details'] = {}): Issue => ({
    index: feature.index,
    code: feature.code,
    name: feature.name,
    reason,
    details,
  });
  const found = feature.code === null ? byNameAlone(feature, byName, level) : byCode(feature, areas);
  if (typeof found === 'string') return wrong(found);
  if (!found.open) return wrong('area_closed');
  const foundLevel = levelOf(found.code);
  if (level !== null && foundLevel !== level) return wrong('wrong_level', { expected: level });
  if (feature.code !== null && feature.name !== null && !sameName(feature.name, found)) {
    return wrong('name_differs', { expected: found.path });
  }
  if (feature.parentCode !== null && !fits(feature.parentCode, found.code)) {
    return wrong('wrong_parent', { parent: feature.parentCode });
  }
  return found;
}

function byCode(feature: ReadFeature, areas: ReadonlyMap<string, KnownArea>): KnownArea | string {
  const readings = codeReadings(feature.code ?? '');
  const area = readings.map((code) => areas.get(code)).find((known) => known !== undefined);
  return area ?? (readings.length === 0 ? 'bad_code' : 'unknown_code');
}

function byNameAlone(
  feature: ReadFeature,
  byName: ReadonlyMap<string, readonly KnownArea[]>,
  level: AreaLevel | null,
): KnownArea | string {
  const all = byName.get(feature.name ?? '') ?? [];
  const fitting = all.filter(
    (area) =>
      (level === null || levelOf(area.code) === level) &&
      (feature.parentCode === null || fits(feature.parentCode, area.code)),
  );
  const open = fitting.filter((area) => area.open);
  const [only] = open;
  if (open.length > 1) return 'ambiguous_name';
  return only ?? (fitting.length > 0 ? 'area_closed' : 'unknown_name');
}

function sameName(written: string, area: KnownArea): boolean {
  return (
    [area.name, area.officialName, area.shortName, area.path].includes(written) || written.startsWith(area.shortName)
  );
}

function fits(parent: string, code: string): boolean {
  return codeReadings(parent).some((reading) => reading !== code && code.startsWith(reading));
}

// Sheets of two counties rarely agree to the metre; more than this is another place.
const MOST_OUTSIDE = 0.05;
// Grids are drawn by one office on one map; higher levels come from different ones.
const MOST_SHARED = { grid: 0.005, other: 0.02 } as const;

/** True when so much of a shape lies outside its parent's known boundary that one of the two is wrong. */
export function isOutside(share: number): boolean {
  return share > MOST_OUTSIDE;
}

/** True when two areas of one level share more than the borders of different maps explain. */
export function isOverlap(shared: number, one: Outlined, other: Outlined, level: AreaLevel): boolean {
  const smaller = Math.min(one.squareMetres, other.squareMetres);
  const most = level === 'grid' || level === 'micro_grid' ? MOST_SHARED.grid : MOST_SHARED.other;
  return shared > 10 && shared > most * smaller;
}
