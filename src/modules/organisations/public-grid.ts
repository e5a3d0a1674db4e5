import { sql } from 'kysely';
import { type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { areaPath, findArea, isOpenArea } from '../areas/index.ts';
import type { PublicGrid } from './contract.ts';
import { coveringCodes } from './rules/organisation.ts';
import { gridTeam, villageOrganisation } from './store.ts';
import { tenant } from './rows.ts';

/** What residents read about a grid: extent, who works in it with office numbers, where to complain. */
export async function readGrid(tx: ReadTx, code: string, now: Date): Promise<Result<PublicGrid>> {
  const area = (await isOpenArea(tx, code, now)) ? await findArea(tx, code) : null;
  if (!area) return refuse('organisations.grid_unknown');
  const village = await villageOrganisation(tx, code);
  const team = await gridTeam(tx, code, now);
  return {
    code: area.code,
    name: area.name,
    path: await areaPath(tx, code),
    schematic: area.schematic,
    centre: area.centre === null ? null : { lon: area.centre[0], lat: area.centre[1] },
    team: team.map(({ name, nameEn, phone, gridRole }) => ({ name, nameEn, phone, gridRole })),
    village: village && {
      name: village.name,
      nameEn: village.nameEn,
      shortName: village.shortName,
      phone: village.phone,
    },
    complaint: await complaintLine(tx, code, dayOf(now)),
  };
}

/** The complaint line nearest to the area: the village's, else the town's, the county's, the city's. */
async function complaintLine(tx: ReadTx, code: string, day: string): Promise<PublicGrid['complaint']> {
  const found = await sql<{ name: string; name_en: string; short_name: string; complaint_phone: string }>`
    SELECT o.name, o.name_en, o.short_name, o.complaint_phone FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.area_code = ANY(${[...coveringCodes(code)]}) AND o.complaint_phone IS NOT NULL
      AND o.valid_from <= ${day}::date AND (o.valid_to IS NULL OR o.valid_to > ${day}::date)
    ORDER BY length(o.area_code) DESC, o.id LIMIT 1`.execute(tx);
  const row = found.rows[0];
  if (!row) return null;
  return { name: row.name, nameEn: row.name_en, shortName: row.short_name, phone: row.complaint_phone };
}
