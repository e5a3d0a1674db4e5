import { type RawBuilder, sql } from 'kysely';
import type { Actor, Lane, Post } from '../../platform/auth/actor.ts';
import { organisationsOf, type Permissions, postsFor } from '../../platform/auth/permission.ts';
import type { Standing } from './rules/legal.ts';
import type { Order } from './rules/order.ts';

/** What an officer is to an order, by his posts. */
export function standingOn(permissions: Permissions, actor: Actor, order: Order): Standing {
  if (actor.kind !== 'officer') throw new Error('orders are between offices');
  const posts = (action: string) => postsFor(permissions, actor, action);
  return {
    userId: actor.userId,
    organisationIds: organisationsOf(actor),
    inAddressee: posts('supervision.answer').some((post) => post.organisationId === order.addresseeId),
    inReviewer: posts('supervision.review').some((post) => post.organisationId === order.reviewerId),
    supervisesArea: posts('supervision.lift').some((post) => reaches(post, order)),
  };
}

function reaches(post: Post, order: Pick<Order, 'areaCode' | 'lane'>): boolean {
  const inLane = post.lanes === null || (order.lane !== null && post.lanes.includes(order.lane as Lane));
  return inLane && post.scope.some((prefix) => order.areaCode.startsWith(prefix));
}

/** Whether an officer may know of an order: his organisation is in it, or a post reads its area and lane. */
export function seesOrder(permissions: Permissions, actor: Actor, order: Order): boolean {
  if (actor.kind !== 'officer') return false;
  const own = organisationsOf(actor);
  if ([order.addresseeId, order.reviewerId, order.issuerId].some((id) => id !== null && own.includes(id))) return true;
  return postsFor(permissions, actor, 'supervision.read_area').some((post) => reaches(post, order));
}

/** SQL condition on `o`: orders of the areas and lanes that the actor's posts read. */
export function ordersOfArea(permissions: Permissions, actor: Actor): RawBuilder<boolean> {
  const parts = postsFor(permissions, actor, 'supervision.read_area').flatMap((post) =>
    post.scope.map(
      (prefix) =>
        sql`(o.area_code >= ${prefix} AND o.area_code < ${`${prefix}:`}${
          post.lanes ? sql` AND o.lane = ANY(${[...post.lanes]})` : sql``
        })`,
    ),
  );
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` OR `)})`;
}
