import type { Refusal } from '../../../kit/result.ts';
import type { Context } from './context.ts';
import { deny } from './deny.ts';
import * as guard from './guards.ts';
import type { Guard } from './guards.ts';
import type { CaseState } from './state.ts';
import { type Action, type Party, type StateName, STATES } from './words.ts';

/** One row: who may take the action in which states, and what else must hold. An action may have several rows. */
export type ActionRule = {
  readonly action: Action;
  readonly from: readonly StateName[];
  readonly parties: readonly Party[];
  readonly guards: readonly Guard[];
};

const EVERYWHERE = STATES;

const BEFORE_DONE = [
  'registered',
  'dispatched',
  'accepted',
  'objected',
  'adjudicating',
  'in_progress',
  'extension_requested',
  'shelved',
  'returned',
  'reopened',
] as const satisfies readonly StateName[];

const OPEN = [...BEFORE_DONE, 'reported_done', 'verifying', 'call_back'] as const satisfies readonly StateName[];

const FIELD = ['grid_worker', 'community_worker'] as const satisfies readonly Party[];
const CHECKERS = ['verifier', ...FIELD] as const satisfies readonly Party[];
const CALLERS = ['dispatcher', 'verifier', 'evaluator'] as const satisfies readonly Party[];
const OFFICERS = [
  'dispatcher',
  'lead',
  'assist',
  ...FIELD,
  'verifier',
  'supervisor',
  'evaluator',
  'administrator',
] as const satisfies readonly Party[];
const SHOWABLE = EVERYWHERE.filter((state) => !['rejected', 'merged', 'withdrawn', 'voided'].includes(state));

function row(
  action: Action,
  from: readonly StateName[],
  parties: readonly Party[],
  guards: readonly Guard[] = [],
): ActionRule {
  return { action, from, parties, guards };
}

/** The one table. The server decides by it, and the screen learns from it which buttons work and why others do not. */
export const LEGAL_ACTIONS: readonly ActionRule[] = [
  row('reject', ['registered', 'adjudicating'], ['dispatcher'], [guard.notPetition, guard.outsideObjector]),
  row('refer', ['registered', 'adjudicating', 'reopened'], ['dispatcher'], [guard.outsideObjector]),
  row('record_route', ['referred'], ['dispatcher'], [guard.routeOpen]),
  // The system joins a request that its own requester wished to join.
  row('merge', ['registered', 'reopened'], ['dispatcher', 'system'], [guard.notPetition, guard.noDuplicates]),
  row('adopt_duplicate', OPEN, ['dispatcher', 'system'], [guard.notPetition]),
  // What its area or an abolished office leaves behind goes on under the successor; what is over keeps its code.
  row('rehome', [...OPEN, 'referred'], ['system']),
  row('release_duplicate', EVERYWHERE, ['system'], [guard.holdsDuplicates]),
  row('correct', ['registered', 'adjudicating', 'reopened'], ['dispatcher'], [guard.outsideObjector]),
  row('void', ['registered'], ['dispatcher', 'administrator']),
  row('dispatch', ['registered', 'reopened'], ['dispatcher'], [guard.notPetition]),
  row('settle', ['registered'], FIELD, [guard.notPetition, guard.classSettles, guard.minor]),

  row('accept', ['dispatched'], ['lead']),
  row('object', ['dispatched'], ['lead'], [guard.notDesignated, guard.objectionUnused, guard.objectionInTime]),
  row('take_up', ['objected'], ['dispatcher'], [guard.outsideObjector]),
  row('rule', ['adjudicating'], ['dispatcher'], [guard.notPetition, guard.outsideObjector]),

  row('start', ['accepted'], ['lead']),
  row('request_extension', ['in_progress'], ['lead'], [guard.beforeTotalDue, guard.extensionsLeft]),
  row('decide_extension', ['extension_requested'], ['dispatcher', 'supervisor'], [guard.outsideAsker]),
  row('shelve', ['in_progress', 'returned', 'shelved'], ['dispatcher', 'supervisor']),
  row('resume', ['shelved'], ['dispatcher', 'supervisor', 'lead']),
  row('report_done', ['in_progress', 'extension_requested'], ['lead']),
  row('rework', ['returned'], ['lead']),
  row('rework', ['call_back'], ['dispatcher', 'supervisor', 'verifier']),

  row('begin_verification', ['reported_done'], CHECKERS, [guard.independentVerifier]),
  row('begin_verification', ['verifying'], CHECKERS, [guard.independentVerifier, guard.claimFree]),
  row('record_verification', ['verifying'], CHECKERS, [guard.independentVerifier, guard.claimYours]),
  row('record_call_back', ['call_back'], CALLERS, [guard.independentCaller, guard.contactable]),
  row('record_call_back', ['reported_done'], CALLERS, [
    guard.settledOnSpot,
    guard.independentCaller,
    guard.contactable,
  ]),
  row('record_call_back', ['merged'], CALLERS, [
    guard.masterClosed,
    guard.answerOutstanding,
    guard.independentCaller,
    guard.contactable,
  ]),
  row('record_call_back', ['closed'], CALLERS, [
    guard.notImported,
    guard.answerOutstanding,
    guard.independentCaller,
    guard.contactable,
    guard.inReopenWindow,
  ]),
  row('close', ['call_back'], ['dispatcher', 'supervisor'], [guard.independentCloser, guard.callBackDone]),

  row('rate', ['call_back'], ['requester'], [guard.notRated]),
  row('rate', ['reported_done'], ['requester'], [guard.settledOnSpot, guard.notRated]),
  row('rate', ['closed'], ['requester'], [guard.notImported, guard.notRated, guard.inRatingWindow]),
  row('rate', ['merged'], ['requester'], [guard.masterClosed, guard.notRated]),
  row('reopen', ['closed'], ['requester'], [guard.inReopenWindow]),
  row('reopen', ['closed'], ['dispatcher', 'supervisor']),
  row('reopen', ['merged'], ['requester'], [guard.masterOver, guard.inReopenWindow]),
  // A case merged by mistake, or whose master ended without an answer, goes its own way again.
  row('reopen', ['merged'], ['dispatcher', 'supervisor']),
  row('withdraw', BEFORE_DONE, ['requester']),

  row('note', EVERYWHERE, OFFICERS),
  row('reply', without(EVERYWHERE, 'voided'), ['dispatcher', 'lead', 'supervisor']),
  row('attach', [...OPEN, 'referred'], ['requester', 'dispatcher', 'lead', 'assist', ...CHECKERS]),
  row('release', SHOWABLE, ['dispatcher'], [guard.notPetition, guard.consented, guard.notSealed]),
  row('unrelease', EVERYWHERE, ['requester', 'dispatcher', 'supervisor'], [guard.isReleased]),
  row('record_lateness', [...OPEN, 'referred'], ['system']),
  row('record_joint_step', EVERYWHERE, ['system']),
];

const RULES_OF: ReadonlyMap<Action, readonly ActionRule[]> = Map.groupBy(LEGAL_ACTIONS, (rule) => rule.action);

function without(states: readonly StateName[], left: StateName): readonly StateName[] {
  return states.filter((state) => state !== left);
}

/**
 * As which party the person may take the action now, or why he may not: not his part in any state, not in this
 * state, or the first guard that fails. Of several parties the first that may act counts.
 */
export function legalParty(action: Action, state: CaseState, context: Context): Party | Refusal {
  const { standing } = context.acting;
  const own = (RULES_OF.get(action) ?? []).filter((rule) => rule.parties.some((party) => standing.has(party)));
  if (own.length === 0) return deny('cases.not_your_part', { action });
  const here = own.filter((rule) => rule.from.includes(state.state));
  if (here.length === 0) return deny('cases.wrong_state', { action, state: state.state });
  let refusal: Refusal | null = null;
  for (const rule of here) {
    const failed = rule.guards.find((condition) => !condition.holds(state, context));
    const party = rule.parties.find((candidate) => standing.has(candidate));
    if (!failed && party) return party;
    if (failed) refusal ??= deny(failed.code, failed.details?.(state, context) ?? {});
  }
  return refusal ?? deny('cases.not_your_part', { action });
}

/** Every party that the table gives the action to, in any state: what roles' grants are checked against. */
export function partiesOf(action: Action): readonly Party[] {
  return [...new Set(LEGAL_ACTIONS.filter((rule) => rule.action === action).flatMap((rule) => rule.parties))];
}
