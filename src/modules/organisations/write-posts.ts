import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import { areaSetCodes, areasOf, findJurisdiction } from '../areas/index.ts';
import { type HeldPost, normaliseScope, otherOffice, type PostTerms, refuseEnding, refusePost } from './rules/post.ts';
import { isUuid, POST_COLUMNS, type PostRow, tenant, toHeldPost } from './rows.ts';
import { findOrganisation } from './store.ts';

export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly nameEn?: string | null;
  /** Of the office, never private. */
  readonly phone?: string | null;
};

/** Enters an officer, or corrects what colleagues see of him; his account has the same id. */
export async function savePerson(tx: WriteTx, person: Person): Promise<void> {
  await sql`
    INSERT INTO organisations.person (tenant_id, user_id, name, name_en, phone)
    VALUES (${tenant}, ${person.userId}, ${person.name}, ${person.nameEn ?? ''}, ${person.phone ?? null})
    ON CONFLICT (tenant_id, user_id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
      phone = excluded.phone`.execute(tx);
}

/** Enters an officer unless he is known already; what was corrected since stays. */
export async function enterPerson(tx: WriteTx, person: Pick<Person, 'userId' | 'name'>): Promise<void> {
  await sql`
    INSERT INTO organisations.person (tenant_id, user_id, name) VALUES (${tenant}, ${person.userId}, ${person.name})
    ON CONFLICT (tenant_id, user_id) DO NOTHING`.execute(tx);
}

/** Corrects what colleagues see of an officer; false when he is unknown. */
export async function changePerson(tx: WriteTx, person: Person): Promise<boolean> {
  if (!(await lockPerson(tx, person.userId))) return false;
  await savePerson(tx, person);
  return true;
}

/** The division prefix of the whole jurisdiction; throws before divisions were loaded. */
export async function jurisdictionPrefix(tx: ReadTx): Promise<string> {
  const jurisdiction = await findJurisdiction(tx);
  if (!jurisdiction) throw new Error('no divisions loaded');
  return jurisdiction.code;
}

/** Serialises what is done to one person's posts; null when he is unknown. */
async function lockPerson(tx: WriteTx, userId: string): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM organisations.person WHERE tenant_id = ${tenant} AND user_id = ${userId} FOR UPDATE`.execute(tx);
  return found.rows.length > 0;
}

export type NewPost = {
  readonly userId: string;
  readonly organisationId: string;
  readonly role: PostTerms['role'];
  /** Division-code prefixes; left out when an area set is the scope. */
  readonly scope?: readonly string[];
  readonly areaSetId?: string | null;
  readonly gridRole?: PostTerms['gridRole'];
  readonly lanes?: PostTerms['lanes'];
  readonly titleZh?: string | null;
  readonly titleEn?: string | null;
  /** Today unless told. */
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
};

/** Gives a post. Refuses what `refusePost` refuses, unknown people and areas that are not open. */
export async function createPost(
  tx: WriteTx,
  actor: Actor,
  asked: NewPost,
  now: Date,
  { combinedOffices = false }: { readonly combinedOffices?: boolean } = {},
): Promise<Result<HeldPost>> {
  const organisation = await findOrganisation(tx, asked.organisationId);
  if (!organisation) return refuse('organisations.not_found');
  const areaSetId = asked.areaSetId ?? null;
  const codes = areaSetId === null ? (asked.scope ?? []) : await areaSetCodes(tx, areaSetId, now);
  if (codes.length === 0) return refuse('organisations.scope_empty');
  const post: PostTerms = {
    userId: asked.userId,
    organisationId: organisation.id,
    role: asked.role,
    gridRole: asked.gridRole ?? null,
    scope: normaliseScope(codes),
    lanes: asked.lanes ?? null,
    validFrom: asked.validFrom ?? dayOf(now),
    validTo: asked.validTo ?? null,
  };
  if (!(await lockPerson(tx, post.userId))) return refuse('organisations.person_unknown');
  const held = await currentPosts(tx, post.userId, dayOf(now));
  const refusal =
    refusePost(post, organisation, held, await jurisdictionPrefix(tx), combinedOffices) ??
    (await refuseAreas(tx, post.scope, now));
  if (refusal) return refusal;
  const id = uuidv7(now.getTime());
  await sql`
    INSERT INTO organisations.post (tenant_id, id, user_id, organisation_id, role, grid_role, title_zh, title_en, scope,
      area_set_id, lanes, valid_from, valid_to, created_at, created_by)
    VALUES (${tenant}, ${id}, ${post.userId}, ${organisation.id}, ${post.role}, ${post.gridRole},
      ${asked.titleZh ?? ''}, ${asked.titleEn ?? ''}, ${[...post.scope]}::text[], ${areaSetId},
      ${post.lanes === null ? null : [...post.lanes]}::text[], ${post.validFrom}::date, ${post.validTo}::date, ${now},
      ${actorId(actor)})`.execute(tx);
  await tell(tx, actor, 'post.created', { ...post, id }, now);
  return { ...post, id };
}

/** Whether the holder of a post also holds another of the three offices that are to be apart. */
export async function holdsOtherOffice(tx: ReadTx, post: HeldPost, now: Date): Promise<boolean> {
  return otherOffice(post, await currentPosts(tx, post.userId, dayOf(now))) !== null;
}

/** Tells others of a post by ids alone. */
function tell(tx: WriteTx, actor: Actor, kind: string, post: HeldPost, at: Date): Promise<void> {
  const { userId, organisationId, role } = post;
  return publish(tx, { tenant: actor.tenant, kind, subject: post.id, at, payload: { userId, organisationId, role } });
}

async function currentPosts(tx: ReadTx, userId: string, today: string): Promise<HeldPost[]> {
  const found = await sql<PostRow>`
    SELECT ${POST_COLUMNS} FROM organisations.post p
    WHERE p.tenant_id = ${tenant} AND p.user_id = ${userId} AND (p.valid_to IS NULL OR p.valid_to > ${today}::date)`.execute(
    tx,
  );
  return found.rows.map(toHeldPost);
}

async function refuseAreas(tx: ReadTx, scope: readonly string[], now: Date): Promise<Refusal | null> {
  const today = dayOf(now);
  const areas = new Map((await areasOf(tx, scope)).map((area) => [area.code, area]));
  const missing = scope.find((code) => {
    const area = areas.get(code);
    return !area || (area.validTo !== null && area.validTo <= today);
  });
  return missing === undefined ? null : refuse('organisations.area_unknown', { code: missing });
}

/** The post of `id` with its organisation, over or not; null when there never was one. */
export async function findPost(
  tx: ReadTx,
  id: string,
  options: { readonly lock?: boolean } = {},
): Promise<HeldPost | null> {
  if (!isUuid(id)) return null;
  const found = await sql<PostRow>`
    SELECT ${POST_COLUMNS} FROM organisations.post p
    WHERE p.tenant_id = ${tenant} AND p.id = ${id}::uuid ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(tx);
  const row = found.rows[0];
  return row ? toHeldPost(row) : null;
}

/** Ends a post from a day on; a post that had not begun is taken back whole. */
export async function endPost(
  tx: WriteTx,
  actor: Actor,
  post: HeldPost,
  ending: { readonly endsOn: string; readonly reason: string },
  now: Date,
): Promise<Result<{ validTo: string }>> {
  const refusal = refuseEnding(post, ending.endsOn, dayOf(now));
  if (refusal) return refusal;
  const validTo = ending.endsOn < post.validFrom ? post.validFrom : ending.endsOn;
  await sql`
    UPDATE organisations.post SET valid_to = ${validTo}::date, ended_at = ${now}, ended_by = ${actorId(actor)},
      end_reason = ${ending.reason}
    WHERE tenant_id = ${tenant} AND id = ${post.id}`.execute(tx);
  await tell(tx, actor, 'post.ended', post, now);
  const last = post.role === 'administrator' ? await refuseLastAdministrator(tx, validTo) : null;
  return last ?? { validTo };
}

/** Refuses when from `day` on nobody administers the whole jurisdiction; asked after the change, before the commit. */
export async function refuseLastAdministrator(tx: ReadTx, day: string): Promise<Refusal | null> {
  const prefix = await jurisdictionPrefix(tx);
  const left = await sql`
    SELECT 1 FROM organisations.post p
    JOIN organisations.organisation o ON o.tenant_id = p.tenant_id AND o.id = p.organisation_id
    WHERE p.tenant_id = ${tenant} AND p.role = 'administrator' AND ${prefix} = ANY(p.scope)
      AND p.valid_from <= ${day}::date AND (p.valid_to IS NULL OR p.valid_to > ${day}::date)
      AND (o.valid_to IS NULL OR o.valid_to > ${day}::date) LIMIT 1`.execute(tx);
  return left.rows.length > 0 ? null : refuse('organisations.last_administrator');
}
