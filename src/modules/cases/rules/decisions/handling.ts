import type { Refusal } from '../../../../kit/result.ts';
import { addDays, dayOf, isDay } from '../../../../kit/time.ts';
import { clocksFor, iso } from '../clocks.ts';
import type { CommandOf } from '../commands.ts';
import type { Context } from '../context.ts';
import { deny } from '../deny.ts';
import type { CaseState, Dispatch, Shelving } from '../state.ts';
import { type Decide, firstRefusal, happened, missingText, returnedEvent, tooManyFiles } from './common.ts';
import { findTarget } from './dispatching.ts';

export const start: Decide<'start'> = (state, _command, context) => [
  happened('started', { clocks: clocksFor(state, { kind: 'started' }, context) }),
];

/** More time, asked for before the total limit; another organisation decides. */
export const requestExtension: Decide<'request_extension'> = (state, { amount, reason }, context) => {
  const refusal = firstRefusal(missingText({ reason }), amountRefused(amount, context.settings.maxExtensionAmount));
  if (refusal) return refusal;
  const organisationId = state.dispatch?.leadId ?? '';
  const request = { amount, askedBy: context.acting.id, organisationId, at: iso(context.now) };
  return [happened('extension_requested', { request }, { reason })];
};

/** Granted as asked or shorter, or refused; the work goes on either way. */
export const decideExtension: Decide<'decide_extension'> = (state, command, context) => {
  const asked = state.extensionRequest?.amount ?? 0;
  const amount = command.amount ?? asked;
  const refusal = firstRefusal(
    missingText({ reason: command.reason }),
    command.granted ? amountRefused(amount, asked) : null,
  );
  if (refusal) return refusal;
  const { dueAt: from, base } = state.clocks.total;
  const to = context.clock.dueAt(new Date(from), amount, base.clock);
  const extension = command.granted ? { at: iso(context.now), amount, from, to: iso(to.due) } : null;
  const clocks = clocksFor(state, { kind: 'extended', extension }, context);
  const payload = { granted: command.granted, extension, clocks };
  return [happened('extension_decided', payload, { reason: command.reason })];
};

function amountRefused(amount: number, limit: number): Refusal | null {
  return amount > 0 && amount <= limit ? null : deny('cases.extension_amount_wrong', { limit });
}

/** Cannot be done now: somebody owns it, it is looked at again by a day, it ends by a day, and it stays counted. */
export const shelve: Decide<'shelve'> = (state, command, context) => {
  const refusal = firstRefusal(
    missingText({ reason: command.reason }),
    ownerRefused(command.ownerOrganisationId, context),
    datesRefused(state, command, context),
  );
  if (refusal) return refusal;
  const { ground, ownerOrganisationId, reviewOn, endOn, reason } = command;
  const since = state.shelving?.since ?? iso(context.now);
  const shelving: Shelving = {
    ground,
    ownerOrganisationId: ownerOrganisationId ?? '',
    reviewOn: reviewOn ?? '',
    endOn: endOn ?? '',
    since,
  };
  const clocks = clocksFor(state, { kind: 'shelved', reason: ground, reviewOn: shelving.reviewOn }, context);
  return [happened('shelved', { shelving, clocks }, { reason })];
};

function ownerRefused(ownerId: string | null, context: Context): Refusal | null {
  if (ownerId === null) return deny('cases.shelving_owner_missing');
  const owner = findTarget(ownerId, context);
  if (!owner) return deny('cases.organisation_unknown', { organisationId: ownerId });
  return owner.active ? null : deny('cases.organisation_closed', { organisationId: ownerId });
}

function datesRefused(state: CaseState, command: CommandOf<'shelve'>, context: Context): Refusal | null {
  const { reviewOn, endOn } = command;
  if (reviewOn === null || endOn === null) return deny('cases.shelving_dates_missing');
  const today = dayOf(context.now);
  if (!isDay(reviewOn) || !isDay(endOn) || reviewOn <= today || endOn < reviewOn) {
    return deny('cases.shelving_dates_wrong', { today });
  }
  const since = state.shelving ? dayOf(new Date(state.shelving.since)) : today;
  const last = addDays(since, context.settings.maxShelvingDays);
  return endOn > last ? deny('cases.shelving_too_long', { last }) : null;
}

export const resume: Decide<'resume'> = (state, { reason }, context) =>
  missingText({ reason }) ?? [
    happened('resumed', { clocks: clocksFor(state, { kind: 'resumed' }, context) }, { reason }),
  ];

/** The lead says it is done: what was done, and photos where the class asks for them. Others will look. */
export const reportDone: Decide<'report_done'> = (state, { result, files }, context) => {
  const refusal = firstRefusal(missingText({ result }), tooManyFiles(files, context));
  if (refusal) return refusal;
  if (state.caseClass.photosRequired && files.length === 0) return deny('cases.photos_missing');
  return [
    happened('reported_done', { clocks: clocksFor(state, { kind: 'reported_done' }, context) }, { result }, files),
  ];
};

/** Settled on the spot (即查即办): photos of before and after; another person or the requester has the last word. */
export const settle: Decide<'settle'> = (state, { result, beforeFiles, afterFiles }, context, party) => {
  const files = [...beforeFiles, ...afterFiles];
  const refusal = firstRefusal(missingText({ result }), tooManyFiles(files, context));
  if (refusal) return refusal;
  if (beforeFiles.length === 0 || afterFiles.length === 0) return deny('cases.photos_missing');
  const leadId = context.acting.standing.get(party);
  if (!leadId) throw new Error('a settlement needs the organisation of the one who settles');
  const given: Dispatch = {
    leadId,
    assistIds: [],
    entryId: null,
    entryNumber: null,
    designated: false,
    at: iso(context.now),
    objectionUntil: null,
  };
  const clocks = clocksFor(state, { kind: 'reported_done' }, context);
  return [happened('settled', { dispatch: given, beforeFiles, afterFiles, clocks }, { result }, files)];
};

/** The lead takes returned work up again; or, while the requester is asked, an officer sends it back. */
export const rework: Decide<'rework'> = (state, { reason }, context) => {
  if (state.state === 'call_back') {
    return missingText({ reason }) ?? [returnedEvent(state, 'officer', context, reason)];
  }
  return [happened('rework_started', { clocks: clocksFor(state, { kind: 'rework_started' }, context) }, { reason })];
};
