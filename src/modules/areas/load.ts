import { sql } from 'kysely';
import { type Result, refuse } from '../../kit/result.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { type Divisions, readDivisions } from './divisions.ts';
import { countyKind, townKind, villageKind } from './rules/kinds.ts';
import { drawAll } from './shapes.ts';
import { findJurisdiction, tenant } from './store.ts';
import { insertAreas, type NewArea, touch } from './writer.ts';

/** How many areas a load brought, by level; all zero when the divisions stood there already. */
export type Loaded = {
  readonly counties: number;
  readonly towns: number;
  readonly villages: number;
  readonly grids: number;
};

/**
 * Brings in the divisions of a jurisdiction (six digits: a county, district, county-level city, or a whole
 * prefecture-level city such as 330100), one provisional grid for each village, and a schematic map. Does nothing when
 * the tenant has divisions. Refuses a code the division list does not know.
 */
export async function loadDivisions(tx: WriteTx, jurisdiction: string): Promise<Result<Loaded>> {
  if (await findJurisdiction(tx)) return { counties: 0, towns: 0, villages: 0, grids: 0 };
  const divisions = await readDivisions(jurisdiction);
  if (!divisions) return refuse('areas.jurisdiction_unknown', { jurisdiction });
  const areas = areasIn(divisions);
  const top = areas[0];
  if (!top) return refuse('areas.jurisdiction_unknown', { jurisdiction });
  await insertAreas(tx, areas);
  await sql`
    INSERT INTO areas.jurisdiction (tenant_id, code, name, context, source, valid_from)
    VALUES (${tenant}, ${top.code}, ${top.officialName}, ${JSON.stringify(divisions.context)}::jsonb,
      ${divisions.source}, ${divisions.asOf}::date)`.execute(tx);
  await drawAll(tx, top.code);
  await touch(tx);
  return {
    counties: divisions.counties.length,
    towns: divisions.towns.length,
    villages: divisions.villages.length,
    grids: divisions.villages.length,
  };
}

/** The rows of a jurisdiction, top first; each village gets its provisional grid 001. */
export function areasIn(divisions: Divisions): NewArea[] {
  const { city, asOf: validFrom } = divisions;
  const above = city?.name ?? '';
  const areas: NewArea[] = [];
  if (city) {
    areas.push({ ...named(city), level: 'city', kind: 'prefecture_city', parentCode: null, validFrom });
  }
  for (const county of divisions.counties) {
    const kind = countyKind(county.name, above);
    areas.push({ ...named(county), level: 'county', kind, parentCode: city?.code ?? null, validFrom });
  }
  for (const town of divisions.towns) {
    const kind = townKind(town.code, town.name);
    areas.push({ ...named(town), level: 'town', kind, parentCode: town.code.slice(0, 6), validFrom });
  }
  for (const village of divisions.villages) {
    const kind = villageKind(village.code);
    areas.push({ ...named(village), level: 'village', kind, parentCode: village.code.slice(0, 9), validFrom });
  }
  for (const village of divisions.villages) areas.push(provisionalGrid(village.code, validFrom));
  return areas;
}

function named(division: { readonly code: string; readonly name: string }) {
  return { code: division.code, officialName: division.name };
}

/** The grid that stands for a village until its grids are drawn. */
export function provisionalGrid(village: string, validFrom: string): NewArea {
  return {
    code: `${village}001`,
    level: 'grid',
    kind: 'base_grid',
    officialName: '第一网格',
    parentCode: village,
    validFrom,
    provisional: true,
  };
}
