import type { Refusal } from '../../../kit/result.ts';
import { after } from './clocks.ts';
import type { CallFor } from './commands.ts';
import type { Called, Context } from './context.ts';
import { deny } from './deny.ts';
import type { Instant, Limits, Member } from './state.ts';

/**
 * Whom a whistle may call. Not the town itself; not a village or community, for the duties of a department may not be
 * pushed down to it (潍坊市 12345 条例 art. 24); nobody twice; nobody who is no more.
 */
export function refuseCalls(calls: readonly CallFor[], whistlerId: string, { organisations }: Context): Refusal | null {
  if (calls.length === 0) return deny('joint_handling.nobody_called');
  const town = organisations.get(whistlerId);
  const seen = new Set<string>();
  for (const { organisationId } of calls) {
    const called = organisations.get(organisationId);
    if (!called) return deny('joint_handling.organisation_unknown');
    const { name } = called;
    if (seen.has(organisationId)) return deny('joint_handling.called_twice', { name });
    if (organisationId === whistlerId || isTownItself(called, town)) {
      return deny('joint_handling.whistle_to_itself', { name });
    }
    if (!called.active) return deny('joint_handling.organisation_closed', { name });
    if (called.level === 'village') return deny('joint_handling.not_to_village', { name });
    seen.add(organisationId);
  }
  return null;
}

/** The town's government and its centre are one town; its stations (七站八所) have a department above and may be called. */
function isTownItself(called: Called, town: Called | undefined): boolean {
  const own = called.kind === 'government' || called.kind === 'command_centre';
  return own && town !== undefined && called.areaCode === town.areaCode;
}

/**
 * Who leads. Of a city and a county body with the same duty the city's leads (潍坊市 12345 条例 art. 24); else whoever
 * received the case first leads the others and may not pass it on (首接负责, 北京市接诉即办工作条例 art. 14).
 */
export function refuseLead(
  leadId: string,
  memberIds: readonly string[],
  caseLeadId: string | null,
  { organisations }: Context,
): Refusal | null {
  if (!memberIds.includes(leadId)) return deny('joint_handling.lead_not_called');
  const lead = organisations.get(leadId);
  const above = memberIds
    .map((id) => organisations.get(id))
    .find((one) => one?.level === 'city' && one.kind === lead?.kind && one.id !== leadId);
  if (above && lead?.level === 'county') return deny('joint_handling.city_leads', { name: above.name });
  if (caseLeadId === null || leadId === caseLeadId || overlapsCity(lead, caseLeadId, organisations)) return null;
  return deny('joint_handling.first_receiver_leads', { name: organisations.get(caseLeadId)?.name ?? '' });
}

/** The city's body leads in place of the county's one that received the case. */
function overlapsCity(lead: Called | undefined, caseLeadId: string, all: Context['organisations']): boolean {
  const receiver = all.get(caseLeadId);
  return lead?.level === 'city' && receiver?.level === 'county' && receiver.kind === lead.kind;
}

/** A called organisation with its clocks: it answers, arrives, and then does its part. */
export function calledMember(
  { organisationId, task }: CallFor,
  limits: Limits,
  arriveBy: Instant | null,
  now: Date,
): Member {
  const arriveDueAt = arriveBy !== null && new Date(arriveBy) > now ? arriveBy : after(now, limits.arrive);
  const answer = after(now, limits.answer);
  return {
    organisationId,
    state: 'called',
    task,
    calledAt: now.toISOString(),
    // Whoever is to be there sooner answers sooner.
    answerDueAt: answer < arriveDueAt ? answer : arriveDueAt,
    arriveDueAt,
    partMinutes: limits.part,
    partDueAt: null,
    answeredAt: null,
    refusedAt: null,
    rulingDueAt: null,
    ruling: null,
    arrivedAt: null,
    arrivalMetres: null,
    doneAt: null,
    leftAt: null,
    successorId: null,
    late: [],
    rating: null,
    whistleRating: null,
  };
}
