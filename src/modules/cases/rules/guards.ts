import type { RefusalDetails } from '../../../kit/result.ts';
import { shanghaiText } from '../../../kit/time.ts';
import type { CaseRefusalCode } from '../refusals.ts';
import { hasDeclined, isUnreachable, lastAnswer, missedCalls, ratedThisRound } from './answers.ts';
import type { Context } from './context.ts';
import { claimExpired, isIndependent, isIndependentCaller, isOutsideAsker, isOutsideObjector } from './independence.ts';
import { isOpenState } from './responsible.ts';
import type { CaseState, Instant } from './state.ts';

/** A condition on an action beside state and party. It looks at facts alone, so that the screen can tell it in advance. */
export type Guard = {
  readonly code: CaseRefusalCode;
  readonly holds: (state: CaseState, context: Context) => boolean;
  /** Fills the refusal's text. */
  readonly details?: (state: CaseState, context: Context) => RefusalDetails;
};

const before = (limit: Instant | null, context: Context): boolean => limit !== null && context.now <= new Date(limit);

export const notPetition: Guard = {
  code: 'cases.petition_route_only',
  holds: (state) => !state.caseClass.petition,
};
export const routeOpen: Guard = {
  code: 'cases.route_ended',
  holds: (state) => state.referral?.outcome == null || state.referral.outcome === 'taken_up',
};
export const noDuplicates: Guard = {
  code: 'cases.has_duplicates',
  holds: (state) => state.duplicateIds.length === 0,
  details: (state) => ({ count: state.duplicateIds.length }),
};
export const holdsDuplicates: Guard = {
  code: 'cases.not_merged_here',
  holds: (state) => state.duplicateIds.length > 0,
};
export const masterClosed: Guard = {
  code: 'cases.master_still_open',
  holds: (_state, context) => context.master?.state === 'closed',
  details: (_state, context) => ({ number: context.master?.number ?? null }),
};
export const masterOver: Guard = {
  code: 'cases.master_still_open',
  holds: (_state, context) => context.master !== null && !isOpenState(context.master.state),
  details: (_state, context) => ({ number: context.master?.number ?? null }),
};
export const notDesignated: Guard = {
  code: 'cases.designated_no_objection',
  holds: (state) => state.dispatch?.designated !== true,
};
export const objectionUnused: Guard = {
  code: 'cases.objection_used',
  holds: (state) => !state.objections.some((objection) => objection.organisationId === state.dispatch?.leadId),
};
export const objectionInTime: Guard = {
  code: 'cases.objection_too_late',
  holds: (state, context) => before(state.dispatch?.objectionUntil ?? null, context),
  details: (state) => ({ until: state.dispatch?.objectionUntil ?? null }),
};
export const outsideObjector: Guard = {
  code: 'cases.adjudicator_not_independent',
  holds: (state, context) => isOutsideObjector(state, context.acting),
};
export const beforeTotalDue: Guard = {
  code: 'cases.extension_too_late',
  holds: (state, context) => context.now < new Date(state.clocks.total.dueAt),
  details: (state) => ({ due: state.clocks.total.dueAt }),
};
export const extensionsLeft: Guard = {
  code: 'cases.extensions_used_up',
  holds: (state, context) => state.clocks.total.extensions.length < context.settings.maxExtensions,
  details: (_state, context) => ({ limit: context.settings.maxExtensions }),
};
export const outsideAsker: Guard = {
  code: 'cases.extension_decider_not_independent',
  holds: (state, context) => isOutsideAsker(state, context.acting),
};
export const independentVerifier: Guard = {
  code: 'cases.verifier_not_independent',
  holds: (state, context) => isIndependent(state, context.acting),
};
export const independentCaller: Guard = {
  code: 'cases.caller_not_independent',
  holds: isIndependentCaller,
};
export const independentCloser: Guard = {
  code: 'cases.closer_not_independent',
  holds: (state, context) => isIndependent(state, context.acting),
};
export const claimFree: Guard = {
  code: 'cases.verification_claimed',
  holds: claimExpired,
  details: (state, context) => ({
    since: state.claim ? shanghaiText(new Date(state.claim.at)) : null,
    yours: state.claim?.userId === context.acting.id,
    hours: context.settings.claimHours,
  }),
};
export const claimYours: Guard = {
  code: 'cases.verification_not_yours',
  holds: (state, context) => state.claim?.userId === context.acting.id,
};
export const contactable: Guard = {
  code: 'cases.requester_not_contactable',
  holds: (state) => state.contactable,
};
export const settledOnSpot: Guard = {
  code: 'cases.not_verified_yet',
  holds: (state) => state.settledOnSpot,
};
export const callBackDone: Guard = {
  code: 'cases.call_back_outstanding',
  holds: (state, context) => lastAnswer(state) !== null || hasDeclined(state) || isUnreachable(state, context.settings),
  details: (state, context) => ({
    ...missedCalls(state),
    neededTries: context.settings.callBackTries,
    neededDays: context.settings.callBackDays,
    neededParts: context.settings.callBackParts,
  }),
};
/** Asked once is enough: his word is there already, to a caller or by his own hand. */
export const answerOutstanding: Guard = {
  code: 'cases.already_answered',
  holds: (state) => lastAnswer(state) === null && !hasDeclined(state),
};
export const notRated: Guard = {
  code: 'cases.already_rated',
  holds: (state) => !ratedThisRound(state),
};
export const notImported: Guard = {
  code: 'cases.imported_not_rated',
  holds: (state) => state.closure?.kind !== 'imported',
};
export const inRatingWindow: Guard = {
  code: 'cases.rating_window_over',
  holds: (state, context) => before(state.closure?.rateUntil ?? null, context),
  details: (state) => ({ until: state.closure?.rateUntil ?? null }),
};
export const inReopenWindow: Guard = {
  code: 'cases.reopen_window_over',
  holds: (state, context) => endedUnanswered(state, context) || before(reopenUntil(state, context), context),
  details: (state, context) => ({ until: reopenUntil(state, context) }),
};
export const classSettles: Guard = {
  code: 'cases.class_not_settled_on_spot',
  holds: (state) => state.caseClass.settleOnSpot,
};
export const minor: Guard = {
  code: 'cases.not_minor',
  holds: (state) => state.urgency === 'normal',
};
export const consented: Guard = {
  code: 'cases.no_consent',
  holds: (state) => state.publicConsent,
};
export const notSealed: Guard = {
  code: 'cases.sealed_not_released',
  holds: (state) => state.sensitivity === 'normal',
};
export const isReleased: Guard = {
  code: 'cases.not_released',
  holds: (state) => state.publicState === 'released',
};

/** A merged case is opened again within the window that began when its master closed. */
function reopenUntil(state: CaseState, context: Context): Instant | null {
  if (state.state !== 'merged') return state.closure?.reopenUntil ?? null;
  if (!context.master?.closedAt) return null;
  const { amount, clock } = context.deadline('reopen_window');
  return context.clock.dueAt(new Date(context.master.closedAt), amount, clock).due.toISOString();
}

/** Its master was withdrawn, rejected or the like: no answer was given, so no window runs. */
function endedUnanswered(state: CaseState, context: Context): boolean {
  return state.state === 'merged' && context.master !== null && context.master.closedAt === null;
}
