import { type RawBuilder, sql } from 'kysely';
import { prefixRange } from '../../kit/codes.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { Role } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AnswerOf } from '../../platform/http/contract.ts';
import { type Area, areaNames, openAreas } from '../areas/index.ts';
import type { listGridTeams, listVacancies } from './contract.ts';
import { COMMAND_CENTRE, GOVERNMENT, type Organisation, VILLAGE } from './rules/organisation.ts';
import { ORGANISATION_COLUMNS, type OrganisationRow, tenant, toOrganisation } from './rows.ts';
import { gridTeams, holds } from './store.ts';

type Page = { readonly after?: string | undefined; readonly limit: number };
type Vacancies = AnswerOf<typeof listVacancies>;
type Teams = AnswerOf<typeof listGridTeams>;

/** The prefixes a list reaches: the reader's own, narrowed to an area where he named one inside them. */
export function narrowed(prefixes: readonly string[], areaCode: string | undefined): readonly string[] {
  if (areaCode === undefined) return prefixes;
  if (prefixes.some((prefix) => areaCode.startsWith(prefix))) return [areaCode];
  return prefixes.filter((prefix) => prefix.startsWith(areaCode));
}

/** The open grids below the prefixes after a code, in the order of codes. */
async function gridsAfter(tx: ReadTx, prefixes: readonly string[], after: string | undefined): Promise<Area[]> {
  const grids = new Map<string, Area>();
  for (const prefix of prefixes) {
    for (const grid of await openAreas(tx, 'grid', prefix)) grids.set(grid.code, grid);
  }
  const inOrder = [...grids.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return after === undefined ? inOrder : inOrder.filter((grid) => grid.code > after);
}

/** One page of grids with their teams. */
export async function pageOfGridTeams(tx: ReadTx, prefixes: readonly string[], page: Page, now: Date): Promise<Teams> {
  const grids = await gridsAfter(tx, prefixes, page.after);
  const shown = grids.slice(0, page.limit);
  const codes = shown.map((grid) => grid.code);
  const teams = await gridTeams(tx, codes, now);
  const areas = await areaNames(tx, codes);
  const villages = await villagesOf(tx, codes);
  return {
    items: shown.map((grid) => ({
      area: { code: grid.code, name: grid.name, path: grid.name, ...areas.get(grid.code) },
      organisation: refOf(villages.get(grid.code.slice(0, 12))),
      team: (teams.get(grid.code) ?? []).map(({ validFrom: _, ...member }) => member),
    })),
    next: grids.length > shown.length ? (shown.at(-1)?.code ?? null) : null,
  };
}

/** One page of grids in which nobody works full-time. */
export async function pageOfGridVacancies(
  tx: ReadTx,
  prefixes: readonly string[],
  page: Page,
  now: Date,
): Promise<Vacancies> {
  const grids = await gridsAfter(tx, prefixes, page.after);
  const teams = await gridTeams(
    tx,
    grids.map((grid) => grid.code),
    now,
  );
  const vacant = grids.filter((grid) => !(teams.get(grid.code) ?? []).some((one) => one.gridRole === 'full_time'));
  const shown = vacant.slice(0, page.limit);
  const codes = shown.map((grid) => grid.code);
  const areas = await areaNames(tx, codes);
  const villages = await villagesOf(tx, codes);
  return {
    items: shown.map((grid) => ({
      kind: 'grid' as const,
      area: { code: grid.code, name: grid.name, path: grid.name, ...areas.get(grid.code) },
      organisation: refOf(villages.get(grid.code.slice(0, 12))),
      role: 'grid_worker' as const,
    })),
    next: vacant.length > shown.length ? (shown.at(-1)?.code ?? null) : null,
  };
}

/** The role without which a body cannot do its part; governments direct, they do not handle. */
const NEEDED = sql<Role>`CASE o.kind WHEN ${COMMAND_CENTRE} THEN 'dispatcher' WHEN ${VILLAGE} THEN 'community_worker'
  ELSE 'handler' END`;

/** One page of organisations in which nobody holds the role they need. */
export async function pageOfOrganisationVacancies(
  tx: ReadTx,
  prefixes: readonly string[],
  page: Page,
  now: Date,
): Promise<Result<Vacancies>> {
  const after = page.after === undefined ? null : /^(\d{4,17})\.([0-9a-f-]{36})$/.exec(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  if (prefixes.length === 0) return { items: [], next: null };
  const day = dayOf(now);
  const areas: RawBuilder<unknown>[] = prefixes.map((prefix) => {
    const [from, to] = prefixRange(prefix);
    return sql`(o.area_code >= ${from} AND o.area_code < ${to})`;
  });
  const found = await sql<OrganisationRow & { needed: Role }>`
    SELECT ${ORGANISATION_COLUMNS}, ${NEEDED} AS needed FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.kind <> ${GOVERNMENT}
      AND o.valid_from <= ${day}::date AND (o.valid_to IS NULL OR o.valid_to > ${day}::date)
      AND (${sql.join(areas, sql` OR `)})
      ${after ? sql`AND (o.area_code, o.id) > (${after[1]}, ${after[2]}::uuid)` : sql``}
      AND NOT EXISTS (SELECT 1 FROM organisations.post p
        WHERE p.tenant_id = o.tenant_id AND p.organisation_id = o.id AND p.role = ${NEEDED} AND ${holds(day)})
    ORDER BY o.area_code, o.id LIMIT ${page.limit + 1}`.execute(tx);
  const shown = found.rows.slice(0, page.limit);
  const last = shown.at(-1);
  const names = await areaNames(
    tx,
    shown.map((row) => row.area_code),
  );
  return {
    items: shown.map((row) => ({
      kind: 'organisation' as const,
      area: { code: row.area_code, name: row.area_code, path: row.area_code, ...names.get(row.area_code) },
      organisation: refOf(toOrganisation(row)),
      role: row.needed,
    })),
    next: found.rows.length > shown.length && last ? `${last.area_code}.${last.id}` : null,
  };
}

function refOf(organisation: Organisation | undefined) {
  if (!organisation) return null;
  const { id, name, nameEn, shortName } = organisation;
  return { id, name, nameEn, shortName };
}

/** The open village organisations of several grids, by village code. */
async function villagesOf(tx: ReadTx, grids: readonly string[]): Promise<Map<string, Organisation>> {
  const codes = [...new Set(grids.map((code) => code.slice(0, 12)))];
  if (codes.length === 0) return new Map();
  const found = await sql<OrganisationRow>`
    SELECT ${ORGANISATION_COLUMNS} FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.kind = ${VILLAGE} AND o.area_code = ANY(${codes}) AND o.valid_to IS NULL`.execute(
    tx,
  );
  return new Map(found.rows.map((row) => [row.area_code, toOrganisation(row)]));
}
