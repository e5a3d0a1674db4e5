import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { readCsv } from './csv.ts';
import { knownAreas } from './known-areas.ts';
import type { Outcome } from './import-reports.ts';
import { ADDRESS_COLUMNS, type AddressStep, planAddresses } from './rules/address-file.ts';
import { findJurisdiction, tenant } from './store.ts';

const ROWS_A_STATEMENT = 5000;

/** Imports addresses from a CSV text. An address that is known moves to the grid the file names. */
export async function importAddresses(tx: WriteTx, csv: string, dryRun: boolean, now: Date): Promise<Result<Outcome>> {
  const rows = readCsv(csv, ADDRESS_COLUMNS, ['grid', 'village']);
  if (isRefusal(rows)) return rows;
  if (!(await findJurisdiction(tx))) return refuse('areas.not_loaded');
  const plan = planAddresses(rows, [...(await knownAreas(tx, dayOf(now))).values()]);
  const outcome: Outcome = { subject: 'addresses', total: rows.length, matched: plan.matched, issues: plan.issues };
  if (dryRun) return outcome;
  for (let start = 0; start < plan.steps.length; start += ROWS_A_STATEMENT) {
    await writeSteps(tx, plan.steps.slice(start, start + ROWS_A_STATEMENT));
  }
  return outcome;
}

async function writeSteps(tx: WriteTx, steps: readonly AddressStep[]): Promise<void> {
  const rows = steps.map((step) => ({ ...step, id: uuidv7() }));
  await sql`
    INSERT INTO areas.address (tenant_id, id, grid_code, estate, building, unit, room, place_key, updated_at)
    SELECT ${tenant}, r.id, r.grid, r.estate, r.building, r.unit, r.room, r.key, now()
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, grid text, estate text, building text,
      unit text, room text, key text)
    ON CONFLICT (tenant_id, place_key) DO UPDATE SET grid_code = excluded.grid_code, updated_at = excluded.updated_at`.execute(
    tx,
  );
}
