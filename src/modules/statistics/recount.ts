import { type RawBuilder, sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { dayOf } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Database, ReadTx, WriteTx } from '../../platform/database/database.ts';
import { startWorker, type Worker } from '../../platform/worker.ts';
import { CELL, CELL_KEY, cellsOf, EMPTY, eachMeasure, type Grain, KEPT_LENGTHS } from './cells.ts';
import { CONTRIBUTION, countCases, findProgress, lockProgress } from './count-cases.ts';
import { fineSince } from './fineness.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

const SLICE = 1000;
/** The daily one begins at this hour in China, when few work. */
const HOUR = 3;
/** Named in a report; of more there is the number alone. */
const NAMED = 20;

/** A cell that was not what the cases add up to. */
export type WrongCell = {
  readonly dimension: string;
  readonly areaCode: string;
  readonly span: string;
  readonly day: string;
  readonly value: string;
  readonly measure: string;
  readonly held: number;
  readonly right: number;
};

export type Recount = {
  readonly cases: number;
  /** Counted otherwise than they are, without an event on its way that would have said so. */
  readonly wrongCases: { readonly count: number; readonly ids: readonly string[] };
  readonly wrongCells: { readonly count: number; readonly cells: readonly WrongCell[] };
};

type Deps = {
  readonly database: Database;
  readonly tenant: number;
  /** The tenant's own area. */
  readonly root: string;
  readonly now: () => Date;
};

/**
 * Counts everything anew, slice by slice and area by area, names what differed and puts it right. Filings and readers go
 * on meanwhile: a slice is compared in one statement, which sees cases, contributions and cells of one moment.
 */
export async function recount(
  deps: Deps,
  { stopping = () => false, day = null }: { readonly stopping?: () => boolean; readonly day?: string | null } = {},
): Promise<Recount | null> {
  const actor = systemActor(deps.tenant, 'statistics');
  const id = uuidv7();
  const began = await deps.database.transact(actor, (tx) => begin(tx, id, day, deps.now()));
  if (!began) return null;
  const cases = await recountCases(deps, stopping);
  const cells = await recountCells(deps, stopping);
  await deps.database.transact(actor, (tx) =>
    sql`UPDATE statistics.recount SET ended_at = ${deps.now()}, cases = ${cases.cases},
        cases_mended = ${cases.wrong.length}, cells_mended = ${cells.length}
      WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx),
  );
  return {
    cases: cases.cases,
    wrongCases: { count: cases.wrong.length, ids: cases.wrong.slice(0, NAMED) },
    wrongCells: { count: cells.length, cells: cells.slice(0, NAMED) },
  };
}

async function begin(tx: WriteTx, id: string, day: string | null, now: Date): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO statistics.recount (tenant_id, id, day, began_at) VALUES (${tenant}, ${id}::uuid, ${day}::date, ${now})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

async function recountCases(deps: Deps, stopping: () => boolean): Promise<{ cases: number; wrong: string[] }> {
  const actor = systemActor(deps.tenant, 'statistics');
  const wrong: string[] = [];
  let cases = 0;
  let after: string | null = null;
  do {
    const from: string | null = after;
    const ids: string[] = await deps.database.transact(actor, async (tx) => {
      const { fineFrom } = await lockProgress(tx, fineSince(deps.now()));
      const slice = await caseIds(tx, from);
      const waiting = await onTheirWay(tx, slice);
      const changed = await countCases(tx, slice, { root: deps.root, fineFrom });
      wrong.push(...changed.filter((id) => !waiting.has(id)));
      return slice;
    });
    cases += ids.length;
    after = ids.length < SLICE ? null : (ids.at(-1) ?? null);
  } while (after !== null && !stopping());
  return { cases, wrong };
}

async function caseIds(tx: ReadTx, after: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM cases.case_file
    WHERE tenant_id = ${tenant} ${after === null ? sql`` : sql`AND id > ${after}::uuid`}
    ORDER BY id LIMIT ${SLICE}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Cases of which an event has yet to come to the counts: not wrong, only not there yet. */
async function onTheirWay(tx: ReadTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ subject: string }>`
    SELECT subject FROM platform.outbox_delivery
    WHERE tenant_id = ${tenant} AND consumer = 'statistics' AND failed_at IS NULL AND subject = ANY(${[...ids]})
    UNION SELECT subject FROM platform.outbox
    WHERE tenant_id = ${tenant} AND NOT routed AND subject = ANY(${[...ids]})`.execute(tx);
  return new Set(rows.map(({ subject }) => subject));
}

/** Towns with their villages, then each area above them from what all its cases add. */
async function recountCells(deps: Deps, stopping: () => boolean): Promise<WrongCell[]> {
  const actor = systemActor(deps.tenant, 'statistics');
  const areas = await deps.database.read(actor, countedAreas);
  const wrong: WrongCell[] = [];
  for (const code of areas) {
    if (stopping()) break;
    // Compared as of one moment without holding anybody up; held while it is put right, which is rare.
    const differ = await deps.database.read(actor, (tx) => cellsDiffer(tx, deps, code));
    if (differ) wrong.push(...(await deps.database.transact(actor, (tx) => recountArea(tx, deps, code))));
  }
  return wrong;
}

async function countedAreas(tx: ReadTx): Promise<string[]> {
  const upper = KEPT_LENGTHS.filter((length) => length <= 9);
  const { rows } = await sql<{ code: string }>`
    SELECT code FROM areas.area WHERE tenant_id = ${tenant} AND length(code) = ANY(${[...upper]}::int[])
    ORDER BY length(code) DESC, code`.execute(tx);
  return rows.map(({ code }) => code);
}

/** A county of ten million takes minutes, which the limit of requests would not leave. */
const PATIENTLY = sql`SET LOCAL statement_timeout = '1h'`;

async function cellsDiffer(tx: ReadTx, deps: Deps, code: string): Promise<boolean> {
  const progress = await findProgress(tx);
  if (!progress) return false;
  await PATIENTLY.execute(tx);
  const { rows } = await sql`
    ${compared(code, { root: deps.root, fineFrom: progress.fineFrom })} SELECT FROM wrong LIMIT 1`.execute(tx);
  return rows.length > 0;
}

/** Begins a statement with `wrong`: cells of an area that are not what the contributions of its cases add up to. */
function compared(code: string, grain: Grain): RawBuilder<unknown> {
  const [from, to] = [code, `${code}:`];
  const lengths = code.length === 9 ? [9, 12] : [code.length];
  const marks = sql`SELECT ${CONTRIBUTION}, 1 AS sign FROM statistics.contribution
    WHERE tenant_id = ${tenant} AND area_code >= ${from} AND area_code < ${to}`;
  return sql`
    WITH made AS MATERIALIZED (${cellsOf(marks, grain, lengths)}),
    kept AS MATERIALIZED (
      SELECT ${CELL} FROM statistics.cell
      WHERE tenant_id = ${tenant} AND dimension IN ('all', 'class', 'organisation', 'channel', 'lane')
        AND area_code >= ${from} AND area_code < ${to} AND length(area_code) = ANY(${[...lengths]}::int[])),
    wrong AS MATERIALIZED (
      SELECT ${CELL_KEY}, made, kept FROM made FULL JOIN kept USING (${CELL_KEY})
      WHERE (${eachMeasure((column) => sql`made.${column}`)}) IS DISTINCT FROM (${eachMeasure((column) => sql`kept.${column}`)}))`;
}

async function recountArea(tx: WriteTx, deps: Deps, code: string): Promise<WrongCell[]> {
  const { fineFrom } = await lockProgress(tx, fineSince(deps.now()));
  await PATIENTLY.execute(tx);
  const each = eachMeasure((column, measure) => sql`(${sql.lit(measure)}, (made).${column}, (kept).${column})`);
  const { rows } = await sql<WrongCell>`
    ${compared(code, { root: deps.root, fineFrom })},
    mended AS (
      INSERT INTO statistics.cell AS t (${CELL})
      SELECT ${CELL_KEY}, ${eachMeasure((column) => sql`(made).${column}`)} FROM wrong
      ON CONFLICT (${CELL_KEY}) DO UPDATE SET ${eachMeasure((column) => sql`${column} = excluded.${column}`)})
    SELECT dimension, area_code AS "areaCode", span, day::text AS day, value, m.measure, coalesce(m.held, 0)::int AS held,
      coalesce(m.right, 0)::int AS "right"
    FROM wrong CROSS JOIN LATERAL (VALUES ${each}) AS m (measure, "right", held)
    WHERE m.held IS DISTINCT FROM m.right
    ORDER BY area_code, dimension, span, day, value, measure`.execute(tx);
  await sql`
    DELETE FROM statistics.cell
    WHERE tenant_id = ${tenant} AND dimension IN ('all', 'class', 'organisation', 'channel', 'lane')
      AND area_code = ${code} AND ${EMPTY}`.execute(tx);
  return rows;
}

/**
 * Counts by class, office, channel and lane of a town are kept by day since the month before last alone: what is older
 * stays by month. Answers whether something was let go.
 */
export async function coarsen(tx: WriteTx, now: Date): Promise<boolean> {
  const since = fineSince(now);
  const { fineFrom } = await lockProgress(tx, since);
  if (fineFrom >= since) return false;
  await sql`UPDATE statistics.progress SET fine_from = ${since}::date WHERE tenant_id = ${tenant}`.execute(tx);
  await sql`
    DELETE FROM statistics.cell
    WHERE tenant_id = ${tenant} AND dimension IN ('class', 'organisation', 'channel', 'lane') AND length(area_code) = 9
      AND span = 'day' AND day < ${since}::date`.execute(tx);
  return true;
}

/** Once a day, at night: lets go of what is kept too fine, and counts everything anew. */
export function recountDaily(app: App, root: string): Worker {
  const { database, log, now, config } = app;
  const actor = systemActor(config.tenant, 'statistics');
  return startWorker({
    name: 'statistics recount',
    every: 600_000,
    log,
    run: async (stopping) => {
      const at = now();
      // The hour of the day in China.
      if ((at.getUTCHours() + 8) % 24 !== HOUR || stopping()) return;
      await database.transact(actor, (tx) => coarsen(tx, at));
      const found = await recount({ database, tenant: config.tenant, root, now }, { stopping, day: dayOf(at) });
      if (found && found.wrongCases.count + found.wrongCells.count > 0)
        log.warn({ ...found }, 'counts differed from a recount and were put right');
    },
  });
}
