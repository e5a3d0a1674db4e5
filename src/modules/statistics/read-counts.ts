import { type RawBuilder, sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';
import type { Measures } from './rules/figures.ts';
import { type Dimension, type Group, type Plan, type Question, DIMENSIONS } from './rules/plan.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** The measures of a key in one value: a row for each would cost the reader more than the sums do. */
type Row = { key: string; measures: Readonly<Record<string, number>> };

/** What is counted of which areas, as far as the caller may look. */
export type Asked = {
  readonly question: Question;
  readonly plan: Exclude<Plan, { readonly refused: string }>;
  /** The areas themselves: the one asked for, or those directly in it. */
  readonly areas: readonly string[];
  readonly restricted: boolean;
};

/** Sums of measures for each key: an area's code, a class, an organisation, a channel, a lane, a day; '' for no group. */
export async function sumsOf(tx: ReadTx, asked: Asked): Promise<Map<string, Measures>> {
  const rows = asked.plan.from === 'cells' ? await fromCells(tx, asked, asked.plan) : await fromCases(tx, asked);
  return new Map(rows.map(({ key, measures }) => [key, new Map(Object.entries(measures))]));
}

type CellPlan = Extract<Plan, { readonly from: 'cells' }>;

async function fromCells(tx: ReadTx, { question, areas, restricted }: Asked, plan: CellPlan): Promise<Row[]> {
  const { dimension, spans } = plan;
  const values = dimension === 'all' ? [''] : question.only[dimension];
  const cells = (span: 'month' | 'day', days: readonly string[] | null) => sql`
    SELECT ${cellKey(question.by)} AS key, measure, n FROM statistics.cell
    WHERE tenant_id = ${tenant} AND dimension = ${dimension} AND area_code = ANY(${[...areas]}) AND span = ${span}
      ${days === null ? sql`` : sql`AND day = ANY(${[...days]}::date[])`}
      ${values === undefined ? sql`` : sql`AND value = ANY(${[...values]})`}
      ${restricted ? sql`` : sql`AND NOT restricted`}`;
  const parts = [
    ...(spans.months?.length === 0 ? [] : [cells('month', spans.months)]),
    ...(spans.days.length === 0 ? [] : [cells('day', spans.days)]),
  ];
  if (parts.length === 0 || areas.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT key, json_object_agg(measure, n) AS measures FROM (
      SELECT key, measure, sum(n) AS n FROM (${sql.join(parts, sql` UNION ALL `)}) AS s
      GROUP BY key, measure HAVING sum(n) <> 0) AS sums
    GROUP BY key`.execute(tx);
  return rows;
}

function cellKey(by: Group): RawBuilder<string> {
  if (by === 'none') return sql`''`;
  if (by === 'area') return sql`area_code`;
  if (by === 'day') return sql`day::text`;
  return sql`value`;
}

/** Columns by which what each case adds is grouped and chosen. */
const COLUMN: Readonly<Record<Dimension, RawBuilder<string>>> = {
  class: sql`c.class_code`,
  organisation: sql`k.organisation::text`,
  channel: sql`c.channel`,
  lane: sql`c.lane`,
};

async function fromCases(tx: ReadTx, { question, areas, restricted }: Asked): Promise<Row[]> {
  const { areaCode, by, only, days } = question;
  const length = areas[0]?.length ?? areaCode.length;
  const key = caseKey(by, length);
  const chosen = DIMENSIONS.map((dimension) => {
    const values = only[dimension];
    return values === undefined ? sql`` : sql`AND ${COLUMN[dimension]} = ANY(${[...values]})`;
  });
  const { rows } = await sql<Row>`
    SELECT key, json_object_agg(measure, n) AS measures FROM (
    SELECT ${key} AS key, k.measure, count(*) AS n
    FROM statistics.contribution c
    CROSS JOIN LATERAL unnest(c.days, c.measures, c.organisations) AS k (day, measure, organisation)
    WHERE c.tenant_id = ${tenant} AND c.area_code >= ${areaCode} AND c.area_code < ${`${areaCode}:`}
      ${by === 'area' ? sql`AND length(c.area_code) >= ${length}` : sql``}
      ${days === null ? sql`` : sql`AND c.last_day >= ${days.from}::date AND k.day BETWEEN ${days.from}::date AND ${days.to}::date`}
      ${restricted ? sql`` : sql`AND NOT c.restricted`} ${sql.join(chosen, sql` `)}
    GROUP BY 1, 2) AS sums GROUP BY key`.execute(tx);
  return rows;
}

function caseKey(by: Group, length: number): RawBuilder<string> {
  if (by === 'none') return sql`''`;
  if (by === 'area') return sql`left(c.area_code, ${length}::int)`;
  if (by === 'day') return sql`k.day::text`;
  return COLUMN[by];
}

/** A class and those below it. */
export async function classFamily(tx: ReadTx, code: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    SELECT DISTINCT code FROM catalogue.class
    WHERE tenant_id = ${tenant} AND (code = ${code} OR parent_code = ${code})`.execute(tx);
  return [...new Set([code, ...rows.map((row) => row.code)])];
}
