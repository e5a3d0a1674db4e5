import { type RawBuilder, sql } from 'kysely';
import { type AreaLevel, levelOf, prefixRange, within } from '../../kit/codes.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { type KeepEach, keepEachWhile, keepWhile } from '../../platform/database/kept.ts';
import { type Area, isActive } from './rules/area.ts';
import { ancestorsOf } from './rules/codes.ts';
import type { AreaKind } from './rules/kinds.ts';

/** The tenant of the running transaction, for rows and filters; row security demands the same. */
export const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** Divisions change some times a year and are read by every request: they are kept while they stay. */
export const keep = keepWhile('areas');
const keepEach: KeepEach = keepEachWhile('areas');

type AreaRow = {
  code: string;
  level: AreaLevel;
  kind: AreaKind;
  name: string;
  official_name: string;
  parent_code: string | null;
  valid_from: string;
  valid_to: string | null;
  provisional: boolean;
  households: number | null;
  population: number | null;
  version: number;
  source: 'imported' | 'schematic' | null;
  centre_lon: number | null;
  centre_lat: number | null;
  successors: string[] | null;
};

const AREA_COLUMNS = sql`a.code, a.level, a.kind, a.name, a.official_name, a.parent_code, a.valid_from::text,
  a.valid_to::text, a.provisional, a.households, a.population, a.version, b.source, b.centre_lon, b.centre_lat,
  (SELECT array_agg(s.successor_code ORDER BY s.successor_code) FROM areas.succession s
   WHERE s.tenant_id = a.tenant_id AND s.code = a.code) AS successors`;
const AREA_FROM = sql`areas.area a LEFT JOIN areas.boundary b ON b.tenant_id = a.tenant_id AND b.code = a.code`;

function toArea(row: AreaRow): Area {
  return {
    code: row.code,
    level: row.level,
    kind: row.kind,
    name: row.name,
    officialName: row.official_name,
    parentCode: row.parent_code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    successors: row.successors ?? [],
    centre: row.centre_lon === null || row.centre_lat === null ? null : [row.centre_lon, row.centre_lat],
    schematic: row.source !== 'imported',
    provisional: row.provisional,
    households: row.households,
    population: row.population,
    version: row.version,
  };
}

/** The area of `code`, closed ones too; null when there never was one. */
export async function findArea(tx: ReadTx, code: string): Promise<Area | null> {
  const found = await sql<AreaRow>`
    SELECT ${AREA_COLUMNS} FROM ${AREA_FROM} WHERE a.tenant_id = ${tenant} AND a.code = ${code}`.execute(tx);
  const row = found.rows[0];
  return row ? toArea(row) : null;
}

/** The area of `code`; throws when there never was one. */
export async function getArea(tx: ReadTx, code: string): Promise<Area> {
  const area = await findArea(tx, code);
  if (!area) throw new Error(`no area ${code}`);
  return area;
}

/** The area of `code`, locked against other changes until the transaction ends. */
export async function lockArea(tx: WriteTx, code: string): Promise<Area | null> {
  await sql`SELECT code FROM areas.area WHERE tenant_id = ${tenant} AND code = ${code} FOR UPDATE`.execute(tx);
  return findArea(tx, code);
}

/** Several areas by code, in the order of codes; unknown codes are left out. */
export async function areasOf(tx: ReadTx, codes: readonly string[]): Promise<Area[]> {
  if (codes.length === 0) return [];
  const found = await sql<AreaRow>`
    SELECT ${AREA_COLUMNS} FROM ${AREA_FROM}
    WHERE a.tenant_id = ${tenant} AND a.code = ANY(${[...codes]}) ORDER BY a.code`.execute(tx);
  return found.rows.map(toArea);
}

/** The direct children of `parent`, in the order of codes; with null the top of the jurisdiction. */
export async function childrenOf(
  tx: ReadTx,
  parent: string | null,
  options: { readonly closed: boolean; readonly at?: Date },
): Promise<Area[]> {
  const whose = parent === null ? sql`a.parent_code IS NULL` : sql`a.parent_code = ${parent}`;
  const found = await sql<AreaRow>`
    SELECT ${AREA_COLUMNS} FROM ${AREA_FROM}
    WHERE a.tenant_id = ${tenant} AND ${whose} ORDER BY a.code`.execute(tx);
  const day = dayOf(options.at ?? new Date());
  return found.rows.map(toArea).filter((area) => options.closed || isActive(area, day));
}

/** Code and name of the direct children of `parent`, closed ones too, in the order of codes. Kept, unlike `childrenOf`. */
export async function partsOf(
  tx: ReadTx,
  parent: string,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  return keep(tx, `parts ${parent}`, async () => {
    const { rows } = await sql<{ code: string; name: string }>`
      SELECT code, name FROM areas.area WHERE tenant_id = ${tenant} AND parent_code = ${parent} ORDER BY code`.execute(
      tx,
    );
    return rows;
  });
}

/** The open areas of a level below `prefix`, in the order of codes: every town of a county, every grid of a village. */
export async function openAreas(tx: ReadTx, level: AreaLevel, prefix = ''): Promise<Area[]> {
  const [from, to] = prefixRange(prefix);
  const found = await sql<AreaRow>`
    SELECT ${AREA_COLUMNS} FROM ${AREA_FROM}
    WHERE a.tenant_id = ${tenant} AND a.level = ${level} AND a.code >= ${from} AND a.code < ${to}
    ORDER BY a.code`.execute(tx);
  const day = dayOf(new Date());
  return found.rows.map(toArea).filter((area) => isActive(area, day));
}

/** SQL for the codes of a subtree, closed areas too: what a list goes through area by area, each along an index. */
export function codesWithin(prefix: string): RawBuilder<string> {
  const [from, to] = prefixRange(prefix);
  return sql<string>`SELECT code FROM areas.area WHERE tenant_id = ${tenant} AND code >= ${from} AND code < ${to}`;
}

/** One step of a path. */
export type PathStep = { readonly code: string; readonly name: string; readonly level: AreaLevel };

/**
 * The areas from the top of the jurisdiction down to `code`, itself included; empty for an unknown code.
 * The row by which a city without counties fills the county level is left out: it repeats the city's name.
 */
export async function areaPath(tx: ReadTx, code: string): Promise<PathStep[]> {
  const steps = await pathSteps(tx, [code]);
  return stepsTo(steps, code).map(({ code: stepCode, name, level }) => ({ code: stepCode, name, level }));
}

/** Names and paths of many areas in one query. `path` reads `town/village/grid`: below the top, itself included. */
export async function areaNames(
  tx: ReadTx,
  codes: readonly string[],
): Promise<Map<string, { readonly name: string; readonly path: string }>> {
  if (codes.length === 0) return new Map();
  return keepEach(tx, 'name', codes, async (missing) => {
    const names = new Map<string, { name: string; path: string }>();
    const steps = await pathSteps(tx, missing);
    for (const code of missing) {
      const own = steps.get(code);
      if (own) names.set(code, { name: own.name, path: pathText(stepsTo(steps, code)) });
    }
    return names;
  });
}

type Step = PathStep & { readonly kind: AreaKind; readonly top: boolean };

async function pathSteps(tx: ReadTx, codes: readonly string[]): Promise<Map<string, Step>> {
  const wanted = codes.flatMap((code) => (levelOf(code) === null ? [] : [...ancestorsOf(code), code]));
  return keepEach(tx, 'step', wanted, async (missing) => {
    const found = await sql<Step>`
      SELECT code, name, level, kind, parent_code IS NULL AS top FROM areas.area
      WHERE tenant_id = ${tenant} AND code = ANY(${[...missing]})`.execute(tx);
    return new Map(found.rows.map((row) => [row.code, row]));
  });
}

function stepsTo(steps: ReadonlyMap<string, Step>, code: string): Step[] {
  if (!steps.has(code)) return [];
  const all = [...ancestorsOf(code), code].flatMap((each) => steps.get(each) ?? []);
  return all.filter((step) => step.code === code || step.kind !== 'city_itself');
}

function pathText(steps: readonly Step[]): string {
  const below = steps.filter((step) => !step.top);
  return (below.length > 0 ? below : steps).map((step) => step.name).join('/');
}

/** True when `code` is an area of the jurisdiction that has begun and not ended on the day of `at`. */
export async function isOpenArea(tx: ReadTx, code: string, at: Date = new Date()): Promise<boolean> {
  const day = dayOf(at);
  return keep(tx, `open ${code} ${day}`, async () => {
    const found = await sql<{ open: boolean }>`
      SELECT valid_from <= ${day}::date AND (valid_to IS NULL OR valid_to > ${day}::date) AS open FROM areas.area
      WHERE tenant_id = ${tenant} AND code = ${code}`.execute(tx);
    return found.rows[0]?.open === true;
  });
}

/** The jurisdiction itself: its top area, and what lies above it. */
export type Jurisdiction = {
  readonly code: string;
  readonly name: string;
  /** Province and city above, top first. */
  readonly context: readonly { readonly code: string; readonly name: string }[];
  readonly source: string;
};

/** The jurisdiction the tenant runs today; null before divisions were loaded. */
export async function findJurisdiction(tx: ReadTx): Promise<Jurisdiction | null> {
  return keep(tx, 'jurisdiction', async () => {
    const found = await sql<Jurisdiction>`
      SELECT code, name, context, source FROM areas.jurisdiction
      WHERE tenant_id = ${tenant} AND valid_to IS NULL ORDER BY valid_from DESC LIMIT 1`.execute(tx);
    return found.rows[0] ?? null;
  });
}

/**
 * The codes a scope on `code` covers: itself and every area it succeeded, so that cases of a closed area stay in
 * sight of who answers for its successor.
 */
export async function withPredecessors(tx: ReadTx, codes: readonly string[]): Promise<string[]> {
  const known = new Set(codes);
  const predecessors = await keep(tx, 'predecessors', () => loadPredecessors(tx));
  let frontier = [...known];
  while (frontier.length > 0) {
    frontier = frontier.flatMap((code) => predecessors.get(code) ?? []).filter((code) => !known.has(code));
    for (const code of frontier) known.add(code);
  }
  return [...known].filter((code) => ![...known].some((other) => other !== code && within(code, other))).sort();
}

/** Which areas each one succeeded; mergers are rare. */
async function loadPredecessors(tx: ReadTx): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ code: string; closed: string[] }>`
    SELECT successor_code AS code, array_agg(DISTINCT code) AS closed FROM areas.succession
    WHERE tenant_id = ${tenant} GROUP BY successor_code`.execute(tx);
  return new Map(rows.map(({ code, closed }) => [code, closed]));
}
