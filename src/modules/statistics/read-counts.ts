import { type RawBuilder, sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';
import { eachMeasure } from './cells.ts';
import type { Measures } from './rules/figures.ts';
import { columnOf, MEASURES } from './rules/measures.ts';
import { type Dimension, type Group, type Plan, type Question, type Stretch, DIMENSIONS } from './rules/plan.ts';

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

/**
 * No helping processes until the transaction ends: the planner would call them for a few hundred rows, and starting them takes
 * longer than the whole answer.
 */
export async function readAlone(tx: ReadTx): Promise<void> {
  await sql`SET LOCAL max_parallel_workers_per_gather = 0`.execute(tx);
}

/** Sums of measures for each key: an area's code, a class, an organisation, a channel, a lane, a day; '' for no group. */
export async function sumsOf(tx: ReadTx, asked: Asked): Promise<Map<string, Measures>> {
  return asked.plan.from === 'cells' ? fromCells(tx, asked, asked.plan) : fromCases(tx, asked);
}

type CellPlan = Extract<Plan, { readonly from: 'cells' }>;

async function fromCells(
  tx: ReadTx,
  { question, areas, restricted }: Asked,
  plan: CellPlan,
): Promise<Map<string, Measures>> {
  const { dimension, spans } = plan;
  const values = dimension === 'all' ? [''] : question.only[dimension];
  const cells = ({ span, from, to, sign }: Stretch) => sql`
    SELECT ${cellKey(question.by)} AS key, ${eachMeasure((column) => (sign === 1 ? column : sql`-${column} AS ${column}`))}
    FROM statistics.cell
    WHERE tenant_id = ${tenant} AND dimension = ${dimension} AND area_code = ANY(${[...areas]}) AND span = ${span}
      ${from === null ? sql`` : sql`AND day BETWEEN ${from}::date AND ${to}::date`}
      ${values === undefined ? sql`` : sql`AND value = ANY(${[...values]})`}
      ${restricted ? sql`` : sql`AND NOT restricted`}`;
  if (spans.length === 0 || areas.length === 0) return new Map();
  const { rows } = await sql<CellRow>`
    SELECT key, ${eachMeasure((column) => sql`sum(${column}) AS ${column}`)}
    FROM (${sql.join(spans.map(cells), sql` UNION ALL `)}) AS s GROUP BY key`.execute(tx);
  return new Map(rows.map((row) => [row.key, measuresOf(row)] as const).filter(([, own]) => own.size > 0));
}

type CellRow = { readonly key: string } & Readonly<Record<string, unknown>>;

const COLUMNS = MEASURES.map((measure) => [measure, columnOf(measure)] as const);

/** What the columns of a row of sums say, without those of which there is none. */
export function measuresOf(row: Readonly<Record<string, unknown>>): Measures {
  const own = new Map<string, number>();
  for (const [measure, column] of COLUMNS) if (row[column]) own.set(measure, Number(row[column]));
  return own;
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

async function fromCases(tx: ReadTx, { question, areas, restricted }: Asked): Promise<Map<string, Measures>> {
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
  return new Map(rows.map((row) => [row.key, new Map(Object.entries(row.measures))]));
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
