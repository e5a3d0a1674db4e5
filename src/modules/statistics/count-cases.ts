import { type RawBuilder, sql } from 'kysely';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';

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

/**
 * What the cases of a condition on `c` add to the counts, from their present rows and call-backs alone. A case is open or
 * ended on the day it was filed; closed on the day it closed; its call-backs count on the day each of them ended.
 */
export function presentContributions(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const day = (at: RawBuilder<unknown>) => sql`(${at} AT TIME ZONE 'Asia/Shanghai')::date`;
  const filed = day(sql`c.opened_at`);
  const closed = day(sql`c.closed_at`);
  const office = sql`coalesce(c.lead_organisation_id, c.responsible_organisation_id)`;
  return sql`
    SELECT c.tenant_id, c.id AS case_id, c.area_code, c.class_code, c.channel, c.lane,
      c.sensitivity <> 'normal' AS restricted, m.days, m.measures, m.organisations, m.last_day
    FROM cases.case_file c CROSS JOIN LATERAL (
      SELECT array_agg(day ORDER BY part, measure) AS days, array_agg(measure ORDER BY part, measure) AS measures,
        array_agg(organisation ORDER BY part, measure) AS organisations, max(day) AS last_day
      FROM (
        SELECT 0 AS part, ${filed} AS day, ('state.' || c.state) COLLATE "C" AS measure, ${office} AS organisation
        UNION ALL
        SELECT 1, ${filed}, CASE WHEN c.facts @> '{"late": [{"clock": "contact"}]}' THEN 'contact.late'
          ELSE 'contact.in_time' END, ${office}
        WHERE c.state <> 'voided' AND NOT c.imported
          AND (c.facts->>'contactedAt' IS NOT NULL OR c.facts @> '{"late": [{"clock": "contact"}]}')
        UNION ALL
        SELECT 2, ${closed}, 'closing.all', ${office} WHERE c.closed_at IS NOT NULL
        UNION ALL
        SELECT 2, ${closed}, CASE WHEN c.closed_at <= c.total_due_at THEN 'closing.in_time' ELSE 'closing.late' END,
          ${office}
        WHERE c.closed_at IS NOT NULL AND NOT c.imported
        UNION ALL
        SELECT 3 + e.round, ${day(sql`e.ended_at`)}, 'call_back.' || said, coalesce(e.organisation_id, ${office})
        FROM call_backs.entry e
        CROSS JOIN LATERAL unnest(ARRAY[nullif(e.state, 'answered'), e.solved, e.satisfaction]) AS said
        WHERE e.tenant_id = c.tenant_id AND e.case_id = c.id AND said IS NOT NULL
          AND e.state NOT IN ('open', 'dropped')
      ) AS mark) AS m
    WHERE c.tenant_id = ${tenant} AND ${condition}`;
}

/** How fine counts are kept: from the tenant's own area `root` down, by day since `fineFrom` where that is rare. */
export type Grain = { readonly root: string; readonly fineFrom: string };
/** Lengths of codes for which cells are kept: city, county, town, village. */
export const KEPT_LENGTHS = [4, 6, 9, 12] as const;

/**
 * The cells that marks belong to, summed. `marks` is a query with the columns of a contribution and `sign`; an area counts
 * for itself and all that it lies in. Kept by day and month, a village only by month and as a whole, a town's counts by
 * class, organisation, channel and lane by day since `fineFrom` alone: finer ones are rare enough to be counted when asked.
 */
export function cellsOf(
  marks: RawBuilder<unknown>,
  { root, fineFrom }: Grain,
  lengths: readonly number[] = KEPT_LENGTHS,
): RawBuilder<unknown> {
  return sql`
    SELECT d.tenant_id, v.dimension, left(d.area_code, l.length) AS area_code, s.span, s.day, v.value, k.measure,
      d.restricted, sum(d.sign)::bigint AS n
    FROM (${marks}) AS d
    CROSS JOIN LATERAL unnest(d.days, d.measures, d.organisations) AS k (day, measure, organisation)
    CROSS JOIN LATERAL (VALUES ('day', k.day), ('month', date_trunc('month', k.day::timestamp)::date)) AS s (span, day)
    CROSS JOIN LATERAL (VALUES ('all', ''), ('class', d.class_code), ('organisation', k.organisation::text),
      ('channel', d.channel), ('lane', d.lane)) AS v (dimension, value)
    CROSS JOIN unnest(${[...lengths]}::int[]) AS l (length)
    WHERE l.length BETWEEN ${root.length} AND length(d.area_code)
      AND (l.length < 12 OR (s.span = 'month' AND v.dimension = 'all'))
      AND (l.length < 9 OR s.span = 'month' OR v.dimension = 'all' OR s.day >= ${fineFrom}::date)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;
}

export const CONTRIBUTION = sql`tenant_id, case_id, area_code, class_code, channel, lane, restricted, days, measures,
  organisations, last_day`;
export const CELL = sql`tenant_id, dimension, area_code, span, day, value, measure, restricted, n`;

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
    added AS (
      INSERT INTO statistics.cell AS t (${CELL})
      SELECT ${CELL} FROM (${cellsOf(sql`SELECT *, 1 AS sign FROM come UNION ALL SELECT *, -1 FROM gone`, grain)}) AS s
      WHERE s.n <> 0
      ON CONFLICT (tenant_id, dimension, area_code, span, day, value, measure, restricted) DO UPDATE SET n = t.n + excluded.n)
    SELECT case_id AS id FROM come`.execute(tx);
  return rows.map(({ id }) => id);
}
