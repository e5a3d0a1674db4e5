import { type Result, refuse } from '../../kit/result.ts';
import { type Actor, type Lane, LANES } from '../../platform/auth/actor.ts';
import { type Permissions, postsFor } from '../../platform/auth/permission.ts';

/** What of an area's counts somebody may look at. */
export type Reach = {
  readonly restricted: boolean;
  /** Null: all. */
  readonly lanes: readonly Lane[] | null;
};

/** The areas somebody may begin at: those of his posts, none within another. */
export function areasOfReader(permissions: Permissions, actor: Actor): readonly string[] {
  const prefixes = new Set(postsFor(permissions, actor, 'statistics.read').flatMap((post) => post.scope));
  return [...prefixes]
    .filter((code) => ![...prefixes].some((other) => other !== code && code.startsWith(other)))
    .sort();
}

/**
 * Who sees counts of an area: a post whose role may and whose area covers it, limited to its lanes. Sealed and
 * confidential cases are in them only for posts that may read such cases by area, so that no number tells of one.
 */
export function reachInto(permissions: Permissions, actor: Actor, areaCode: string): Result<Reach> {
  const covers = (post: { readonly scope: readonly string[] }) =>
    post.scope.some((prefix) => areaCode.startsWith(prefix));
  const posts = postsFor(permissions, actor, 'statistics.read').filter(covers);
  if (posts.length === 0) return refuse('statistics.area_not_yours');
  const sealed = new Set(postsFor(permissions, actor, 'cases.read_sealed').map((post) => post.id));
  const lanes = posts.some((post) => post.lanes === null)
    ? null
    : LANES.filter((lane) => posts.some((post) => post.lanes?.includes(lane)));
  // All of the posts: one that sees fewer cases but more lanes must not open sealed cases of those lanes.
  return { restricted: posts.every((post) => sealed.has(post.id)), lanes };
}
