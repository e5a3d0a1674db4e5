import { sql } from 'kysely';
import { AREA_LEVELS, type AreaLevel, prefixRange } from '../../kit/codes.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { schematicCentre } from './rules/centres.ts';
import type { LayoutNode } from './rules/layout.ts';
import { type MultiPolygon, multiPolygonContains } from './rules/polygon.ts';
import { findJurisdiction, keep, tenant } from './store.ts';
import { putShapes } from './writer.ts';

export type Located = {
  /** The smallest open area whose shape holds the point. */
  readonly code: string;
  readonly level: AreaLevel;
  /** True when that shape is only a drawing. */
  readonly schematic: boolean;
  /** The smallest area whose real boundary holds the point; null when none does. */
  readonly known: string | null;
};

type ShapeRow = { code: string; level: AreaLevel; source: 'imported' | 'schematic'; geometry: MultiPolygon };

/** The smallest open area at a point; null outside everything drawn. Real boundaries go before drawings. */
export async function locate(tx: ReadTx, lon: number, lat: number): Promise<Located | null> {
  const hits = await shapesAt(tx, lon, lat);
  const order = (row: ShapeRow) => AREA_LEVELS.indexOf(row.level) * 2 + (row.source === 'imported' ? 1 : 0);
  hits.sort((left, right) => order(right) - order(left) || (left.code < right.code ? -1 : 1));
  const [smallest] = hits;
  if (!smallest) return null;
  const known = hits.find((row) => row.source === 'imported');
  // Where a real boundary names a village, a drawn grid of another village that happens to lie there is no answer.
  const inside = hits.find((row) => !known || row.source === 'imported' || row.code.startsWith(known.code)) ?? smallest;
  return {
    code: inside.code,
    level: inside.level,
    schematic: inside.source === 'schematic',
    known: known?.code ?? null,
  };
}

/** True or false where real boundaries tell whether the point lies in the jurisdiction; null where none is known. */
export async function pointInJurisdiction(tx: ReadTx, lon: number, lat: number): Promise<boolean | null> {
  return (await jurisdictionTest(tx))(lon, lat);
}

/** `pointInJurisdiction` for many points of one transaction: what is true of all of them is asked once. */
export async function jurisdictionTest(tx: ReadTx): Promise<(lon: number, lat: number) => Promise<boolean | null>> {
  const { any, whole } = await realBoundaries(tx);
  return async (lon, lat) => {
    if (!any) return null;
    const hits = await shapesAt(tx, lon, lat);
    if (hits.some((row) => row.source === 'imported')) return true;
    return whole ? false : null;
  };
}

/** Whether any boundary of an open area is real, and whether those of the jurisdiction or of all its parts are. */
async function realBoundaries(tx: ReadTx): Promise<{ any: boolean; whole: boolean }> {
  const day = dayOf(new Date());
  return keep(tx, `real boundaries ${day}`, () => loadRealBoundaries(tx, day));
}

async function loadRealBoundaries(tx: ReadTx, day: string): Promise<{ any: boolean; whole: boolean }> {
  const real = await sql<{ any: boolean }>`
    SELECT EXISTS (SELECT FROM areas.boundary WHERE tenant_id = ${tenant} AND source = 'imported') AS any`.execute(tx);
  if (!real.rows[0]?.any) return { any: false, whole: false };
  const top = await sql<{ top_known: boolean; children: number; children_known: number }>`
    SELECT bool_or(a.parent_code IS NULL AND b.source = 'imported') IS TRUE AS top_known,
      count(*) FILTER (WHERE p.parent_code IS NULL AND p.code IS NOT NULL) AS children,
      count(*) FILTER (WHERE p.parent_code IS NULL AND p.code IS NOT NULL AND b.source = 'imported') AS children_known
    FROM areas.area a
    LEFT JOIN areas.area p ON p.tenant_id = a.tenant_id AND p.code = a.parent_code
    LEFT JOIN areas.boundary b ON b.tenant_id = a.tenant_id AND b.code = a.code
    WHERE a.tenant_id = ${tenant} AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)
      AND (a.parent_code IS NULL OR p.parent_code IS NULL)`.execute(tx);
  const row = top.rows[0];
  return {
    any: true,
    whole: row !== undefined && (row.top_known || (row.children > 0 && row.children === row.children_known)),
  };
}

async function shapesAt(tx: ReadTx, lon: number, lat: number): Promise<ShapeRow[]> {
  const day = dayOf(new Date());
  const found = await sql<ShapeRow>`
    SELECT b.code, a.level, b.source, b.geometry
    FROM areas.boundary b JOIN areas.area a ON a.tenant_id = b.tenant_id AND a.code = b.code
    WHERE b.tenant_id = ${tenant} AND b.west <= ${lon} AND b.east >= ${lon} AND b.south <= ${lat} AND b.north >= ${lat}
      AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)`.execute(tx);
  return found.rows.filter((row) => multiPolygonContains(row.geometry, lon, lat));
}

type TreeRow = { code: string; parent_code: string | null; known: MultiPolygon | null };

async function openTree(tx: ReadTx, prefix: string): Promise<LayoutNode | null> {
  const day = dayOf(new Date());
  const [from, to] = prefixRange(prefix);
  const found = await sql<TreeRow>`
    SELECT a.code, a.parent_code, CASE WHEN b.source = 'imported' THEN b.geometry END AS known
    FROM areas.area a LEFT JOIN areas.boundary b ON b.tenant_id = a.tenant_id AND b.code = a.code
    WHERE a.tenant_id = ${tenant} AND a.code >= ${from} AND a.code < ${to}
      AND (a.valid_to IS NULL OR a.valid_to > ${day}::date)
    ORDER BY a.code`.execute(tx);
  const nodes = new Map<string, { code: string; children: LayoutNode[]; known: MultiPolygon | null }>();
  let top: LayoutNode | null = null;
  for (const row of found.rows) {
    const node = { code: row.code, children: [], known: row.known };
    nodes.set(row.code, node);
    if (row.code === prefix) top = node;
    else if (row.parent_code !== null) nodes.get(row.parent_code)?.children.push(node);
  }
  return top;
}

/** Draws every area of the jurisdiction without a real boundary anew; about a second for 3,300 villages. */
export async function drawAll(tx: WriteTx, jurisdiction: string): Promise<void> {
  const tree = await openTree(tx, jurisdiction);
  if (!tree) return;
  const { layOut } = await import('./rules/layout.ts');
  await replaceDrawings(tx, jurisdiction, layOut(tree, schematicCentre(jurisdiction)));
}

/** Draws what lies below one area anew, inside the shape that it has. */
export async function drawWithin(tx: WriteTx, code: string): Promise<void> {
  const tree = await openTree(tx, code);
  const own = await sql<{ geometry: MultiPolygon; source: string }>`
    SELECT geometry, source FROM areas.boundary WHERE tenant_id = ${tenant} AND code = ${code}`.execute(tx);
  const shape = own.rows[0];
  if (!tree || !shape) return;
  const { layOutWithin } = await import('./rules/layout.ts');
  const drawn = layOutWithin(tree, shape.geometry);
  if (shape.source === 'schematic') drawn.set(code, shape.geometry);
  await replaceDrawings(tx, code, drawn);
}

async function replaceDrawings(tx: WriteTx, prefix: string, drawn: ReadonlyMap<string, MultiPolygon>): Promise<void> {
  const [from, to] = prefixRange(prefix);
  await sql`
    DELETE FROM areas.boundary
    WHERE tenant_id = ${tenant} AND code >= ${from} AND code < ${to} AND source = 'schematic'`.execute(tx);
  await putShapes(
    tx,
    [...drawn].map(([code, geometry]) => ({ code, geometry, source: 'schematic' })),
  );
}

/** Takes a shape away and draws the area again, with its siblings that have no real boundary either. */
export async function dropShape(tx: WriteTx, code: string): Promise<void> {
  await sql`DELETE FROM areas.boundary WHERE tenant_id = ${tenant} AND code = ${code}`.execute(tx);
  const jurisdiction = await findJurisdiction(tx);
  if (jurisdiction) await drawAll(tx, jurisdiction.code);
}
