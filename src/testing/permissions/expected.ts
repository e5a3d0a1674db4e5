import type { Post, Role } from '../../platform/auth/actor.ts';
import type { Permissions } from '../../platform/auth/permission.ts';
import type { Contract } from '../../platform/http/contract.ts';
import { COUNTY } from '../cast.ts';
import type { CaseFixture, PlacedFixture, TakingPartFixture } from './fixtures.ts';

/** Somebody before the door: an officer with the posts that hold, a resident with his own case, or anyone. */
export type Visitor =
  | { readonly kind: 'officer'; readonly userId: string; readonly posts: readonly Post[] }
  | { readonly kind: 'resident'; readonly caseId: string }
  | { readonly kind: 'anyone' };

export type Target =
  | { readonly kind: 'none' }
  | { readonly kind: 'case'; readonly of: CaseFixture }
  | { readonly kind: 'joint' | 'duty_call'; readonly of: TakingPartFixture }
  | { readonly kind: 'file'; readonly of: CaseFixture | null; readonly uploader: string }
  | { readonly kind: 'area' | 'organisation' | 'post'; readonly of: PlacedFixture };

/** `open`: anything but 401 and 403; what else is wrong with an empty request may be said. */
export type Verdict = 'open' | 401 | 403 | 404;

/** Roles that see cases by area, as the handbook of the house says; handlers see what their office has a part in. */
const BY_AREA: readonly Role[] = [
  'grid_worker',
  'community_worker',
  'dispatcher',
  'verifier',
  'supervisor',
  'evaluator',
];
const SEALED_BY_AREA: readonly Role[] = ['dispatcher', 'supervisor'];

export const covers = (posts: readonly Post[], areaCode: string): boolean =>
  posts.some((post) => post.scope.some((prefix) => areaCode.startsWith(prefix)));

/** Whether somebody may know of a case at all. */
export function seesCase(visitor: Visitor, of: CaseFixture): boolean {
  if (visitor.kind !== 'officer') return visitor.kind === 'resident' && visitor.caseId === of.filed.id;
  const { posts } = visitor;
  if (posts.some((post) => of.offices.includes(post.organisationId))) return true;
  return posts.some(
    (post) =>
      BY_AREA.includes(post.role) &&
      covers([post], of.areaCode) &&
      (post.lanes === null || post.lanes.includes(of.lane)) &&
      (!of.sealed || SEALED_BY_AREA.includes(post.role)),
  );
}

/** Whoever takes part in a joint handling or answers a duty call, and those who see the place by area. */
export function takesPart(visitor: Visitor, of: TakingPartFixture): boolean {
  if (visitor.kind !== 'officer') return false;
  if (visitor.posts.some((post) => of.offices.includes(post.organisationId))) return true;
  return visitor.posts.some(
    (post) =>
      of.readers.includes(post.role) &&
      covers([post], of.areaCode) &&
      (post.lanes === null || post.lanes.includes(of.lane)),
  );
}

/** Who may see who holds which post, and the addresses of people, each within his scope. */
export const READ_POSTS: readonly Role[] = [
  'dispatcher',
  'supervisor',
  'evaluator',
  'administrator',
  'security_administrator',
  'auditor',
];
export const READ_ADDRESSES: readonly Role[] = [
  'grid_worker',
  'community_worker',
  'dispatcher',
  'handler',
  'verifier',
  'administrator',
  // He reads the record of what was done to which id.
  'auditor',
];

export function reads(visitor: Visitor, roles: readonly Role[], of: PlacedFixture): boolean {
  if (visitor.kind !== 'officer') return false;
  const posts = visitor.posts.filter((post) => roles.includes(post.role));
  return covers(posts, of.areaCode);
}

/** What the contract's access, the roles' grants and the scope of posts come to; the server is asked afterwards. */
export function expected(permissions: Permissions, contract: Contract, visitor: Visitor, target: Target): Verdict {
  const { access } = contract;
  if (access.kind === 'public') return 'open';
  if (access.kind === 'resident') return visitor.kind === 'resident' ? 'open' : 401;
  if (visitor.kind !== 'officer') return 401;
  if (access.kind === 'signed_in') return 'open';
  const posts = visitor.posts.filter((post) => permissions.get(post.role)?.has(access.action));
  if (posts.length === 0) return 403;
  if (access.target === 'visible') return 'open';
  if (access.target === 'tenant') return covers(posts, COUNTY) ? 'open' : 403;
  return ofTarget(access.action, visitor, posts, target);
}

function ofTarget(
  action: string,
  visitor: Visitor & { readonly kind: 'officer' },
  posts: readonly Post[],
  target: Target,
): Verdict {
  switch (target.kind) {
    case 'case':
      return seesCase(visitor, target.of) ? 'open' : 404;
    case 'file':
      if (target.of === null) return target.uploader === visitor.userId ? 'open' : 404;
      return seesCase(visitor, target.of) ? 'open' : 404;
    case 'joint':
    case 'duty_call':
      return takesPart(visitor, target.of) ? 'open' : 404;
    case 'organisation':
      // Bodies are public; what changes them needs a post that covers their area.
      return action === 'organisations.read' || covers(posts, target.of.areaCode) ? 'open' : 403;
    case 'area':
    case 'post':
      return covers(posts, target.of.areaCode) ? 'open' : 403;
    case 'none':
      throw new Error(`${action} has a target, and none was given`);
  }
}
