import { type RawBuilder, sql } from 'kysely';
import type { Actor, Post } from '../../platform/auth/actor.ts';
import { covers, organisationsOf, type Permissions, postsFor } from '../../platform/auth/permission.ts';

/** The post by which somebody decides about a place; the first that covers it. */
export function decidingPost(permissions: Permissions, actor: Actor, areaCode: string): Post | null {
  return postsFor(permissions, actor, 'exclusions.decide').find((post) => covers([post], areaCode)) ?? null;
}

export function mayDecide(permissions: Permissions, actor: Actor, areaCode: string): boolean {
  return decidingPost(permissions, actor, areaCode) !== null;
}

/** SQL condition on `e`: the own office's, and those of the places where the actor's posts decide. */
export function visibleExclusions(permissions: Permissions, actor: Actor): RawBuilder<boolean> {
  if (actor.kind !== 'officer') return sql<boolean>`false`;
  const own = [...organisationsOf(actor)];
  const areas = postsFor(permissions, actor, 'exclusions.decide').flatMap((post) =>
    post.scope.map((prefix) => sql`(e.area_code >= ${prefix} AND e.area_code < ${`${prefix}:`})`),
  );
  const mine = sql`e.organisation_id = ANY(${own}::uuid[]) OR e.asked_by_organisation_id = ANY(${own}::uuid[])`;
  return sql<boolean>`(${sql.join([mine, ...areas], sql` OR `)})`;
}
