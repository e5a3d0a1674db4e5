import { type RawBuilder, sql } from 'kysely';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { addCells, cellsOf, type Grain } from './cells.ts';
import { presentContributions } from './contributions.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** Where the counts of a tenant stand. */
export type Progress = {
  readonly countedTo: string | null;
  readonly counted: number;
  readonly countedAt: Date | null;
  readonly followedAt: Date | null;
  readonly fineFrom: string;
};

const PROGRESS = sql`counted_to AS "countedTo", counted, counted_at AS "countedAt", followed_at AS "followedAt",
  fine_from::text AS "fineFrom"`;

/** Null before anything was counted. */
export async function findProgress(tx: ReadTx): Promise<Progress | null> {
  const { rows } = await sql<Progress>`
    SELECT ${PROGRESS} FROM statistics.progress WHERE tenant_id = ${tenant}`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Makes the caller the only one who changes this tenant's counts until his transaction ends. Statements that follow see
 * what the former one wrote. `fineFrom` is used when there is no row yet.
 */
export async function lockProgress(tx: WriteTx, fineFrom: string): Promise<Progress> {
  const locked = () =>
    sql<Progress>`
    SELECT ${PROGRESS} FROM statistics.progress WHERE tenant_id = ${tenant} FOR UPDATE`.execute(tx);
  const known = (await locked()).rows[0];
  if (known) return known;
  await sql`INSERT INTO statistics.progress (tenant_id, fine_from) VALUES (${tenant}, ${fineFrom}::date)
    ON CONFLICT (tenant_id) DO NOTHING`.execute(tx);
  const [made] = (await locked()).rows;
  if (!made) throw new Error('the progress of the counts cannot be kept');
  return made;
}

export const CONTRIBUTION = sql`tenant_id, case_id, area_code, class_code, channel, lane, restricted, days, measures,
  organisations, last_day`;

/**
 * Brings the counts in line with the present rows of some cases, in one statement; answers which of them differed.
 * It goes by what the cases are now and what was counted of them, not by what happened: told twice, late or in another
 * order, it comes to the same. The caller holds the lock of `lockProgress`.
 */
export async function countCases(tx: WriteTx, ids: readonly string[], grain: Grain): Promise<string[]> {
  if (ids.length === 0) return [];
  const chosen = [...new Set(ids)];
  const { rows } = await sql<{ id: string }>`
    WITH present AS MATERIALIZED (${presentContributions(sql`c.id = ANY(${chosen}::uuid[])`)}),
    former AS MATERIALIZED (
      SELECT ${CONTRIBUTION} FROM statistics.contribution
      WHERE tenant_id = ${tenant} AND case_id = ANY(${chosen}::uuid[])),
    gone AS (SELECT * FROM former EXCEPT SELECT * FROM present),
    come AS (SELECT * FROM present EXCEPT SELECT * FROM former),
    kept AS (
      INSERT INTO statistics.contribution (${CONTRIBUTION}) SELECT * FROM come
      ON CONFLICT (tenant_id, case_id) DO UPDATE SET area_code = excluded.area_code, class_code = excluded.class_code,
        channel = excluded.channel, lane = excluded.lane, restricted = excluded.restricted, days = excluded.days,
        measures = excluded.measures, organisations = excluded.organisations, last_day = excluded.last_day),
    added AS (${addCells(cellsOf(sql`SELECT *, 1 AS sign FROM come UNION ALL SELECT *, -1 FROM gone`, grain))})
    SELECT case_id AS id FROM come`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Counts some cases that were not counted before, in one statement: those of a condition on `c`, each cell changed once
 * however many of them are in it. Who was counted meanwhile stays as he is. The caller holds the lock of `lockProgress`.
 */
export async function addUncounted(tx: WriteTx, condition: RawBuilder<unknown>, grain: Grain): Promise<void> {
  await sql`
    WITH come AS (
      INSERT INTO statistics.contribution (${CONTRIBUTION}) ${presentContributions(condition)}
      ON CONFLICT (tenant_id, case_id) DO NOTHING RETURNING ${CONTRIBUTION})
    ${addCells(cellsOf(sql`SELECT *, 1 AS sign FROM come`, grain))}`.execute(tx);
}
