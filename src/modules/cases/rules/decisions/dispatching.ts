import type { Refusal } from '../../../../kit/result.ts';
import { clocksFor, iso } from '../clocks.ts';
import type { Context, DispatchTarget } from '../context.ts';
import { deny } from '../deny.ts';
import type { CaseState, Dispatch } from '../state.ts';
import { type Decide, firstRefusal, happened, missingText } from './common.ts';

/** Given to a lead, perhaps with assisting organisations. A person decides; against the suggestion only with a reason. */
export const dispatch: Decide<'dispatch'> = (state, command, context) => {
  const { leadId, assistIds, reason, instruction } = command;
  const refusal = targetsRefused(leadId, assistIds, context);
  if (refusal) return refusal;
  const overridden = context.suggestion !== null && context.suggestion.organisationId !== leadId;
  if (overridden && missingText({ reason })) return deny('cases.override_reason_missing');
  const given = dispatchTo(state, leadId, assistIds, false, context);
  const clocks = clocksFor(state, { kind: 'dispatched' }, context);
  return [happened('dispatched', { dispatch: given, overridden, clocks }, { reason, instruction })];
};

export const accept: Decide<'accept'> = (state, _command, context) => [
  happened('accepted', { clocks: clocksFor(state, { kind: 'accepted' }, context) }),
];

/** The first receiver says it is not his: once, in time, with the law that says so. */
export const object: Decide<'object'> = (state, { legalBasis, reason }, context) => {
  const organisationId = state.dispatch?.leadId;
  if (organisationId === undefined) throw new Error(`case ${state.id} has no lead to object`);
  const clocks = clocksFor(state, { kind: 'objected' }, context);
  return (
    missingText({ legalBasis, reason }) ?? [happened('objected', { organisationId, clocks }, { legalBasis, reason })]
  );
};

export const takeUp: Decide<'take_up'> = (state, _command, context) => [
  happened('taken_up', { clocks: clocksFor(state, { kind: 'taken_up' }, context) }),
];

/** Designated: it must handle, whatever it says. Redirected: to one that has not objected yet, and may once. */
export const rule: Decide<'rule'> = (state, command, context) => {
  const { kind, leadId, assistIds, reason } = command;
  const refusal = firstRefusal(
    missingText({ reason }),
    targetsRefused(leadId, assistIds, context),
    kind === 'redirect' ? redirectRefused(state, leadId) : null,
  );
  if (refusal) return refusal;
  const given = dispatchTo(state, leadId, assistIds, kind === 'designate', context);
  const clocks = clocksFor(state, { kind: 'dispatched' }, context);
  return [happened('ruled', { ruling: kind, dispatch: given, clocks }, { reason })];
};

function redirectRefused(state: CaseState, leadId: string): Refusal | null {
  if (state.dispatch?.leadId === leadId) return deny('cases.redirect_to_same');
  const objected = state.objections.some((objection) => objection.organisationId === leadId);
  return objected ? deny('cases.already_objected', { organisationId: leadId }) : null;
}

/** Known, active, different from each other, and no village or grid without an entry of the dispatch list for it. */
function targetsRefused(leadId: string, assistIds: readonly string[], context: Context): Refusal | null {
  if (new Set([leadId, ...assistIds]).size !== assistIds.length + 1) return deny('cases.lead_is_assist');
  for (const id of [leadId, ...assistIds]) {
    const target = findTarget(id, context);
    if (!target) return deny('cases.organisation_unknown', { organisationId: id });
    if (!target.active) return deny('cases.organisation_closed', { organisationId: id });
    const listed = target.entry !== null;
    if ((target.level === 'village' || target.level === 'grid') && !listed) {
      return deny('cases.not_on_list', { organisationId: id });
    }
  }
  return null;
}

export function findTarget(id: string, context: Context): DispatchTarget | undefined {
  return context.targets.find((target) => target.organisationId === id);
}

function dispatchTo(
  state: CaseState,
  leadId: string,
  assistIds: readonly string[],
  designated: boolean,
  context: Context,
): Dispatch {
  const entry = findTarget(leadId, context)?.entry ?? null;
  const spent = state.objections.some((objection) => objection.organisationId === leadId);
  const { amount, clock } = context.deadline('objection');
  const objectionUntil = designated || spent ? null : iso(context.clock.dueAt(context.now, amount, clock).due);
  return {
    leadId,
    assistIds,
    entryId: entry?.id ?? null,
    entryNumber: entry?.number ?? null,
    designated,
    at: iso(context.now),
    objectionUntil,
  };
}
