import { sql } from 'kysely';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AreaDetail, AreaItem } from './contract.ts';
import type { Area } from './rules/area.ts';
import { areaNames, areaPath, tenant } from './store.ts';

/** Areas as lists show them, with the number of open areas directly below each. */
export async function presentAreas(tx: ReadTx, areas: readonly Area[], now: Date): Promise<AreaItem[]> {
  const counted = await sql<{ parent_code: string; children: number }>`
    SELECT parent_code, count(*) AS children FROM areas.area
    WHERE tenant_id = ${tenant} AND parent_code = ANY(${areas.map((area) => area.code)})
      AND (valid_to IS NULL OR valid_to > ${dayOf(now)}::date)
    GROUP BY parent_code`.execute(tx);
  const children = new Map(counted.rows.map((row) => [row.parent_code, row.children]));
  return areas.map(({ successors: _successors, centre, ...area }) => ({
    ...area,
    centre: centre ? [centre[0], centre[1]] : null,
    children: children.get(area.code) ?? 0,
  }));
}

/** One area with its path and what came before and after it. */
export async function presentArea(tx: ReadTx, area: Area, now: Date): Promise<AreaDetail> {
  const [item] = await presentAreas(tx, [area], now);
  if (!item) throw new Error(`area ${area.code} was not presented`);
  const before = await sql<{ code: string }>`
    SELECT code FROM areas.succession WHERE tenant_id = ${tenant} AND successor_code = ${area.code} ORDER BY code`.execute(
    tx,
  );
  const shape = await sql<{ attribution: string | null }>`
    SELECT attribution FROM areas.boundary WHERE tenant_id = ${tenant} AND code = ${area.code}`.execute(tx);
  return {
    ...item,
    path: await areaPath(tx, area.code),
    successors: await namedAreas(tx, area.successors),
    predecessors: await namedAreas(
      tx,
      before.rows.map((row) => row.code),
    ),
    attribution: shape.rows[0]?.attribution ?? null,
  };
}

/** Codes with their names and paths, in the order given; unknown ones are left out. */
export async function namedAreas(
  tx: ReadTx,
  codes: readonly string[],
): Promise<{ code: string; name: string; path: string }[]> {
  const names = await areaNames(tx, codes);
  return codes.flatMap((code) => {
    const named = names.get(code);
    return named ? [{ code, ...named }] : [];
  });
}
