import { isRefusal, type Refusal, type Result } from '../../../kit/result.ts';
import { legalParty } from './actions.ts';
import { calledMember, refuseCalls, refuseLead } from './calls.ts';
import { after } from './clocks.ts';
import type { JointCommand, WhistleCommand } from './commands.ts';
import type { Context } from './context.ts';
import { deny } from './deny.ts';
import type { Joint, Limits } from './state.ts';
import { memberStep } from './member-steps.ts';
import type { Decision, Told } from './told.ts';
import { told } from './told.ts';
import type { Party } from './words.ts';

/** Opens a joint handling: the town whistles, or a community asks it to. */
export function whistle(command: WhistleCommand, context: Context): Decision | Refusal {
  const { calls, leadId, arriveBy, whistlerId, limits, askerId } = command;
  const { now } = context;
  const ids = calls.map((one) => one.organisationId);
  const refusal =
    refuseCalls(calls, whistlerId, context) ??
    refuseLead(leadId, ids, command.caseLeadId, context) ??
    refusePlaceAndTime(command, now);
  if (refusal) return refusal;
  const joint: Joint = {
    id: command.id,
    caseId: command.caseId,
    version: 1,
    state: askerId === null ? 'called' : 'asked',
    ground: command.ground,
    matter: command.matter,
    areaCode: command.areaCode,
    point: command.point,
    place: command.place,
    whistlerId,
    askerId,
    leadId,
    centreId: command.centreId,
    limits,
    openedAt: now.toISOString(),
    whistledAt: askerId === null ? now.toISOString() : null,
    arriveBy,
    confirmDueAt: askerId === null ? null : after(now, limits.answer),
    confirmLate: false,
    members: calls.map((call) => calledMember(call, limits, arriveBy, now)),
    endedAt: null,
    cancelledLate: false,
    centreRating: null,
  };
  const step: Told =
    askerId === null
      ? told('whistled', null, { matter: command.matter }, { joins: ids })
      : told('asked', askerId, { matter: command.matter });
  return { joint, told: [step] };
}

const MOST_DAYS = 30;

function refusePlaceAndTime({ pointInside, arriveBy, ground, limits }: WhistleCommand, now: Date): Refusal | null {
  if (pointInside === false) return deny('joint_handling.place_outside');
  if (arriveBy === null) return null;
  if (new Date(arriveBy) <= now) return deny('joint_handling.arrival_in_past');
  // An emergency cannot wait longer than its limit says; other matters may be set for a day that suits all.
  const latest = after(now, ground === 'emergency' ? limits.arrive : MOST_DAYS * 1440);
  return arriveBy > latest ? deny('joint_handling.arrival_too_late', { minutes: minutesOf(ground, limits) }) : null;
}

function minutesOf(ground: WhistleCommand['ground'], limits: Limits): number {
  return ground === 'emergency' ? limits.arrive : MOST_DAYS * 1440;
}

/** What a command comes to: the joint handling after it and what its case is told, or why not. */
export function decide(joint: Joint, command: JointCommand, context: Context): Decision | Refusal {
  if (command.expectedVersion !== joint.version) {
    return deny('joint_handling.stale_version', { expected: command.expectedVersion, version: joint.version });
  }
  const about = 'organisationId' in command ? command.organisationId : null;
  const party = legalParty(command.action, joint, context, about);
  if (isRefusal(party)) return party;
  const decided = step(joint, command, context, party.party);
  if (isRefusal(decided)) return decided;
  return { joint: { ...decided.joint, version: joint.version + 1 }, told: decided.told };
}

function step(joint: Joint, command: JointCommand, context: Context, party: Party): Result<Decision> {
  const { now } = context;
  switch (command.action) {
    case 'confirm': {
      const members = joint.members.map((one) => calledMember(one, joint.limits, joint.arriveBy, now));
      const joins = members.map((one) => one.organisationId);
      const whistled = { ...joint, state: 'called' as const, whistledAt: now.toISOString(), members };
      return { joint: whistled, told: [told('whistled', null, {}, { joins })] };
    }
    case 'decline':
      return over(joint, 'declined', now, told('declined', null, { reason: command.reason }));
    case 'cancel': {
      const late = joint.members.some((one) => one.state === 'coming');
      const leaves = joint.members.map((one) => one.organisationId);
      const ended = over(joint, 'cancelled', now, told('cancelled', null, { reason: command.reason }, { leaves }));
      return { ...ended, joint: { ...ended.joint, cancelledLate: late } };
    }
    case 'call':
      return call(joint, command, context);
    case 'name_lead': {
      const ids = joint.members.map((one) => one.organisationId);
      const refusal = refuseLead(command.organisationId, ids, null, context);
      if (refusal) return refusal;
      const named = { ...joint, leadId: command.organisationId };
      return { joint: named, told: [told('lead_named', command.organisationId, { reason: command.reason })] };
    }
    case 'close': {
      const leaves = joint.members.map((one) => one.organisationId);
      return over(joint, 'closed', now, told('closed', joint.leadId, { result: command.result }, { leaves }));
    }
    case 'end': {
      const leaves = joint.members.map((one) => one.organisationId);
      return over(joint, 'ended', now, told('ended', null, {}, { leaves }));
    }
    case 'rate_whistle':
      return party === 'centre' ? rateAsCentre(joint, command, now) : memberStep(joint, command, context);
    case 'record_overdue':
      return command.organisationId === null ? confirmationLate(joint, now) : memberStep(joint, command, context);
    case 'answer':
    case 'refuse':
    case 'rule':
    case 'arrive':
    case 'confirm_arrival':
    case 'release':
    case 'assign':
    case 'finish_part':
    case 'ask_leave':
    case 'decide_leave':
    case 'rate_member':
    case 'succeed':
      return memberStep(joint, command, context);
  }
}

function over(joint: Joint, state: 'declined' | 'cancelled' | 'closed' | 'ended', now: Date, said: Told): Decision {
  return { joint: { ...joint, state, endedAt: now.toISOString() }, told: [said] };
}

/** One more organisation, when the place shows that it is needed or one called before is no more. */
function call(joint: Joint, command: Extract<JointCommand, { action: 'call' }>, context: Context): Result<Decision> {
  const { organisationId } = command;
  const known = joint.members.map(({ organisationId: id, task }) => ({ organisationId: id, task }));
  const name = context.organisations.get(organisationId)?.name ?? '';
  if (known.some((one) => one.organisationId === organisationId)) return deny('joint_handling.called_twice', { name });
  const refusal = refuseCalls([command], joint.whistlerId, context);
  if (refusal) return refusal;
  const members = [...joint.members, calledMember(command, joint.limits, null, context.now)];
  const leader = refuseLead(
    joint.leadId,
    members.map((one) => one.organisationId),
    null,
    context,
  );
  // The city's body that comes later leads from then on.
  const leadId = leader?.code === 'joint_handling.city_leads' ? organisationId : joint.leadId;
  return {
    joint: { ...joint, members, leadId },
    told: [told('called', organisationId, { task: command.task }, { joins: [organisationId] })],
  };
}

function rateAsCentre(
  joint: Joint,
  { justified, needed, reason }: Extract<JointCommand, { action: 'rate_whistle' }>,
  now: Date,
): Result<Decision> {
  if (!(justified && needed) && !reason) return deny('joint_handling.reason_missing');
  const centreRating = { justified, needed, at: now.toISOString() };
  return { joint: { ...joint, centreRating }, told: [told('whistle_rated', joint.centreId, { reason })] };
}

function confirmationLate(joint: Joint, now: Date): Result<Decision> {
  const { confirmDueAt, confirmLate } = joint;
  if (joint.state !== 'asked' || confirmLate || confirmDueAt === null || now < new Date(confirmDueAt)) {
    return deny('joint_handling.not_late');
  }
  return { joint: { ...joint, confirmLate: true }, told: [told('overdue', joint.whistlerId)] };
}
