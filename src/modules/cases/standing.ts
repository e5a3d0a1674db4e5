import type { Actor, Post, Role } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import { assistingOrganisations } from './rules/assisting.ts';
import type { Acting } from './rules/context.ts';
import type { CaseState } from './rules/state.ts';
import type { Party } from './rules/words.ts';

/**
 * What an actor is to one case. Posts speak by area (and lane), by the organisation that leads or assists, or both;
 * independence of a verifier is the rules' to judge, from all his organisations.
 */
export function actingOn(actor: Actor, state: CaseState): Acting {
  switch (actor.kind) {
    case 'system':
      return { id: `system:${actor.name}`, standing: new Map([['system', null]]), organisationIds: [] };
    case 'resident':
    case 'anonymous':
      return { id: actor.kind, standing: new Map([['requester', null]]), organisationIds: [] };
    case 'officer':
      return { id: actor.userId, standing: standingOf(actor.posts, state), organisationIds: organisationsOf(actor) };
  }
}

function standingOf(posts: readonly Post[], state: CaseState): ReadonlyMap<Party, string | null> {
  const standing = new Map<Party, string | null>();
  for (const post of posts) {
    for (const party of partiesOf(post, state)) {
      if (!standing.has(party)) standing.set(party, post.organisationId);
    }
  }
  return standing;
}

function partiesOf(post: Post, state: CaseState): Party[] {
  const parties: Party[] = [];
  const handles = post.role === 'handler' || post.role === 'community_worker';
  if (handles && state.dispatch?.leadId === post.organisationId) parties.push('lead');
  if (handles && assistingOrganisations(state).includes(post.organisationId)) parties.push('assist');
  const inArea = post.scope.some((prefix) => state.areaCode.startsWith(prefix));
  const inLane = post.lanes === null || post.lanes.includes(state.caseClass.lane);
  if (inArea && inLane && isParty(post.role)) parties.push(post.role);
  return parties;
}

/** Handlers are parties by their office; who answers for keys and sessions has no part in cases at all. */
function isParty(role: Role): role is Exclude<Role, 'handler' | 'security_administrator'> {
  return role !== 'handler' && role !== 'security_administrator';
}

/** What the one who files a request is: there is no case yet, so only his posts in its area count. */
export function actingAtOpening(actor: Actor, areaCode: string): Acting {
  if (actor.kind !== 'officer') return actingOn(actor, { areaCode } as CaseState);
  const standing = new Map<Party, string | null>();
  for (const post of actor.posts) {
    const inArea = post.scope.some((prefix) => areaCode.startsWith(prefix));
    if (inArea && isParty(post.role) && !standing.has(post.role)) standing.set(post.role, post.organisationId);
  }
  return { id: actor.userId, standing, organisationIds: organisationsOf(actor) };
}
