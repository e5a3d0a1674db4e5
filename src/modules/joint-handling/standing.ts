import type { Actor, Role } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import type { Acting } from './rules/context.ts';
import type { Joint } from './rules/state.ts';
import type { Party } from './rules/words.ts';

/** Who speaks for a called organisation: its handlers, and the dispatchers of a called centre. */
const SPEAKERS: readonly Role[] = ['handler', 'dispatcher'];

/** What an actor is to one joint handling: his posts' organisations, each by the part it has. */
export function actingOn(actor: Actor, joint: Joint): Acting {
  if (actor.kind === 'system') {
    return { id: `system:${actor.name}`, standing: new Map([['system', []]]), organisationIds: [] };
  }
  if (actor.kind !== 'officer') return { id: actor.kind, standing: new Map(), organisationIds: [] };
  const standing = new Map<Party, string[]>();
  const add = (party: Party, id: string) => {
    const known = standing.get(party) ?? [];
    if (!known.includes(id)) standing.set(party, [...known, id]);
  };
  const called = new Set(joint.members.map((member) => member.organisationId));
  for (const { role, organisationId } of actor.posts) {
    if (role === 'dispatcher' && organisationId === joint.whistlerId) add('whistler', organisationId);
    if (role === 'dispatcher' && organisationId === joint.centreId) add('centre', organisationId);
    if (role === 'community_worker' && organisationId === joint.askerId) add('asker', organisationId);
    if (!SPEAKERS.includes(role)) continue;
    if (called.has(organisationId)) add('member', organisationId);
    if (organisationId === joint.leadId) add('lead', organisationId);
  }
  return { id: actor.userId, standing, organisationIds: organisationsOf(actor) };
}
