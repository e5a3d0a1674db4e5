import type { CaseEvent, ClockPatch, Opening, PayloadOf } from './events.ts';
import { jointOrganisations } from './assisting.ts';
import type { Answer, CaseFacts, CaseState, Clocks, Closure, Dispatch } from './state.ts';

/**
 * The state after one more event. Pure fold: `events.reduce(evolve, null)` is the case, and nothing else is.
 * Throws on a sequence no decision makes (a gap, a second beginning, an event before the first).
 */
export function evolve(before: CaseState | null, event: CaseEvent): CaseState {
  if (before === null) return begin(event);
  if (event.seq !== before.version + 1) {
    throw new Error(`case ${before.id}: event ${event.seq} does not follow version ${before.version}`);
  }
  return step(before, event);
}

function begin(event: CaseEvent): CaseState {
  if (event.seq !== 1) throw new Error(`a case begins with event 1, not ${event.seq}`);
  switch (event.kind) {
    case 'registered': {
      const { requesterId, contactable, publicConsent } = event.payload;
      return { ...opened(event.payload, event), requesterId, contactable, publicConsent, state: 'registered' };
    }
    case 'imported':
      return imported(event.payload, event);
    default:
      throw new Error(`a case cannot begin with ${event.kind}`);
  }
}

function opened(payload: Opening, event: CaseEvent): CaseFacts {
  const { caseId, clocks, ...facts } = payload;
  return {
    id: caseId,
    number: facts.number,
    version: event.seq,
    areaCode: facts.areaCode,
    point: facts.point,
    caseClass: facts.caseClass,
    sensitivity: facts.sensitivity,
    urgency: facts.urgency,
    channel: facts.channel,
    openedAt: facts.openedAt,
    registeredAt: event.at,
    askedSecrecy: facts.askedSecrecy,
    commandCentreId: facts.commandCentreId,
    firstReceiverId: facts.commandCentreId,
    clocks,
    ...blank,
  };
}

/** What is not yet known of a new case. */
const blank = {
  requesterId: null,
  contactable: false,
  publicConsent: false,
  publicState: 'private',
  dispatch: null,
  objections: [],
  rulings: [],
  extensionRequest: null,
  shelving: null,
  referral: null,
  rejection: null,
  masterCaseId: null,
  duplicateIds: [],
  handlerIds: [],
  handlingOrganisationIds: [],
  claim: null,
  round: 0,
  verifications: [],
  callBacks: [],
  ratings: [],
  contactedAt: null,
  settledOnSpot: false,
  imported: false,
  inRework: false,
  reworkCount: 0,
  reopenCount: 0,
  reopenedFor: null,
  closure: null,
  late: [],
} as const satisfies Partial<CaseFacts>;

function imported(payload: PayloadOf<'imported'>, event: CaseEvent): CaseState {
  const facts: CaseFacts = { ...opened(payload, event), imported: true };
  if (payload.closedAt === null) return { ...facts, state: 'registered' };
  const closure: Closure = {
    kind: 'imported',
    at: payload.closedAt,
    round: 0,
    solved: payload.solved,
    satisfaction: payload.satisfaction,
    rateUntil: null,
    reopenUntil: null,
  };
  return { ...facts, state: 'closed', closure };
}

function step(before: CaseState, event: CaseEvent): CaseState {
  const { kind } = event;
  switch (kind) {
    case 'registered':
    case 'imported':
      throw new Error(`case ${before.id} cannot begin twice`);
    case 'corrected':
    case 'rejected':
    case 'referred':
    case 'route_recorded':
    case 'merged':
    case 'duplicate_adopted':
    case 'duplicate_released':
      return intakeStep(before, event);
    case 'rehomed':
      return { ...touched(before, event), ...event.payload } as CaseState;
    case 'dispatched':
    case 'accepted':
    case 'objected':
    case 'taken_up':
    case 'ruled':
      return dispatchStep(before, event);
    case 'started':
    case 'extension_requested':
    case 'extension_decided':
    case 'shelved':
    case 'resumed':
    case 'reported_done':
    case 'settled':
    case 'rework_started':
      return handlingStep(before, event);
    case 'verification_begun':
    case 'verified':
    case 'called_back':
    case 'returned':
    case 'closed':
    case 'rated':
    case 'reopened':
      return checkingStep(before, event);
    case 'withdrawn':
      return { ...moved(before, event, event.payload.clocks), publicState: 'private', state: 'withdrawn' };
    case 'voided':
      return { ...moved(before, event, event.payload.clocks), publicState: 'private', state: 'voided' };
    case 'noted':
      return event.payload.contact === null ? touched(before, event) : contacted(before, event);
    case 'replied':
      return contacted(before, event);
    case 'attached':
      return touched(before, event);
    case 'released':
      return { ...touched(before, event), publicState: 'released' };
    case 'unreleased':
      // The requester takes his consent back with it; an officer only the release.
      return {
        ...touched(before, event),
        publicState: 'private',
        publicConsent: before.publicConsent && event.party !== 'requester',
      };
    case 'joint_step':
      return jointStep(before, event);
    case 'ran_late':
      return { ...touched(before, event), late: [...before.late, event.payload.lateness] };
    default:
      return unknown(kind);
  }
}

type Of<K extends CaseEvent['kind']> = Extract<CaseEvent, { readonly kind: K }>;

type IntakeEvent = Of<
  'corrected' | 'rejected' | 'referred' | 'route_recorded' | 'merged' | 'duplicate_adopted' | 'duplicate_released'
>;
function intakeStep(before: CaseState, event: IntakeEvent): CaseState {
  switch (event.kind) {
    case 'corrected': {
      const { clocks, ...facts } = event.payload;
      const received = before.firstReceiverId !== before.commandCentreId;
      const firstReceiverId = received ? before.firstReceiverId : facts.commandCentreId;
      return { ...touched(before, event), ...facts, firstReceiverId, clocks: patched(before.clocks, clocks) };
    }
    case 'rejected':
      return { ...moved(before, event, event.payload.clocks), state: 'rejected', rejection: event.payload.reason };
    case 'referred': {
      const { route, dueAt, clocks } = event.payload;
      const referral = { route, at: event.at, dueAt, outcome: null, outcomeAt: null };
      return { ...moved(before, event, clocks), state: 'referred', referral };
    }
    case 'route_recorded': {
      if (before.referral === null) throw new Error(`case ${before.id} was not referred`);
      const referral = { ...before.referral, outcome: event.payload.outcome, outcomeAt: event.at };
      return { ...moved(before, event, event.payload.clocks), state: 'referred', referral };
    }
    case 'merged':
      return {
        ...moved(before, event, event.payload.clocks),
        state: 'merged',
        masterCaseId: event.payload.masterCaseId,
      };
    case 'duplicate_adopted':
      return { ...touched(before, event), duplicateIds: [...before.duplicateIds, event.payload.duplicateId] };
    case 'duplicate_released':
      return {
        ...touched(before, event),
        duplicateIds: before.duplicateIds.filter((id) => id !== event.payload.duplicateId),
      };
  }
}

type DispatchEvent = Of<'dispatched' | 'accepted' | 'objected' | 'taken_up' | 'ruled'>;
function dispatchStep(before: CaseState, event: DispatchEvent): CaseState {
  const facts = moved(before, event, event.payload.clocks);
  switch (event.kind) {
    case 'dispatched': {
      const { dispatch } = event.payload;
      const first = before.dispatch === null && before.handlingOrganisationIds.length === 0;
      const firstReceiverId = first ? dispatch.leadId : before.firstReceiverId;
      return { ...facts, state: 'dispatched', dispatch, firstReceiverId, inRework: false, settledOnSpot: false };
    }
    case 'accepted':
      return { ...takenOn(facts, dispatchOf(before)), state: 'accepted', dispatch: dispatchOf(before) };
    case 'objected': {
      const objection = { organisationId: event.payload.organisationId, at: event.at };
      return {
        ...facts,
        state: 'objected',
        dispatch: dispatchOf(before),
        objections: [...before.objections, objection],
      };
    }
    case 'taken_up':
      return { ...facts, state: 'adjudicating', dispatch: dispatchOf(before) };
    case 'ruled': {
      const { dispatch, ruling } = event.payload;
      const rulings = [...before.rulings, { kind: ruling, at: event.at, leadId: dispatch.leadId }];
      return { ...facts, state: 'dispatched', dispatch, rulings, inRework: false };
    }
  }
}

type HandlingEvent = Of<
  | 'started'
  | 'extension_requested'
  | 'extension_decided'
  | 'shelved'
  | 'resumed'
  | 'reported_done'
  | 'settled'
  | 'rework_started'
>;
function handlingStep(before: CaseState, event: HandlingEvent): CaseState {
  if (event.kind === 'extension_requested') {
    const extensionRequest = event.payload.request;
    return { ...touched(before, event), state: 'extension_requested', dispatch: dispatchOf(before), extensionRequest };
  }
  const facts = moved(before, event, event.payload.clocks);
  switch (event.kind) {
    case 'started':
    case 'rework_started':
      return { ...facts, state: 'in_progress', dispatch: dispatchOf(before) };
    case 'extension_decided':
      return { ...facts, state: 'in_progress', dispatch: dispatchOf(before), extensionRequest: null };
    case 'shelved':
      return { ...facts, state: 'shelved', dispatch: dispatchOf(before), shelving: event.payload.shelving };
    case 'resumed':
      return { ...facts, state: 'in_progress', dispatch: dispatchOf(before), shelving: null };
    case 'reported_done':
      return { ...facts, state: 'reported_done', dispatch: dispatchOf(before), extensionRequest: null };
    case 'settled': {
      const { dispatch } = event.payload;
      return { ...takenOn(facts, dispatch), state: 'reported_done', dispatch, settledOnSpot: true };
    }
  }
}

type CheckingEvent = Of<
  'verification_begun' | 'verified' | 'called_back' | 'returned' | 'closed' | 'rated' | 'reopened'
>;
function checkingStep(before: CaseState, event: CheckingEvent): CaseState {
  switch (event.kind) {
    case 'verification_begun': {
      const claim = { userId: event.actorId, organisationId: event.organisationId, at: event.at };
      return { ...touched(before, event), state: 'verifying', dispatch: dispatchOf(before), claim };
    }
    case 'verified':
      return verified(before, event);
    case 'called_back': {
      const { answer, declined } = event.payload;
      const callBack = {
        round: before.round,
        at: event.at,
        callerId: event.actorId,
        answer,
        ...(declined && { declined }),
      };
      const facts = answer === null && !declined ? touched(before, event) : contacted(before, event);
      return saidAfterwards({ ...facts, callBacks: [...before.callBacks, callBack] }, answer);
    }
    case 'returned': {
      const facts = moved(before, event, event.payload.clocks);
      const reworkCount = before.reworkCount + 1;
      const again = { inRework: true, reworkCount, round: before.round + 1, claim: null };
      return { ...facts, ...again, state: 'returned', dispatch: dispatchOf(before) };
    }
    case 'closed': {
      const { clocks, closure, ...said } = event.payload;
      const closed: Closure = { kind: closure, at: event.at, round: before.round, ...said };
      return { ...moved(before, event, clocks), state: 'closed', closure: closed, claim: null };
    }
    case 'rated':
      return rated(before, event.payload, event);
    case 'reopened':
      return reopened(before, event);
  }
}

function verified(before: CaseState, event: Of<'verified'>): CaseState {
  const { passed, how, clocks } = event.payload;
  const done = { round: before.round, passed, how, verifierId: event.actorId, organisationId: event.organisationId };
  const verifications = [...before.verifications, { ...done, at: event.at }];
  const facts = { ...moved(before, event, clocks), verifications, claim: null };
  // A failed one is followed at once by what it leads to: sent back, or dispatched anew.
  return passed
    ? { ...facts, state: 'call_back', dispatch: dispatchOf(before) }
    : { ...facts, state: 'reported_done', dispatch: dispatchOf(before) };
}

function rated(before: CaseState, answer: Answer, event: CaseEvent): CaseState {
  const { solved, satisfaction } = answer;
  const ratings = [...before.ratings, { round: before.round, at: event.at, solved, satisfaction }];
  const facts = { ...touched(before, event), ratings };
  return saidAfterwards(facts, { solved, satisfaction });
}

/** What was said of a closed case stands in its closing. */
function saidAfterwards(facts: CaseState, answer: Answer | null): CaseState {
  return facts.state === 'closed' && answer ? { ...facts, closure: { ...facts.closure, ...answer } } : facts;
}

function reopened(before: CaseState, event: Of<'reopened'>): CaseState {
  const { ground, clocks } = event.payload;
  return {
    ...moved(before, event, clocks),
    state: 'reopened',
    reopenedFor: ground,
    reopenCount: before.reopenCount + (ground === 'settlement_failed' ? 0 : 1),
    round: before.round + 1,
    dispatch: null,
    closure: null,
    masterCaseId: null,
    claim: null,
    inRework: false,
    settledOnSpot: false,
  };
}

/** Who comes to a joint handling takes part in the case; who was at the place has handled it and checks nothing of it. */
function jointStep(before: CaseState, event: Of<'joint_step'>): CaseState {
  const { joins, leaves, step: joint, organisationId } = event.payload;
  const taking = new Set([...jointOrganisations(before), ...joins]);
  for (const id of leaves) taking.delete(id);
  const handled = new Set(before.handlingOrganisationIds);
  if ((joint === 'arrived' || joint === 'duty_arrived') && organisationId !== null) handled.add(organisationId);
  return {
    ...touched(before, event),
    jointOrganisationIds: [...taking],
    handlingOrganisationIds: [...handled],
  };
}

/** The case with the event counted and its author noted, if he handles it; state and clocks as they were. */
function touched(before: CaseState, event: CaseEvent): CaseState {
  const asHandler = event.party === 'lead' || event.party === 'assist';
  // Who objects says that it is not his; he has handled nothing.
  const handles = event.kind === 'settled' || (asHandler && event.kind !== 'objected');
  const known = !handles || before.handlerIds.includes(event.actorId);
  const handlerIds = known ? before.handlerIds : [...before.handlerIds, event.actorId];
  return { ...before, version: event.seq, handlerIds };
}

function moved(before: CaseState, event: CaseEvent, clocks: ClockPatch): CaseFacts {
  return { ...touched(before, event), clocks: patched(before.clocks, clocks) };
}

function patched(clocks: Clocks, patch: ClockPatch): Clocks {
  return { ...clocks, ...patch };
}

/** Somebody spoke with the requester: the contact clock has done its work. */
function contacted(before: CaseState, event: CaseEvent): CaseState {
  const contactedAt = before.contactedAt ?? event.at;
  return { ...touched(before, event), contactedAt, clocks: { ...before.clocks, contact: null } };
}

function takenOn(facts: CaseFacts, dispatch: Dispatch): CaseFacts {
  const all = new Set([...facts.handlingOrganisationIds, dispatch.leadId, ...dispatch.assistIds]);
  return { ...facts, handlingOrganisationIds: [...all] };
}

function dispatchOf(state: CaseState): Dispatch {
  if (state.dispatch === null) throw new Error(`case ${state.id} was never dispatched`);
  return state.dispatch;
}

function unknown(kind: never): never {
  throw new Error(`unknown event kind ${String(kind)}`);
}
