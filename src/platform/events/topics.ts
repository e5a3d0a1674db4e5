import type { Actor } from '../auth/actor.ts';
import { organisationsOf } from '../auth/permission.ts';
import type { HubEvent } from './hub-event.ts';

/*
 * What an event may concern anybody by: one person, an organisation, or an area and all above it. Wider than what an
 * officer may see, never narrower: lanes, sealed cases and rights are weighed afterwards, page by page.
 */

export const topicOfPerson = (userId: string) => `person ${userId}`;
const topicOfOrganisation = (id: string) => `organisation ${id}`;
const topicOfArea = (prefix: string) => `area ${prefix}`;

/** Where an officer's page listens: himself, his organisations, every area his posts reach. */
export function topicsOfActor(actor: Actor): readonly string[] {
  if (actor.kind !== 'officer') return [];
  return [
    topicOfPerson(actor.userId),
    ...[...organisationsOf(actor)].map(topicOfOrganisation),
    ...new Set(actor.posts.flatMap((post) => post.scope.map(topicOfArea))),
  ];
}

/** Where an event is told. One with a person is told to nobody else. */
export function topicsOfEvent({ facts }: HubEvent): readonly string[] {
  if (facts.userId !== undefined) return [topicOfPerson(String(facts.userId))];
  const parts = [facts.leadId, ...(Array.isArray(facts.assistIds) ? facts.assistIds : [])];
  const organisations = parts.filter((id): id is string => typeof id === 'string').map(topicOfOrganisation);
  const area = typeof facts.areaCode === 'string' ? facts.areaCode : '';
  // A post's scope is a prefix of any length, so each of the code's prefixes is a topic.
  return [...organisations, ...Array.from({ length: area.length }, (_, at) => topicOfArea(area.slice(0, at + 1)))];
}
