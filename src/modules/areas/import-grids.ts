import { sql } from 'kysely';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { moveAddresses } from './addresses.ts';
import { readCsv } from './csv.ts';
import { knownAreas } from './known-areas.ts';
import type { Outcome } from './import-reports.ts';
import { type Ending, endWith } from './rehome.ts';
import { GRID_COLUMNS, type GridNow, type GridStep, planGrids, type VillageGrids } from './rules/grid-file.ts';
import { drawAll, drawWithin } from './shapes.ts';
import { findJurisdiction, tenant } from './store.ts';
import { insertAreas, touch } from './writer.ts';
import { sounds } from './rules/names.ts';

export type GridImport = { readonly outcome: Outcome; readonly endings: readonly Ending[] };

// From here on one drawing of everything is quicker than one for each village.
const MANY_VILLAGES = 60;

// A row that names a village which is there was matched, whatever else is wrong with it.
const UNMATCHED = new Set(['no_village', 'unknown_village', 'ambiguous_village', 'not_a_grid_code', 'wrong_parent']);

/** Imports grids from a CSV text; every row is taken over or reported. */
export async function importGrids(tx: WriteTx, csv: string, dryRun: boolean, now: Date): Promise<Result<GridImport>> {
  const rows = readCsv(csv, GRID_COLUMNS, ['village', 'code']);
  if (isRefusal(rows)) return rows;
  const jurisdiction = await findJurisdiction(tx);
  if (!jurisdiction) return refuse('areas.not_loaded');
  const plan = planGrids(rows, await villagesWithGrids(tx, dayOf(now)));
  const outcome: Outcome = {
    subject: 'grids',
    total: rows.length,
    matched: rows.length - plan.issues.filter((issue) => UNMATCHED.has(issue.reason)).length,
    issues: plan.issues,
  };
  if (dryRun || plan.steps.length === 0) return { outcome, endings: [] };
  const day = dayOf(now);
  await writeSteps(tx, plan.steps, day);
  const endings = plan.ending.map(({ code, successors }): Ending => ({ code, successors, manner: 'drawn' }));
  for (const { code, successors } of endings) {
    const [only, second] = successors;
    // Which of several grids an address lies in, only the next address import can say.
    if (only && !second) await moveAddresses(tx, code, only);
  }
  await endWith(tx, endings, day);
  await drawChanged(tx, plan.steps, jurisdiction.code);
  await touch(tx);
  return { outcome, endings };
}

async function villagesWithGrids(tx: ReadTx, day: string): Promise<VillageGrids[]> {
  const grids = await sql<GridNow & { readonly parent_code: string }>`
    SELECT code, parent_code, name, provisional, valid_to IS NULL OR valid_to > ${day}::date AS open
    FROM areas.area WHERE tenant_id = ${tenant} AND level = 'grid' ORDER BY code`.execute(tx);
  const byVillage = new Map<string, GridNow[]>();
  for (const { parent_code: village, ...grid } of grids.rows) {
    byVillage.set(village, [...(byVillage.get(village) ?? []), grid]);
  }
  return [...(await knownAreas(tx, day)).values()]
    .filter((area) => area.code.length === 12)
    .map(({ code, name, path, open }) => ({ code, name, path, open, grids: byVillage.get(code) ?? [] }));
}

async function writeSteps(tx: WriteTx, steps: readonly GridStep[], day: string): Promise<void> {
  const fresh = steps.filter((step) => step.isNew);
  await insertAreas(
    tx,
    fresh.map(({ code, village, name, kind, households, population }) => ({
      code,
      level: 'grid',
      kind,
      officialName: name,
      parentCode: village,
      validFrom: day,
      households,
      population,
    })),
  );
  const known = steps
    .filter((step) => !step.isNew)
    .map(({ code, name, kind, households, population }) => ({
      code,
      name,
      kind,
      households,
      population,
      ...sounds(name),
    }));
  await sql`
    UPDATE areas.area a SET name = r.name, official_name = r.name, short_name = r.name, pinyin = r.pinyin,
      initials = r.initials, kind = r.kind, provisional = false, households = coalesce(r.households, a.households),
      population = coalesce(r.population, a.population), version = a.version + 1, updated_at = now()
    FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS r(code text, name text, kind text, households int,
      population int, pinyin text, initials text)
    WHERE a.tenant_id = ${tenant} AND a.code = r.code`.execute(tx);
}

async function drawChanged(tx: WriteTx, steps: readonly GridStep[], jurisdiction: string): Promise<void> {
  const villages = new Set(steps.filter((step) => step.isNew).map((step) => step.village));
  if (villages.size > MANY_VILLAGES) return drawAll(tx, jurisdiction);
  for (const village of villages) await drawWithin(tx, village);
}
