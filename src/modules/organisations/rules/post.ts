import { type Lane, type Role, SEPARATE_OFFICES } from '../../../platform/auth/actor.ts';
import { type Refusal, refuse } from '../../../kit/result.ts';
import { holdsOn, type Organisation } from './organisation.ts';

/** Who belongs to a grid's team: leader (网格长), full-time, part-time, adviser (指导员). */
export const GRID_ROLES = ['leader', 'full_time', 'part_time', 'adviser'] as const;
export type GridRole = (typeof GRID_ROLES)[number];

/** Roles that open the platform itself; only who answers for the whole jurisdiction may give them. */
export const RESERVED_ROLES: readonly Role[] = SEPARATE_OFFICES;

/** What is laid down about a post; `validTo` is the first day on which it no longer holds. */
export type PostTerms = {
  readonly userId: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly gridRole: GridRole | null;
  readonly scope: readonly string[];
  readonly lanes: readonly Lane[] | null;
  readonly validFrom: string;
  readonly validTo: string | null;
};

export type HeldPost = PostTerms & { readonly id: string };

/** Shortest set of prefixes with the same extent, in order. */
export function normaliseScope(scope: readonly string[]): readonly string[] {
  const sorted = [...new Set(scope)].sort();
  return sorted.filter((code) => !sorted.some((other) => other !== code && code.startsWith(other)));
}

/** True when an area lies inside one of the scope's prefixes. */
export function scopeCovers(scope: readonly string[], areaCode: string): boolean {
  return scope.some((prefix) => areaCode.startsWith(prefix));
}

function scopesMeet(one: readonly string[], other: readonly string[]): boolean {
  return one.some((a) => other.some((b) => a.startsWith(b) || b.startsWith(a)));
}

function termsMeet(one: PostTerms, other: PostTerms): boolean {
  const startsBeforeEnd = (a: PostTerms, b: PostTerms) => b.validTo === null || a.validFrom < b.validTo;
  const empty = (a: PostTerms) => a.validTo !== null && a.validTo <= a.validFrom;
  return !empty(one) && !empty(other) && startsBeforeEnd(one, other) && startsBeforeEnd(other, one);
}

/** A grid code has 15 digits, a micro-grid 17. */
export function isGridCode(code: string): boolean {
  return code.length === 15 || code.length === 17;
}

/**
 * Says why a post cannot be given, or null. `held` are all posts of the same person that are not over.
 * Sources: scope lies inside the body's area; one full-time grid a person; the same post is not held twice at a time;
 * system, security and audit in three hands (GB/T 22239, 8.1.5), unless `combined` allows otherwise.
 */
export function refusePost(
  post: PostTerms,
  organisation: Organisation,
  held: readonly HeldPost[],
  jurisdictionPrefix: string,
  combined = false,
): Refusal | null {
  if (post.validTo !== null && post.validTo <= post.validFrom) return refuse('organisations.term_backwards');
  if (!holdsOn(organisation, post.validFrom)) return refuse('organisations.closed', { name: organisation.name });
  const outer = organisation.external ? jurisdictionPrefix : organisation.areaCode;
  const outside = post.scope.find((code) => !code.startsWith(outer));
  if (outside !== undefined) {
    return refuse('organisations.scope_outside', { code: outside, name: organisation.name });
  }
  return refuseGridPost(post, held) ?? refuseTwice(post, held) ?? (combined ? null : refuseSecondOffice(post, held));
}

function refuseSecondOffice(post: PostTerms, held: readonly HeldPost[]): Refusal | null {
  const other = otherOffice(post, held);
  return other ? refuse('organisations.offices_apart', { held: other.role }) : null;
}

/** A post of another of the three separate offices that the same person holds at the same time. */
export function otherOffice(post: PostTerms, held: readonly HeldPost[]): HeldPost | null {
  if (!SEPARATE_OFFICES.includes(post.role)) return null;
  const others = SEPARATE_OFFICES.filter((role) => role !== post.role);
  return held.find((one) => others.includes(one.role) && termsMeet(one, post)) ?? null;
}

function refuseGridPost(post: PostTerms, held: readonly HeldPost[]): Refusal | null {
  if (post.role !== 'grid_worker') {
    return post.gridRole === null ? null : refuse('organisations.grid_role_needless');
  }
  if (post.gridRole === null) return refuse('organisations.grid_role_needed');
  if (!post.scope.every(isGridCode)) return refuse('organisations.grid_code_needed');
  if (post.gridRole !== 'full_time') return null;
  if (post.scope.length > 1) return refuse('organisations.full_time_one_grid');
  const other = held.find((one) => one.gridRole === 'full_time' && termsMeet(one, post));
  return other ? refuse('organisations.full_time_taken', { grid: other.scope[0] ?? '' }) : null;
}

function refuseTwice(post: PostTerms, held: readonly HeldPost[]): Refusal | null {
  const twin = held.find(
    (one) =>
      one.organisationId === post.organisationId &&
      one.role === post.role &&
      one.gridRole === post.gridRole &&
      scopesMeet(one.scope, post.scope) &&
      termsMeet(one, post),
  );
  return twin ? refuse('organisations.post_overlaps', { from: twin.validFrom, to: twin.validTo ?? '' }) : null;
}

/** Says why an administrator may not give this post: its scope reaches beyond his own, or the role is reserved. */
export function refuseGiving(
  post: Pick<PostTerms, 'role' | 'scope'>,
  administratorScope: readonly string[],
  jurisdictionPrefix: string,
): Refusal | null {
  const beyond = post.scope.find((code) => !scopeCovers(administratorScope, code));
  if (beyond !== undefined) return refuse('organisations.beyond_own_scope', { code: beyond });
  const whole = scopeCovers(administratorScope, jurisdictionPrefix);
  return RESERVED_ROLES.includes(post.role) && !whole ? refuse('organisations.role_reserved') : null;
}

/** The day on which an ending takes effect: never before the post began, never moved later than it was. */
export function refuseEnding(
  post: Pick<PostTerms, 'validFrom' | 'validTo'>,
  endsOn: string,
  today: string,
): Refusal | null {
  if (post.validTo !== null && post.validTo <= today) return refuse('organisations.post_over', { day: post.validTo });
  if (endsOn < today) return refuse('organisations.ending_in_past');
  return post.validTo !== null && endsOn > post.validTo
    ? refuse('organisations.ending_after_term', { day: post.validTo })
    : null;
}
