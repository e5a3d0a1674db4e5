import { sql } from 'kysely';
import { type AreaLevel, levelOf, prefixRange } from '../../kit/codes.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { MapLayer } from './contract.ts';
import type { Area } from './rules/area.ts';
import { levelBelow } from './rules/codes.ts';
import type { Box, MultiPolygon } from './rules/polygon.ts';
import { simplify } from './rules/simplify.ts';
import { tenant } from './store.ts';

// A browser draws this many quickly; more than a city's villages are never asked for at once.
const MOST_FEATURES = 6000;
// Corners closer than a two-thousandth of the map's width are one pixel or less on any screen.
const STEPS_ACROSS = 2000;

type ShapeRow = {
  code: string;
  name: string;
  level: AreaLevel;
  source: 'imported' | 'schematic';
  attribution: string | null;
  geometry: MultiPolygon;
  west: number;
  south: number;
  east: number;
  north: number;
  centre_lon: number;
  centre_lat: number;
};

/** A mark that changes whenever an area or a shape of the tenant changes. */
export async function mapRevision(tx: ReadTx): Promise<number> {
  const found = await sql<{ number: number }>`
    SELECT number FROM areas.revision WHERE tenant_id = ${tenant}`.execute(tx);
  return found.rows[0]?.number ?? 0;
}

/** What a map of `area` draws: its outline and the open areas of a level in it; a grid draws itself. */
export async function mapOf(
  tx: ReadTx,
  area: Area,
  asked: AreaLevel | undefined,
  now: Date,
): Promise<Result<MapLayer>> {
  const level = asked ?? levelBelow(area.level) ?? area.level;
  const rows = await shapesOf(tx, area.code, level, dayOf(now));
  if (rows.length > MOST_FEATURES) return refuse('areas.map_too_large', { maximum: MOST_FEATURES });
  const outline = rows.find((row) => row.code === area.code);
  const parts = rows.filter((row) => row.level === level && row.code !== area.code);
  const shown = parts.length > 0 ? parts : rows;
  const bbox = boxAround(outline && parts.length === 0 ? [outline] : shown.length > 0 ? shown : rows);
  const tolerance = Math.max(bbox[2] - bbox[0], bbox[3] - bbox[1]) / STEPS_ACROSS;
  const attributions = [...new Set(rows.flatMap((row) => row.attribution ?? []))].sort();
  return {
    type: 'FeatureCollection',
    bbox: [...bbox],
    outline: outline ? toFeature(outline, tolerance) : null,
    features: shown.map((row) => toFeature(row, tolerance)),
    schematic: rows.some((row) => row.source === 'schematic'),
    attributions,
  };
}

async function shapesOf(tx: ReadTx, code: string, level: AreaLevel, day: string): Promise<ShapeRow[]> {
  const [from, to] = prefixRange(code);
  const found = await sql<ShapeRow>`
    SELECT a.code, a.name, a.level, b.source, b.attribution, b.geometry, b.west, b.south, b.east, b.north, b.centre_lon,
      b.centre_lat
    FROM areas.area a JOIN areas.boundary b ON b.tenant_id = a.tenant_id AND b.code = a.code
    WHERE a.tenant_id = ${tenant} AND a.code >= ${from} AND a.code < ${to} AND (a.level = ${level} OR a.code = ${code})
      AND (a.code = ${code} OR a.valid_to IS NULL OR a.valid_to > ${day}::date)
    ORDER BY a.code LIMIT ${MOST_FEATURES + 2}`.execute(tx);
  return found.rows;
}

function boxAround(rows: readonly ShapeRow[]): Box {
  const [first] = rows;
  if (!first) return [73, 18, 135, 54];
  return rows.reduce<Box>(
    (box, row) => [
      Math.min(box[0], row.west),
      Math.min(box[1], row.south),
      Math.max(box[2], row.east),
      Math.max(box[3], row.north),
    ],
    [first.west, first.south, first.east, first.north],
  );
}

function toFeature(row: ShapeRow, tolerance: number): MapLayer['features'][number] {
  const thin = simplify(row.geometry, tolerance);
  return {
    type: 'Feature',
    properties: {
      code: row.code,
      name: row.name,
      level: levelOf(row.code) ?? row.level,
      schematic: row.source === 'schematic',
      centre: [row.centre_lon, row.centre_lat],
    },
    geometry: {
      type: 'MultiPolygon',
      coordinates: thin.coordinates.map((rings) => rings.map((ring) => ring.map((position) => [...position]))),
    },
  };
}
