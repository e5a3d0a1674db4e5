import type { Refusal, Result } from '../../../../kit/result.ts';
import { isUnreachable, lastAnswer } from '../answers.ts';
import { clocksFor } from '../clocks.ts';
import type { CommandOf } from '../commands.ts';
import type { Context } from '../context.ts';
import { deny } from '../deny.ts';
import { metresBetween } from '../distance.ts';
import type { DecidedEvent } from '../events.ts';
import type { Answer, CaseState } from '../state.ts';
import {
  closedEvent,
  type Decide,
  firstRefusal,
  happened,
  missingText,
  reopenedEvent,
  sentBack,
  tooManyFiles,
} from './common.ts';

/** Claims the verification, so that two people do not go. A claim that ran out may be taken over. */
export const beginVerification: Decide<'begin_verification'> = (state) => [
  happened('verification_begun', { takenOver: state.state === 'verifying' }),
];

/** What the independent person found, on site with photo and place, or from the requester on the telephone. */
export const recordVerification: Decide<'record_verification'> = (state, command, context) => {
  const { passed, how, finding, files } = command;
  const refusal = firstRefusal(
    missingText({ finding }),
    tooManyFiles(files, context),
    how === 'on_site' ? siteRefused(state, command, context) : callRefused(state, command),
  );
  if (refusal) return refusal;
  const metres = how === 'on_site' ? metresOff(state, command) : null;
  const clocks = passed && asksRequester(state) ? clocksFor(state, { kind: 'verified' }, context) : {};
  const verified = happened('verified', { passed, how, metres, clocks }, { finding }, files);
  const answer = how === 'by_call' ? command.answer : null;
  const told = answer ? [happened('called_back', { answer })] : [];
  return [verified, ...told, ...afterVerification(state, passed, answer, context)];
};

function afterVerification(
  state: CaseState,
  passed: boolean,
  answer: Answer | null,
  context: Context,
): readonly DecidedEvent[] {
  if (!passed) return [sentBack(state, 'verification', context)];
  if (answer?.solved === 'solved') return [closedEvent(state, 'requester', answer, context)];
  // Nobody to ask, asked afterwards by its class, or settled on the spot and found right: the check closes it.
  return asksRequester(state) ? [] : [closedEvent(state, 'verification', answer, context)];
}

function asksRequester(state: CaseState): boolean {
  return state.contactable && !state.settledOnSpot && state.caseClass.callBackBefore !== false;
}

function siteRefused(state: CaseState, command: CommandOf<'record_verification'>, context: Context): Refusal | null {
  if (command.files.length === 0) return deny('cases.verification_photo_missing');
  if (command.point === null) return deny('cases.verification_place_missing');
  const metres = metresOff(state, command) ?? 0;
  const limit = context.settings.verificationRadius;
  return metres > limit ? deny('cases.verification_too_far', { metres, limit }) : null;
}

/** Whole metres between where he stood and where the case is; null when one of them is unknown. */
function metresOff(state: CaseState, command: CommandOf<'record_verification'>): number | null {
  return state.point && command.point ? Math.round(metresBetween(state.point, command.point)) : null;
}

function callRefused(state: CaseState, command: CommandOf<'record_verification'>): Refusal | null {
  if (!state.contactable) return deny('cases.requester_not_contactable');
  if (command.answer === null) return deny('cases.verification_answer_missing');
  const unsolved = command.answer.solved === 'unsolved';
  const contradicts = command.passed ? unsolved : command.answer.solved === 'solved';
  return contradicts ? deny('cases.result_contradicts_answer') : null;
}

/** The requester's own words as a caller heard them, or that nobody answered. 'Solved' closes; he alone says it. */
export const recordCallBack: Decide<'record_call_back'> = (state, command, context) => {
  const { answer, declined, sendBack, remark } = command;
  if (declined && answer !== null) return deny('cases.declined_with_answer');
  const called = happened('called_back', { answer, ...(declined && { declined }) }, { remark });
  if (answer === null) return [called];
  if (state.state === 'merged' || state.state === 'closed') return afterwards(state, command, answer, called, context);
  if (answer.solved === 'solved') return [called, closedEvent(state, 'requester', answer, context)];
  const failed = state.settledOnSpot && answer.solved === 'unsolved';
  if (sendBack || failed) return [called, sentBack(state, 'call_back', context, remark)];
  // Not sent back although unsolved: the caller writes what was explained to the requester.
  if (answer.solved === 'unsolved' && missingText({ remark })) return deny('cases.explanation_missing');
  return [called];
};

/** Asked when it was over: his word stands beside the closing, and a 'not solved' may open it again. */
function afterwards(
  state: CaseState,
  { sendBack, remark }: CommandOf<'record_call_back'>,
  { solved }: Answer,
  called: DecidedEvent,
  context: Context,
): Result<readonly DecidedEvent[]> {
  if (solved === 'solved') return [called];
  if (sendBack) return [called, reopenedEvent(state, 'call_back', context, remark)];
  return solved === 'unsolved' && missingText({ remark }) ? deny('cases.explanation_missing') : [called];
}

/** An officer closes what was verified: after the requester was asked, or when he could not be reached. */
export const close: Decide<'close'> = (state, { explanation }, context) => {
  const answer = lastAnswer(state);
  if (answer === null && isUnreachable(state, context.settings)) {
    return [closedEvent(state, 'unreachable', null, context, explanation)];
  }
  if (answer?.solved === 'unsolved' && missingText({ explanation })) return deny('cases.explanation_missing');
  return [closedEvent(state, 'verification', answer, context, explanation)];
};

/** The requester's own rating. Before closing, 'solved' closes and 'not solved' sends it back. */
export const rate: Decide<'rate'> = (state, { solved, satisfaction, comment }, context) => {
  const rated = happened('rated', { solved, satisfaction }, { comment });
  if (state.state === 'closed' || state.state === 'merged' || solved === 'partly') return [rated];
  return solved === 'solved'
    ? [rated, closedEvent(state, 'requester', { solved, satisfaction }, context)]
    : [rated, sentBack(state, 'rating', context)];
};

export const reopen: Decide<'reopen'> = (state, { reason, files }, context, party) =>
  firstRefusal(missingText({ reason }), tooManyFiles(files, context)) ?? [
    reopenedEvent(state, party === 'requester' ? 'requester' : 'officer', context, reason, files),
  ];
