import { sql } from 'kysely';
import { dayOf } from '../../kit/time.ts';
import type { Lane, Post, Role } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type KeepEach, keepEachWhile, keepWhile } from '../../platform/database/kept.ts';
import { areaSetCodes, withPredecessors } from '../areas/index.ts';
import { COMMAND_CENTRE, coveringCodes, type Organisation, type OrganisationKind } from './rules/organisation.ts';
import type { OrganisationLevel } from './rules/organisation.ts';
import type { GridRole } from './rules/post.ts';
import {
  isUuid,
  ORGANISATION_COLUMNS,
  type OrganisationRow,
  POST_COLUMNS,
  type PostRow,
  tenant,
  toOrganisation,
} from './rows.ts';

/** Bodies and posts change now and then and are read by every request: they are kept while they stay. */
const keep = keepWhile('organisations');
const keepEach: KeepEach = keepEachWhile('organisations');
/** Posts reach areas that theirs succeeded, and follow area sets. */
const keepPosts = keepWhile('areas', 'organisations');

/** The organisation of `id`, closed ones too; null when there never was one. */
export async function findOrganisation(
  tx: ReadTx,
  id: string,
  options: { readonly lock?: boolean } = {},
): Promise<Organisation | null> {
  if (!isUuid(id)) return null;
  if (!options.lock) return (await organisationsOf(tx, [id])).get(id) ?? null;
  const found = await sql<OrganisationRow>`
    SELECT ${ORGANISATION_COLUMNS} FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.id = ${id}::uuid FOR UPDATE`.execute(tx);
  const row = found.rows[0];
  return row ? toOrganisation(row) : null;
}

/** The organisation of `id`; throws when there never was one. */
export async function getOrganisation(tx: ReadTx, id: string): Promise<Organisation> {
  const organisation = await findOrganisation(tx, id);
  if (!organisation) throw new Error(`no organisation ${id}`);
  return organisation;
}

/** Several organisations by id in one query; unknown ids are left out. */
export async function organisationsOf(tx: ReadTx, ids: readonly string[]): Promise<Map<string, Organisation>> {
  return keepEach(tx, 'organisation', ids.filter(isUuid), async (missing) => {
    const found = await sql<OrganisationRow>`
      SELECT ${ORGANISATION_COLUMNS} FROM organisations.organisation o
      WHERE o.tenant_id = ${tenant} AND o.id = ANY(${[...missing]}::uuid[])`.execute(tx);
    return new Map(found.rows.map((row) => [row.id, toOrganisation(row)]));
  });
}

export type OrganisationNames = { readonly name: string; readonly nameEn: string; readonly shortName: string };

/** What to call several organisations, in one query. */
export async function organisationNames(tx: ReadTx, ids: readonly string[]): Promise<Map<string, OrganisationNames>> {
  return keepEach(tx, 'names', ids.filter(isUuid), async (missing) => {
    const found = await sql<{ id: string; name: string; name_en: string; short_name: string }>`
      SELECT id, name, name_en, short_name FROM organisations.organisation
      WHERE tenant_id = ${tenant} AND id = ANY(${[...missing]}::uuid[])`.execute(tx);
    return new Map(
      found.rows.map((row) => [row.id, { name: row.name, nameEn: row.name_en, shortName: row.short_name }]),
    );
  });
}

// The server's clock: what is open is asked in the present, by callers that have no moment of their own.
const OPEN = sql`(o.valid_to IS NULL OR o.valid_to > (now() AT TIME ZONE 'Asia/Shanghai')::date)`;

/**
 * The open organisation of a kind that is nearest to an area: at the area itself or above it, at `level` where told.
 * Without an area, the one that stands highest. Null when there is none.
 */
export async function findOrganisationByKind(
  tx: ReadTx,
  kind: string,
  where: { readonly areaCode?: string; readonly level?: OrganisationLevel } = {},
): Promise<Organisation | null> {
  const { areaCode = '', level = '' } = where;
  const key = `${kind} near ${areaCode} of ${level} on ${dayOf(new Date())}`;
  return keep(tx, key, () => loadOrganisationByKind(tx, kind, where));
}

async function loadOrganisationByKind(
  tx: ReadTx,
  kind: string,
  where: { readonly areaCode?: string; readonly level?: OrganisationLevel },
): Promise<Organisation | null> {
  const near = where.areaCode === undefined ? sql`` : sql`AND o.area_code = ANY(${[...coveringCodes(where.areaCode)]})`;
  const level = where.level === undefined ? sql`` : sql`AND o.level = ${where.level}`;
  const direction = where.areaCode === undefined ? sql`ASC` : sql`DESC`;
  const found = await sql<OrganisationRow>`
    SELECT ${ORGANISATION_COLUMNS} FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.kind = ${kind} AND ${OPEN} ${near} ${level}
    ORDER BY length(o.area_code) ${direction}, o.area_code, o.id LIMIT 1`.execute(tx);
  const row = found.rows[0];
  return row ? toOrganisation(row) : null;
}

/** The open organisations of several kinds at an area and above it, the nearest first; at most one per kind and level. */
export async function organisationsNear(
  tx: ReadTx,
  kinds: readonly string[],
  areaCode: string,
): Promise<Organisation[]> {
  if (kinds.length === 0) return [];
  const key = `${kinds.join()} near ${areaCode} on ${dayOf(new Date())}`;
  return [...(await keep(tx, key, () => loadNear(tx, kinds, areaCode)))];
}

async function loadNear(tx: ReadTx, kinds: readonly string[], areaCode: string): Promise<Organisation[]> {
  const found = await sql<OrganisationRow>`
    SELECT DISTINCT ON (length(o.area_code), o.kind) ${ORGANISATION_COLUMNS} FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.kind = ANY(${[...kinds]}) AND o.area_code = ANY(${[...coveringCodes(areaCode)]})
      AND ${OPEN}
    ORDER BY length(o.area_code) DESC, o.kind, o.id`.execute(tx);
  return found.rows.map(toOrganisation);
}

/** The open station of a kind in the town of `townCode` (or of an area inside that town). */
export async function findStation(tx: ReadTx, kind: string, townCode: string): Promise<Organisation | null> {
  if (townCode.length < 9) return null;
  return findOrganisationByKind(tx, kind, { areaCode: townCode, level: 'town' });
}

/** The command centre that answers for an area: the town's, else the county's, else the city's. */
export async function commandCentreFor(tx: ReadTx, areaCode: string): Promise<Organisation> {
  const centre = await findOrganisationByKind(tx, COMMAND_CENTRE, { areaCode });
  if (!centre) throw new Error(`no command centre for ${areaCode}`);
  return centre;
}

/** The command centre of the whole jurisdiction; throws before organisations were loaded. */
export async function countyCommandCentre(tx: ReadTx): Promise<Organisation> {
  const centre = await findOrganisationByKind(tx, COMMAND_CENTRE);
  if (!centre) throw new Error('the jurisdiction has no command centre');
  return centre;
}

/** The organisation of the village or community that `areaCode` lies in. */
export async function villageOrganisation(tx: ReadTx, areaCode: string): Promise<Organisation | null> {
  if (areaCode.length < 12) return null;
  const found = await sql<OrganisationRow>`
    SELECT ${ORGANISATION_COLUMNS} FROM organisations.organisation o
    WHERE o.tenant_id = ${tenant} AND o.area_code = ${areaCode.slice(0, 12)} AND o.level = 'village' AND ${OPEN}
    ORDER BY o.id LIMIT 1`.execute(tx);
  const row = found.rows[0];
  return row ? toOrganisation(row) : null;
}

/** All kinds of bodies, in the order of lists. */
export async function organisationKinds(tx: ReadTx): Promise<OrganisationKind[]> {
  const found = await sql<{
    kind: string;
    name_zh: string;
    name_en: string;
    levels: OrganisationLevel[];
    station: boolean;
  }>`
    SELECT kind, name_zh, name_en, levels, station FROM organisations.kind
    WHERE tenant_id = ${tenant} ORDER BY position, kind`.execute(tx);
  return found.rows.map((row) => ({
    kind: row.kind,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    levels: row.levels,
    station: row.station,
  }));
}

/** A post holds from its first day on, while it has not ended and its organisation is open. */
export function holds(day: string) {
  return sql`p.valid_from <= ${day}::date AND (p.valid_to IS NULL OR p.valid_to > ${day}::date)
    AND o.valid_from <= ${day}::date AND (o.valid_to IS NULL OR o.valid_to > ${day}::date)`;
}

/**
 * The posts that give an officer rights at `now`: begun, not over, of an open organisation. Scopes reach areas that
 * those named succeeded, so that cases of a merged village stay in sight, and follow area sets as they are.
 */
export async function postsOfUser(tx: ReadTx, userId: string, now: Date): Promise<readonly Post[]> {
  return keepPosts(tx, `posts of ${userId} on ${dayOf(now)}`, () => loadPosts(tx, userId, now));
}

async function loadPosts(tx: ReadTx, userId: string, now: Date): Promise<readonly Post[]> {
  const found = await sql<PostRow & { bound: string | null }>`
    SELECT ${POST_COLUMNS}, ${BOUND} AS bound FROM organisations.post p
    JOIN organisations.organisation o ON o.tenant_id = p.tenant_id AND o.id = p.organisation_id
    WHERE p.tenant_id = ${tenant} AND p.user_id = ${userId} AND ${holds(dayOf(now))}
    ORDER BY p.id`.execute(tx);
  const named = await Promise.all(found.rows.map((row) => scopeNow(tx, row, now)));
  const extended = await withAllPredecessors(tx, named);
  return found.rows.map((row, index) => ({
    id: row.id,
    organisationId: row.organisation_id,
    role: row.role,
    scope: extended[index] ?? [],
    lanes: row.lanes,
  }));
}

/** How far a post may reach at most: its body's area; null for a body from outside, which may act anywhere. */
const BOUND = sql`CASE WHEN o.external THEN NULL ELSE o.area_code END`;

/** The prefixes of a post: its own, or those its area set holds now, as far as its body reaches. */
async function scopeNow(
  tx: ReadTx,
  row: Pick<PostRow, 'scope' | 'area_set_id'> & { readonly bound: string | null },
  now: Date,
): Promise<readonly string[]> {
  if (row.area_set_id === null) return row.scope;
  const codes = await areaSetCodes(tx, row.area_set_id, now);
  return codes.filter((code) => row.bound === null || code.startsWith(row.bound));
}

/** Scopes with the areas they succeeded. Mergers are rare, so one query tells first whether there were any. */
async function withAllPredecessors(
  tx: ReadTx,
  scopes: readonly (readonly string[])[],
): Promise<readonly (readonly string[])[]> {
  const all = [...new Set(scopes.flat())];
  const extended = await withPredecessors(tx, all);
  if (extended.every((code) => all.includes(code))) return scopes;
  return Promise.all(scopes.map((scope) => withPredecessors(tx, scope)));
}

export type Holder = { readonly userId: string; readonly postId: string; readonly name: string };

/**
 * Who holds posts of a role at `now`: in an organisation, covering an area, for a lane. Posts that name no lanes hold
 * for all of them.
 */
export async function holders(
  tx: ReadTx,
  of: { readonly organisationId?: string; readonly role: Role; readonly areaCode?: string; readonly lane?: Lane },
  now: Date,
): Promise<Holder[]> {
  const inOrganisation =
    of.organisationId === undefined ? sql`` : sql`AND p.organisation_id = ${of.organisationId}::uuid`;
  const { areaCode } = of;
  const covering =
    areaCode === undefined
      ? sql``
      : sql`AND (p.area_set_id IS NOT NULL OR p.scope && ${[...coveringCodes(areaCode)]}::text[])`;
  const lane = of.lane === undefined ? sql`` : sql`AND (p.lanes IS NULL OR ${of.lane} = ANY(p.lanes))`;
  const found = await sql<HolderRow>`
    SELECT p.user_id, p.id, person.name, p.scope, p.area_set_id, ${BOUND} AS bound FROM organisations.post p
    JOIN organisations.organisation o ON o.tenant_id = p.tenant_id AND o.id = p.organisation_id
    JOIN organisations.person person ON person.tenant_id = p.tenant_id AND person.user_id = p.user_id
    WHERE p.tenant_id = ${tenant} AND p.role = ${of.role} AND ${holds(dayOf(now))}
      ${inOrganisation} ${covering} ${lane}
    ORDER BY p.id`.execute(tx);
  const there = await Promise.all(
    found.rows.map(async (row) => {
      if (areaCode === undefined || row.area_set_id === null) return true;
      return (await scopeNow(tx, row, now)).some((prefix) => areaCode.startsWith(prefix));
    }),
  );
  return found.rows
    .filter((_, index) => there[index])
    .map((row) => ({ userId: row.user_id, postId: row.id, name: row.name }));
}

type HolderRow = {
  user_id: string;
  id: string;
  name: string;
  scope: string[];
  area_set_id: string | null;
  bound: string | null;
};

/** Names of officers by the id of their account, in one query; unknown ids are left out. */
export async function personNames(tx: ReadTx, userIds: readonly string[]): Promise<Map<string, string>> {
  return keepEach(tx, 'person', userIds, async (missing) => {
    const found = await sql<{ user_id: string; name: string }>`
      SELECT user_id, name FROM organisations.person
      WHERE tenant_id = ${tenant} AND user_id = ANY(${[...missing]})`.execute(tx);
    return new Map(found.rows.map((row) => [row.user_id, row.name]));
  });
}

export type GridMember = {
  readonly postId: string;
  readonly userId: string;
  readonly name: string;
  readonly nameEn: string;
  /** Of the office; never private. */
  readonly phone: string | null;
  readonly gridRole: GridRole;
  readonly validFrom: string;
  readonly validTo: string | null;
};

type GridMemberRow = {
  grid: string;
  id: string;
  user_id: string;
  name: string;
  name_en: string;
  phone: string | null;
  grid_role: GridRole;
  valid_from: string;
  valid_to: string | null;
};

/** The teams of several grids at `now`, leader first; grids without anyone are left out. */
export async function gridTeams(tx: ReadTx, grids: readonly string[], now: Date): Promise<Map<string, GridMember[]>> {
  const teams = new Map<string, GridMember[]>();
  if (grids.length === 0) return teams;
  const found = await sql<GridMemberRow>`
    SELECT g.grid, p.id, p.user_id, person.name, person.name_en, person.phone, p.grid_role,
      p.valid_from::text AS valid_from, p.valid_to::text AS valid_to
    FROM organisations.post p CROSS JOIN LATERAL unnest(p.scope) AS g (grid)
    JOIN organisations.organisation o ON o.tenant_id = p.tenant_id AND o.id = p.organisation_id
    JOIN organisations.person person ON person.tenant_id = p.tenant_id AND person.user_id = p.user_id
    WHERE p.tenant_id = ${tenant} AND p.role = 'grid_worker' AND p.scope && ${[...grids]}::text[]
      AND g.grid = ANY(${[...grids]}) AND ${holds(dayOf(now))}
    ORDER BY g.grid, array_position(ARRAY['leader', 'full_time', 'part_time', 'adviser'], p.grid_role), p.id`.execute(
    tx,
  );
  for (const row of found.rows) {
    const team = teams.get(row.grid) ?? [];
    team.push(toMember(row));
    teams.set(row.grid, team);
  }
  return teams;
}

function toMember(row: GridMemberRow): GridMember {
  return {
    postId: row.id,
    userId: row.user_id,
    name: row.name,
    nameEn: row.name_en,
    phone: row.phone,
    gridRole: row.grid_role,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}

/** Leader, full-time, part-time and advisers of one grid at `now`. */
export async function gridTeam(tx: ReadTx, gridCode: string, now: Date): Promise<GridMember[]> {
  return (await gridTeams(tx, [gridCode], now)).get(gridCode) ?? [];
}
