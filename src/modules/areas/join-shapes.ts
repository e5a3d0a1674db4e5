import { sql } from 'kysely';
import type { WriteTx } from '../../platform/database/database.ts';
import type { MultiPolygon } from './rules/polygon.ts';
import { tenant } from './store.ts';
import { putShapes } from './writer.ts';

type Known = { readonly code: string; readonly geometry: MultiPolygon; readonly attribution: string | null };

async function knownShapes(tx: WriteTx, codes: readonly string[]): Promise<Known[]> {
  const found = await sql<Known>`
    SELECT code, geometry, attribution FROM areas.boundary
    WHERE tenant_id = ${tenant} AND code = ANY(${[...codes]}) AND source = 'imported' ORDER BY code`.execute(tx);
  return found.rows;
}

/**
 * Gives `target` the real boundaries of all members together. Where one of them is not known, the target has none
 * either: a boundary of a part would be a wrong one.
 */
export async function joinShapes(tx: WriteTx, members: readonly string[], target: string): Promise<void> {
  const known = await knownShapes(tx, members);
  if (known.length < members.length) {
    await sql`DELETE FROM areas.boundary WHERE tenant_id = ${tenant} AND code = ${target}`.execute(tx);
    return;
  }
  const { feature, featureCollection, union } = await import('@turf/turf');
  const joined = union(
    featureCollection(known.map((each) => feature(each.geometry as unknown as GeoJSON.MultiPolygon))),
  );
  if (!joined) return;
  const { geometry } = joined;
  const coordinates = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const attribution = [...new Set(known.flatMap((each) => each.attribution ?? []))].join('; ') || null;
  await putShapes(tx, [
    { code: target, geometry: { type: 'MultiPolygon', coordinates }, source: 'imported', attribution },
  ]);
}

/** An area that goes on under another code keeps its real boundary. */
export async function copyShape(tx: WriteTx, from: string, to: string): Promise<void> {
  const [known] = await knownShapes(tx, [from]);
  if (known) await putShapes(tx, [{ ...known, code: to, source: 'imported' }]);
}
