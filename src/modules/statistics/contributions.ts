import { type RawBuilder, sql } from 'kysely';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;
const day = (at: RawBuilder<unknown>) => sql`(${at} AT TIME ZONE 'Asia/Shanghai')::date`;
const office = sql`coalesce(c.lead_organisation_id, c.responsible_organisation_id)`;

/** Call-backs of a case that ended, each of their answers a mark. */
const asked = sql`
  SELECT array_agg(e.day ORDER BY e.round, said) AS days, array_agg('call_back.' || said ORDER BY e.round, said) AS measures,
    array_agg(e.office ORDER BY e.round, said) AS organisations, max(e.day) AS last_day
  FROM (
    SELECT round, ${day(sql`ended_at`)} AS day, coalesce(organisation_id, ${office}) AS office,
      ARRAY[nullif(state, 'answered'), solved, satisfaction] AS words
    FROM call_backs.entry
    WHERE tenant_id = c.tenant_id AND case_id = c.id AND state NOT IN ('open', 'dropped')) AS e
  CROSS JOIN LATERAL unnest(e.words) AS w (word) CROSS JOIN LATERAL (SELECT word COLLATE "C" AS said) AS s
  WHERE said IS NOT NULL`;

/**
 * What the cases of a condition on `c` add to the counts, from their present rows and call-backs alone. A case is open or
 * ended on the day it was filed; closed on the day it closed; its call-backs count on the day each of them ended.
 * Arrays are put end to end and the facts are opened once: aggregates over every mark would be most of a large count.
 */
export function presentContributions(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const late = sql`f.late @> '[{"clock": "contact"}]'`;
  const contact = sql`CASE WHEN c.state = 'voided' OR c.imported THEN NULL WHEN ${late} THEN 'contact.late'
    WHEN f."contactedAt" IS NOT NULL THEN 'contact.in_time' END`;
  const closing = sql`CASE WHEN c.closed_at IS NULL THEN '{}' WHEN c.imported THEN '{closing.all}'
    WHEN c.closed_at <= c.total_due_at THEN '{closing.all,closing.in_time}' ELSE '{closing.all,closing.late}' END::text[]`;
  return sql`
    SELECT tenant_id, case_id, area_code, class_code, channel, lane, restricted,
      array_fill(filed, ARRAY[cardinality(opening)]) || array_fill(closed, ARRAY[cardinality(closing)]) || asked_days AS days,
      opening || closing || asked_measures AS measures,
      array_fill(office, ARRAY[cardinality(opening) + cardinality(closing)]) || asked_organisations AS organisations,
      greatest(filed, closed, asked_last) AS last_day
    FROM (
      SELECT c.tenant_id, c.id AS case_id, c.area_code, c.class_code, c.channel, c.lane,
        c.sensitivity <> 'normal' AS restricted, ${office} AS office, ${day(sql`c.opened_at`)} AS filed,
        ${day(sql`c.closed_at`)} AS closed,
        array_remove(ARRAY['state.' || c.state, ${contact}], NULL) COLLATE "C" AS opening, ${closing} COLLATE "C" AS closing,
        asked.days AS asked_days, asked.measures COLLATE "C" AS asked_measures, asked.organisations AS asked_organisations,
        asked.last_day AS asked_last
      FROM cases.case_file c
      CROSS JOIN LATERAL jsonb_to_record(c.facts) AS f (late jsonb, "contactedAt" text)
      CROSS JOIN LATERAL (${asked}) AS asked
      WHERE c.tenant_id = ${tenant} AND ${condition}
      OFFSET 0) AS one`;
}
