import { sql } from 'kysely';
import { isRefusal, type Refusal, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { areaNames } from '../areas/index.ts';
import { ORGANISATION_ACTIONS, type OrganisationDetail, type PostItem } from './contract.ts';
import { holdsOn, type Organisation } from './rules/organisation.ts';
import { refuseEnding, refuseGiving, scopeCovers } from './rules/post.ts';
import { organisationNames, organisationsOf } from './store.ts';
import { POST_COLUMNS, type PostRow, tenant } from './rows.ts';
import { scopeFor } from './targets.ts';
import { refuseClosing } from './write-organisations.ts';

/** Through whose eyes posts are shown. */
export type PostView = {
  readonly today: string;
  /** What the reader administers; empty for others. */
  readonly manages: readonly string[];
  readonly jurisdictionPrefix: string;
};

type ShownPost = PostRow & { readonly end_reason: string | null };

/** Posts as screens show them: names of people, bodies and areas in three queries, whatever the number. */
export async function presentPosts(tx: ReadTx, rows: readonly ShownPost[], view: PostView): Promise<PostItem[]> {
  const organisations = await organisationsOf(
    tx,
    rows.map((row) => row.organisation_id),
  );
  const areas = await areaNames(
    tx,
    rows.flatMap((row) => row.scope),
  );
  const sets = await areaSetNames(
    tx,
    rows.flatMap((row) => row.area_set_id ?? []),
  );
  const people = await peopleOf(
    tx,
    rows.map((row) => row.user_id),
  );
  return rows.map((row) => {
    const organisation = organisations.get(row.organisation_id);
    if (!organisation) throw new Error(`post ${row.id} has no organisation`);
    const { id, name, nameEn, shortName } = organisation;
    return {
      id: row.id,
      person: people.get(row.user_id) ?? { userId: row.user_id, name: '', nameEn: '', phone: null },
      organisation: { id, name, nameEn, shortName },
      role: row.role,
      gridRole: row.grid_role,
      titleZh: row.title_zh,
      titleEn: row.title_en,
      scope: row.scope.map((code) => ({ code, name: code, path: code, ...areas.get(code) })),
      areaSet: row.area_set_id === null ? null : { id: row.area_set_id, name: sets.get(row.area_set_id) ?? '' },
      lanes: row.lanes,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      state: stateOf(row, organisation, view.today),
      endReason: row.end_reason,
      endRefusal: endRefusal(row, organisation, view)?.code ?? null,
    };
  });
}

function stateOf(row: PostRow, organisation: Organisation, today: string): PostItem['state'] {
  if (row.valid_to !== null && row.valid_to <= today) return 'over';
  if (row.valid_from > today) return 'future';
  return holdsOn(organisation, today) ? 'current' : 'over';
}

function endRefusal(row: PostRow, organisation: Organisation, view: PostView): Refusal | null {
  if (!scopeCovers(view.manages, organisation.areaCode)) return refuse('auth.forbidden');
  return (
    refuseGiving(row, view.manages, view.jurisdictionPrefix) ??
    refuseEnding({ validFrom: row.valid_from, validTo: row.valid_to }, view.today, view.today)
  );
}

async function areaSetNames(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await sql<{ id: string; name: string }>`
    SELECT id, name FROM areas.area_set WHERE tenant_id = ${tenant} AND id = ANY(${[...new Set(ids)]}::uuid[])`.execute(
    tx,
  );
  return new Map(found.rows.map((row) => [row.id, row.name]));
}

async function peopleOf(tx: ReadTx, userIds: readonly string[]): Promise<Map<string, PostItem['person']>> {
  if (userIds.length === 0) return new Map();
  const found = await sql<{ user_id: string; name: string; name_en: string; phone: string | null }>`
    SELECT user_id, name, name_en, phone FROM organisations.person
    WHERE tenant_id = ${tenant} AND user_id = ANY(${[...new Set(userIds)]})`.execute(tx);
  return new Map(
    found.rows.map((row) => [
      row.user_id,
      { userId: row.user_id, name: row.name, nameEn: row.name_en, phone: row.phone },
    ]),
  );
}

/** One organisation as its page shows it. People are shown to who may read posts there, and to its own members. */
export async function presentOrganisation(
  tx: ReadTx,
  app: App,
  actor: Actor,
  organisation: Organisation,
  view: PostView,
  now: Date,
): Promise<OrganisationDetail> {
  const area = (await areaNames(tx, [organisation.areaCode])).get(organisation.areaCode);
  const more = await moreOf(tx, organisation.id);
  const related = [organisation.lineSuperiorId, organisation.directingBodyId, more.successorId];
  const names = await organisationNames(
    tx,
    related.flatMap((id) => id ?? []),
  );
  const ref = (id: string | null) => {
    const found = id === null ? undefined : names.get(id);
    return id === null || !found ? null : { id, ...found };
  };
  const { lineSuperiorId, directingBodyId, areaCode, ...shown } = organisation;
  return {
    organisation: {
      ...shown,
      area: { code: areaCode, name: areaCode, path: areaCode, ...area },
      directs: more.directs,
    },
    lineSuperior: ref(lineSuperiorId),
    directingBody: ref(directingBodyId),
    leadsInLine: more.leadsInLine,
    successor: ref(more.successorId),
    formerNames: more.formerNames,
    posts: maySeePosts(app, actor, organisation) ? await postsAt(tx, organisation.id, view) : null,
    actions: await actionsOn(tx, app, actor, organisation, dayOf(now)),
  };
}

function maySeePosts(app: App, actor: Actor, organisation: Organisation): boolean {
  if (actor.kind !== 'officer') return false;
  if (actor.posts.some((post) => post.organisationId === organisation.id)) return true;
  return covers(postsFor(app.permissions, actor, 'posts.read'), organisation.areaCode);
}

type More = {
  readonly directs: number;
  readonly leadsInLine: number;
  readonly successorId: string | null;
  readonly formerNames: OrganisationDetail['formerNames'];
};

async function moreOf(tx: ReadTx, id: string): Promise<More> {
  const found = await sql<{ directs: number; leads: number; successor_id: string | null }>`
    SELECT o.successor_id,
      (SELECT count(*)::int FROM organisations.organisation d
       WHERE d.tenant_id = o.tenant_id AND d.directing_body_id = o.id AND d.valid_to IS NULL) AS directs,
      (SELECT count(*)::int FROM organisations.organisation d
       WHERE d.tenant_id = o.tenant_id AND d.line_superior_id = o.id AND d.valid_to IS NULL) AS leads
    FROM organisations.organisation o WHERE o.tenant_id = ${tenant} AND o.id = ${id}::uuid`.execute(tx);
  const former = await sql<{ name: string; name_en: string; short_name: string; until_date: string }>`
    SELECT name, name_en, short_name, until_date::text AS until_date FROM organisations.former_name
    WHERE tenant_id = ${tenant} AND organisation_id = ${id}::uuid ORDER BY version DESC`.execute(tx);
  const row = found.rows[0];
  return {
    directs: row?.directs ?? 0,
    leadsInLine: row?.leads ?? 0,
    successorId: row?.successor_id ?? null,
    formerNames: former.rows.map((each) => ({
      name: each.name,
      nameEn: each.name_en,
      shortName: each.short_name,
      until: each.until_date,
    })),
  };
}

/** The posts of an organisation that are not over, and those that ended in the last year. */
async function postsAt(tx: ReadTx, organisationId: string, view: PostView): Promise<PostItem[]> {
  const found = await sql<ShownPost>`
    SELECT ${POST_COLUMNS}, p.end_reason FROM organisations.post p
    WHERE p.tenant_id = ${tenant} AND p.organisation_id = ${organisationId}::uuid
      AND (p.valid_to IS NULL OR p.valid_to > ${view.today}::date - 365)
    ORDER BY (p.valid_to IS NOT NULL AND p.valid_to <= ${view.today}::date), p.role, p.id LIMIT 200`.execute(tx);
  return presentPosts(tx, found.rows, view);
}

async function actionsOn(
  tx: ReadTx,
  app: App,
  actor: Actor,
  organisation: Organisation,
  today: string,
): Promise<OrganisationDetail['actions']> {
  const open = organisation.validTo === null || organisation.validTo > today;
  const closed = open ? null : refuse('organisations.closed');
  const needs = { change: 'organisations.manage', close: 'organisations.manage', add_post: 'posts.manage' } as const;
  const actions: OrganisationDetail['actions'] = [];
  for (const action of ORGANISATION_ACTIONS) {
    const mayDo = scopeCovers(scopeFor(app.permissions, actor, needs[action]), organisation.areaCode);
    const refusal = mayDo ? closed : refuse('auth.forbidden');
    const closing =
      refusal === null && action === 'close' ? await refuseClosing(tx, organisation, today, organisation.id) : null;
    const why = refusal ?? closing;
    actions.push({ action, allowed: !isRefusal(why), refusal: why?.code ?? null, details: { ...why?.details } });
  }
  return actions;
}
