import { type RawBuilder, sql } from 'kysely';
import { columnOf, MEASURES } from './rules/measures.ts';

/** How fine counts are kept: from the tenant's own area `root` down, by day since `fineFrom` where that is rare. */
export type Grain = { readonly root: string; readonly fineFrom: string };
/** Lengths of codes for which cells are kept: city, county, town, village. */
export const KEPT_LENGTHS = [4, 6, 9, 12] as const;
const TOWN = 9;
const VILLAGE = 12;

/** Something of every measure's column, between commas. */
export function eachMeasure(
  part: (column: RawBuilder<unknown>, measure: string) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql.join(MEASURES.map((measure) => part(sql.ref(columnOf(measure)), measure)));
}

const columns = eachMeasure((column) => column);
/** Sums; null where nothing is left, as cells are kept. */
const sums = eachMeasure((column) => sql`nullif(sum(${column}), 0)::int AS ${column}`);

export const CELL_KEY = sql`tenant_id, dimension, area_code, span, day, value, restricted`;
export const CELL = sql`${CELL_KEY}, ${columns}`;
/** Of a cell in which nothing is counted. */
export const EMPTY = sql`num_nonnulls(${columns}) = 0`;

/**
 * The cells that marks belong to, summed, those in which nothing is left out. `marks` is a query with the columns of a
 * contribution and `sign`; an area counts for itself and all that it lies in. Kept by day and month, a village only by month
 * and as a whole, a town's counts by class, organisation, channel and lane by day since `fineFrom` alone: finer ones are rare
 * enough to be counted when asked. Summed step by step, marks to days of towns and those to all that is wider, so that a
 * mark is not gone through once for each of the thirty cells it is in.
 */
export function cellsOf(
  marks: RawBuilder<unknown>,
  { root, fineFrom }: Grain,
  lengths: readonly number[] = KEPT_LENGTHS,
): RawBuilder<unknown> {
  const upper = lengths.filter((length) => length <= TOWN);
  const villages = lengths.includes(VILLAGE)
    ? sql`UNION ALL
      SELECT tenant_id, 'all', area_code, 'month', date_trunc('month', day::timestamp)::date, '', restricted, ${sums}
      FROM placed WHERE length(area_code) = ${VILLAGE} GROUP BY 1, 3, 5, 7`
    : sql``;
  return sql`
    WITH placed AS MATERIALIZED (
      SELECT d.tenant_id, left(d.area_code, ${VILLAGE}) AS area_code, d.class_code, d.channel, d.lane,
        k.organisation::text AS organisation, k.day, d.restricted,
        ${eachMeasure((column, measure) => sql`sum(d.sign) FILTER (WHERE k.measure = ${sql.lit(measure)})::int AS ${column}`)}
      FROM (${marks}) AS d
      CROSS JOIN LATERAL unnest(d.days, d.measures, d.organisations) AS k (day, measure, organisation)
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8),
    towns AS MATERIALIZED (
      SELECT tenant_id, v.dimension, left(area_code, ${TOWN}) AS area_code, day, v.value, restricted, ${sums}
      FROM placed
      CROSS JOIN LATERAL (VALUES ('all', ''), ('class', class_code), ('organisation', organisation),
        ('channel', channel), ('lane', lane)) AS v (dimension, value)
      GROUP BY 1, 2, 3, 4, 5, 6),
    summed AS (
      SELECT tenant_id, dimension, left(area_code, l.length) AS area_code, s.span, s.day, value, restricted, ${sums}
      FROM towns
      CROSS JOIN LATERAL (VALUES ('day', day), ('month', date_trunc('month', day::timestamp)::date)) AS s (span, day)
      CROSS JOIN unnest(${[...upper]}::int[]) AS l (length)
      WHERE l.length BETWEEN ${root.length} AND length(area_code)
        AND (l.length < ${TOWN} OR s.span = 'month' OR dimension = 'all' OR s.day >= ${fineFrom}::date)
      GROUP BY 1, 2, 3, 4, 5, 6, 7
      ${villages})
    SELECT ${CELL} FROM summed WHERE NOT (${EMPTY})`;
}

/** Adds the cells of a query with the columns of a cell to those that are kept. */
export function addCells(cells: RawBuilder<unknown>): RawBuilder<unknown> {
  const added = eachMeasure(
    (column) => sql`${column} = nullif(coalesce(t.${column}, 0) + coalesce(excluded.${column}, 0), 0)`,
  );
  return sql`
    INSERT INTO statistics.cell AS t (${CELL}) SELECT ${CELL} FROM (${cells}) AS s
    ON CONFLICT (${CELL_KEY}) DO UPDATE SET ${added}`;
}
