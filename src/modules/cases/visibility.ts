import { type RawBuilder, sql } from 'kysely';
import type { Actor, Lane, Officer } from '../../platform/auth/actor.ts';
import { organisationsOf, type Permissions, postsFor } from '../../platform/auth/permission.ts';

/**
 * The one visibility fragment. An officer sees a case when a post that may read by area covers it (and its lane, where
 * the post is limited to some), or when his organisation leads, assists, or is responsible for it. Sealed and
 * confidential cases open by area only to posts that hold `cases.read_sealed`.
 */
export type CaseLines = { readonly areaCode: string; readonly lane: Lane; readonly sensitivity: string };

export type Reach = { readonly prefix: string; readonly lanes: readonly Lane[] | null; readonly sealed: boolean };

/** The areas an officer sees cases of through posts that grant `action`, each with what narrows it. */
export function reachOf(permissions: Permissions, actor: Officer, action: string): readonly Reach[] {
  const sealed = new Set(postsFor(permissions, actor, 'cases.read_sealed').map((post) => post.id));
  const readers = new Set(postsFor(permissions, actor, 'cases.read_area').map((post) => post.id));
  return postsFor(permissions, actor, action)
    .filter((post) => readers.has(post.id))
    .flatMap((post) => post.scope.map((prefix) => ({ prefix, lanes: post.lanes, sealed: sealed.has(post.id) })));
}

/** The same rule as `visibleSql`, for one case already loaded. */
export function seesByArea(permissions: Permissions, actor: Officer, action: string, of: CaseLines): boolean {
  return reachOf(permissions, actor, action).some(
    (reach) =>
      of.areaCode.startsWith(reach.prefix) &&
      (reach.lanes === null || reach.lanes.includes(of.lane)) &&
      (reach.sealed || of.sensitivity === 'normal'),
  );
}

/** SQL condition on `cases.case_file AS c`: what the actor sees by area through posts that grant `action`. */
export function visibleByArea(permissions: Permissions, actor: Actor, action: string): RawBuilder<boolean> {
  if (actor.kind !== 'officer') return sql<boolean>`false`;
  const parts = reachOf(permissions, actor, action).map(
    (reach) =>
      sql`(c.area_code >= ${reach.prefix} AND c.area_code < ${`${reach.prefix}:`}${
        reach.lanes ? sql` AND c.lane = ANY(${[...reach.lanes]})` : sql``
      }${reach.sealed ? sql`` : sql` AND c.sensitivity = 'normal'`})`,
  );
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` OR `)})`;
}

/** SQL condition on `c`: the actor's organisations lead or are responsible. */
export function ledBy(actor: Actor, organisations?: readonly string[]): RawBuilder<boolean> {
  if (actor.kind !== 'officer') return sql<boolean>`false`;
  const own = [...(organisations ?? organisationsOf(actor))];
  return sql<boolean>`(c.lead_organisation_id = ANY(${own}::uuid[]))`;
}

/** SQL condition on `c`: everything the actor may see. For cases already chosen; a list walks (`pages.ts`). */
export function visible(permissions: Permissions, actor: Actor): RawBuilder<boolean> {
  if (actor.kind !== 'officer') return sql<boolean>`false`;
  const own = organisationsOf(actor);
  return sql<boolean>`(${visibleByArea(permissions, actor, 'cases.read')} OR c.lead_organisation_id = ANY(${[...own]}::uuid[])
    OR ${assistedBy(own)})`;
}

/**
 * One of these organisations assists. A subquery of one value: of an EXISTS the planner would rather read everything they
 * ever assisted.
 */
export function assistedBy(organisations: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`coalesce((SELECT true FROM cases.assist a WHERE a.tenant_id = c.tenant_id AND a.case_id = c.id
    AND a.organisation_id = ANY(${[...organisations]}::uuid[]) LIMIT 1), false)`;
}
