import { sql } from 'kysely';
import type { AreaLevel } from '../../kit/codes.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { AreaKind } from './rules/kinds.ts';
import { nameParts } from './rules/names.ts';
import { boxOf, centroid, largestRing, type MultiPolygon } from './rules/polygon.ts';
import { tenant } from './store.ts';

/** A new area as its writer is given it. */
export type NewArea = {
  readonly code: string;
  readonly level: AreaLevel;
  readonly kind: AreaKind;
  readonly officialName: string;
  readonly parentCode: string | null;
  /** `yyyy-mm-dd` */
  readonly validFrom: string;
  readonly provisional?: boolean;
  readonly households?: number | null;
  readonly population?: number | null;
};

/** Adds areas, parents before children. A code that ever existed makes the statement fail (SQLSTATE 23505). */
export async function insertAreas(tx: WriteTx, areas: readonly NewArea[]): Promise<void> {
  const rows = areas.map((area) => {
    const names = nameParts(area.officialName, area.level);
    return {
      code: area.code,
      level: area.level,
      kind: area.kind,
      name: names.name,
      official_name: names.officialName,
      short_name: names.shortName,
      pinyin: names.pinyin,
      initials: names.initials,
      parent_code: area.parentCode,
      valid_from: area.validFrom,
      provisional: area.provisional ?? false,
      households: area.households ?? null,
      population: area.population ?? null,
    };
  });
  await sql`
    INSERT INTO areas.area (tenant_id, code, level, kind, name, official_name, short_name, pinyin, initials,
      parent_code, valid_from, provisional, households, population, version, updated_at)
    SELECT ${tenant}, r.code, r.level, r.kind, r.name, r.official_name, r.short_name, r.pinyin, r.initials,
      r.parent_code, r.valid_from, r.provisional, r.households, r.population, 1, now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(code text, level text, kind text, name text,
      official_name text, short_name text, pinyin text, initials text, parent_code text, valid_from date,
      provisional boolean, households int, population int)
    ORDER BY length(r.code), r.code`.execute(tx);
}

/** Ends areas on `day` and notes what became of them. */
export async function endAreas(tx: WriteTx, codes: readonly string[], day: string): Promise<void> {
  await sql`
    UPDATE areas.area SET valid_to = ${day}::date, version = version + 1, updated_at = now()
    WHERE tenant_id = ${tenant} AND code = ANY(${[...codes]}) AND valid_to IS NULL`.execute(tx);
}

export type Succession = {
  readonly code: string;
  readonly successor: string;
  readonly manner: 'closed' | 'merged' | 'split' | 'moved' | 'drawn';
};

export async function insertSuccessions(tx: WriteTx, successions: readonly Succession[], day: string): Promise<void> {
  if (successions.length === 0) return;
  await sql`
    INSERT INTO areas.succession (tenant_id, code, successor_code, manner, on_day)
    SELECT ${tenant}, r.code, r.successor, r.manner, ${day}::date
    FROM jsonb_to_recordset(${JSON.stringify(successions)}::jsonb) AS r(code text, successor text, manner text)`.execute(
    tx,
  );
}

/** What may change on an area that lasts. */
export type AreaChange = {
  readonly officialName?: string;
  readonly level: AreaLevel;
  readonly kind?: AreaKind;
  readonly provisional?: boolean;
  readonly households?: number | null;
  readonly population?: number | null;
};

/** Changes an area's words and figures; false when its version is no longer `version`. */
export async function changeArea(tx: WriteTx, code: string, version: number, change: AreaChange): Promise<boolean> {
  const names = change.officialName === undefined ? null : nameParts(change.officialName, change.level);
  const sets = [sql`version = version + 1`, sql`updated_at = now()`];
  if (names) {
    sets.push(sql`name = ${names.name}`, sql`official_name = ${names.officialName}`);
    sets.push(sql`short_name = ${names.shortName}`, sql`pinyin = ${names.pinyin}`, sql`initials = ${names.initials}`);
  }
  if (change.kind !== undefined) sets.push(sql`kind = ${change.kind}`);
  if (change.provisional !== undefined) sets.push(sql`provisional = ${change.provisional}`);
  if (change.households !== undefined) sets.push(sql`households = ${change.households}`);
  if (change.population !== undefined) sets.push(sql`population = ${change.population}`);
  const done = await sql`
    UPDATE areas.area SET ${sql.join(sets)}
    WHERE tenant_id = ${tenant} AND code = ${code} AND version = ${version}`.execute(tx);
  return done.numAffectedRows === 1n;
}

export type NewShape = {
  readonly code: string;
  readonly geometry: MultiPolygon;
  readonly source: 'imported' | 'schematic';
  readonly attribution?: string | null;
};

/** Sets shapes, replacing what an area had. Empty geometries are left out. */
export async function putShapes(tx: WriteTx, shapes: readonly NewShape[]): Promise<void> {
  // A hundred packages, for the few who draw.
  const { area: squareMetres, feature } = await import('@turf/turf');
  const rows = shapes
    .filter((shape) => shape.geometry.coordinates.length > 0)
    .map((shape) => {
      const [west, south, east, north] = boxOf(shape.geometry);
      const outers = shape.geometry.coordinates.map((rings) =>
        (rings[0] ?? []).map(([x = 0, y = 0]) => [x, y] as const),
      );
      const [lon, lat] = centroid(largestRing(outers));
      return {
        code: shape.code,
        source: shape.source,
        attribution: shape.attribution ?? null,
        geometry: shape.geometry,
        west,
        south,
        east,
        north,
        centre_lon: Number(lon.toFixed(6)),
        centre_lat: Number(lat.toFixed(6)),
        square_metres: squareMetres(feature(shape.geometry as unknown as GeoJSON.MultiPolygon)),
      };
    });
  if (rows.length === 0) return;
  await sql`
    INSERT INTO areas.boundary (tenant_id, code, source, attribution, geometry, west, south, east, north, centre_lon,
      centre_lat, square_metres, updated_at)
    SELECT ${tenant}, r.code, r.source, r.attribution, r.geometry, r.west, r.south, r.east, r.north, r.centre_lon,
      r.centre_lat, r.square_metres, now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(code text, source text, attribution text,
      geometry jsonb, west float8, south float8, east float8, north float8, centre_lon float8, centre_lat float8,
      square_metres float8)
    ON CONFLICT (tenant_id, code) DO UPDATE SET source = excluded.source, attribution = excluded.attribution,
      geometry = excluded.geometry, west = excluded.west, south = excluded.south, east = excluded.east,
      north = excluded.north, centre_lon = excluded.centre_lon, centre_lat = excluded.centre_lat,
      square_metres = excluded.square_metres, updated_at = excluded.updated_at`.execute(tx);
}

/** Marks that areas or shapes changed; cached maps end here. */
export async function touch(tx: WriteTx): Promise<void> {
  await sql`
    INSERT INTO areas.revision AS r (tenant_id, number) VALUES (${tenant}, 1)
    ON CONFLICT (tenant_id) DO UPDATE SET number = r.number + 1`.execute(tx);
}
