import { refuse } from '../../kit/result.ts';
import type { TargetResolver } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, type Permissions, postsFor } from '../../platform/auth/permission.ts';
import type { Organisation } from './rules/organisation.ts';
import type { HeldPost } from './rules/post.ts';
import { findOrganisation } from './store.ts';
import { findPost } from './write-posts.ts';

/** What the resolver of `post` hands to a route. */
export type PostTarget = { readonly post: HeldPost; readonly organisation: Organisation };

/** The prefixes of an actor's posts that grant an action. */
export function scopeFor(permissions: Permissions, actor: Actor, action: string): readonly string[] {
  return postsFor(permissions, actor, action).flatMap((post) => post.scope);
}

/**
 * Organisations are public bodies: every officer may read of them. What changes them needs a post that covers their
 * area.
 */
export function organisationResolver(permissions: Permissions): TargetResolver {
  return async (tx, actor, action, id, { lock }) => {
    const organisation = await findOrganisation(tx, id, { lock });
    if (!organisation) return refuse('organisations.not_found');
    const posts = postsFor(permissions, actor, action);
    if (action === 'organisations.read' && posts.length > 0) return organisation;
    return covers(posts, organisation.areaCode) ? organisation : refuse('auth.forbidden');
  };
}

/** A post is its organisation's; whether the actor's scope reaches the post's own is asked by the route. */
export function postResolver(permissions: Permissions): TargetResolver {
  return async (tx, actor, action, id, { lock }) => {
    const post = await findPost(tx, id, { lock });
    if (!post) return refuse('organisations.post_not_found');
    const organisation = await findOrganisation(tx, post.organisationId);
    if (!organisation) return refuse('organisations.post_not_found');
    const target: PostTarget = { post, organisation };
    return covers(postsFor(permissions, actor, action), organisation.areaCode) ? target : refuse('auth.forbidden');
  };
}
