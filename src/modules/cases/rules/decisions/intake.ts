import { isRefusal, type Refusal } from '../../../../kit/result.ts';
import { clocksFor, iso } from '../clocks.ts';
import type { CommandOf, Elsewhere } from '../commands.ts';
import type { Context, MasterFacts } from '../context.ts';
import { deny } from '../deny.ts';
import { isOpenState } from '../responsible.ts';
import type { CaseState, ClassFacts } from '../state.ts';
import { type Decide, firstRefusal, happened, missingText } from './common.ts';
import { openClass, placeRefused, sensitivityOf } from './opening.ts';

/** Not handled here: the public answer says where to go instead. */
export const reject: Decide<'reject'> = (state, { reason, answer, where, phone, address }, context) =>
  firstRefusal(missingText({ answer }), elsewhereRefused({ where, phone, address })) ?? [
    happened(
      'rejected',
      { reason, clocks: clocksFor(state, { kind: 'ended' }, context) },
      { answer, where, phone, address },
    ),
  ];

/** 'Not ours' is said with where to go instead: a name, and a telephone or an address to find it by. */
function elsewhereRefused({ where, phone, address }: Elsewhere): Refusal | null {
  const said = (text: string | null) => text !== null && text.trim() !== '';
  if (!said(where)) return deny('cases.where_next_missing');
  return said(phone) || said(address) ? null : deny('cases.way_there_missing', { where });
}

/** Passed to its lawful route. A petition stays visible with that route's clock until the route has answered. */
export const refer: Decide<'refer'> = (state, command, context) => {
  const { route, where, phone, address, answer } = command;
  const refusal = firstRefusal(missingText({ answer }), elsewhereRefused({ where, phone, address }));
  if (refusal) return refusal;
  const limit = command.routeDeadline ?? (state.caseClass.petition ? context.deadline('total') : null);
  const due = limit && context.clock.dueAt(context.now, limit.amount, limit.clock);
  const dueAt = due ? iso(due.due) : null;
  const clocks = clocksFor(state, { kind: 'referred', dueAt, uncertain: due?.uncertain ?? false }, context);
  return [happened('referred', { route, dueAt, clocks }, { where, phone, address, answer })];
};

/** What the route did with it; `taken_up` leaves its clock running, the three endings stop it. */
export const recordRoute: Decide<'record_route'> = (state, { outcome, report }, context) => {
  const clocks = outcome === 'taken_up' ? {} : clocksFor(state, { kind: 'ended' }, context);
  return missingText({ report }) ?? [happened('route_recorded', { outcome, clocks }, { report })];
};

/** Joined to a case about the same matter; its caller keeps his own call-back. */
export const merge: Decide<'merge'> = (state, { masterCaseId, reason }, context) => {
  const master = context.master;
  const refusal = missingText({ reason }) ?? masterRefused(state, masterCaseId, master);
  if (refusal || !master) return refusal ?? deny('cases.master_unknown');
  const clocks = clocksFor(state, { kind: 'ended' }, context);
  return [happened('merged', { masterCaseId, masterNumber: master.number, clocks }, { reason })];
};

function masterRefused(state: CaseState, masterCaseId: string, master: MasterFacts | null): Refusal | null {
  if (masterCaseId === state.id || master?.masterCaseId === state.id) return deny('cases.merge_into_itself');
  if (master === null || master.id !== masterCaseId) return deny('cases.master_unknown');
  if (isOpenState(master.state) && master.masterCaseId === null) return null;
  return deny('cases.master_not_open', { number: master.number, state: master.state });
}

export const adoptDuplicate: Decide<'adopt_duplicate'> = (state, { duplicateId }) => {
  if (duplicateId === state.id || state.duplicateIds.includes(duplicateId)) return deny('cases.merge_into_itself');
  return [happened('duplicate_adopted', { duplicateId })];
};

/** The case follows its area, or the office that dealt with it, to the successor; clocks and rights go on. */
export const rehome: Decide<'rehome'> = (state, { areaCode, commandCentreId, succession }) => {
  const heir = (id: string): string => (succession && id === succession.from ? succession.to : id);
  const dispatch = state.dispatch && {
    ...state.dispatch,
    leadId: heir(state.dispatch.leadId),
    assistIds: [...new Set(state.dispatch.assistIds.map(heir))].filter(
      (id) => id !== heir(state.dispatch?.leadId ?? ''),
    ),
  };
  const shelving = state.shelving && {
    ...state.shelving,
    ownerOrganisationId: heir(state.shelving.ownerOrganisationId),
  };
  // Whoever takes over has handled it, too: he does not verify what his office did under another name.
  const handlingOrganisationIds = [...new Set(state.handlingOrganisationIds.flatMap((id) => [id, heir(id)]))];
  const after = { areaCode, commandCentreId: heir(commandCentreId), dispatch, shelving, handlingOrganisationIds };
  const { commandCentreId: centre, handlingOrganisationIds: handled } = state;
  const before = {
    areaCode: state.areaCode,
    commandCentreId: centre,
    dispatch: state.dispatch,
    shelving: state.shelving,
    handlingOrganisationIds: handled,
  };
  if (JSON.stringify(after) === JSON.stringify(before)) return deny('cases.nothing_to_correct');
  return [happened('rehomed', after)];
};

/** A case that was merged here goes its own way again. */
export const releaseDuplicate: Decide<'release_duplicate'> = (state, { duplicateId }) =>
  state.duplicateIds.includes(duplicateId)
    ? [happened('duplicate_released', { duplicateId })]
    : deny('cases.not_merged_here');

/** Class, area or urgency put right before anybody works on it; the new class brings its own limits. */
export const correct: Decide<'correct'> = (state, command, context) => {
  const refusal = firstRefusal(missingText({ reason: command.reason }), areaRefused(command, context));
  if (refusal) return refusal;
  const caseClass = command.classCode === null ? state.caseClass : classNamed(command.classCode, context);
  if ('refused' in caseClass) return caseClass;
  const sensitivity = sensitivityOf(caseClass, state.askedSecrecy);
  const to = {
    areaCode: command.areaCode ?? state.areaCode,
    // A point given for another area says nothing about the new one.
    point: command.point ?? (command.areaCode === null ? state.point : null),
    commandCentreId: command.areaCode === null ? state.commandCentreId : (command.commandCentreId ?? ''),
    urgency: command.urgency ?? state.urgency,
  };
  if (!changes(state, to, caseClass)) return deny('cases.nothing_to_correct');
  const clocks = command.classCode === null ? {} : clocksFor(state, { kind: 'corrected' }, context);
  const corrected = happened('corrected', { ...to, caseClass, sensitivity, clocks }, { reason: command.reason });
  const hidden = state.publicState === 'released' && sensitivity !== 'normal';
  return hidden ? [corrected, happened('unreleased', {})] : [corrected];
};

function areaRefused(command: CommandOf<'correct'>, context: Context): Refusal | null {
  if (command.areaCode === null && command.point === null) return null;
  if (command.areaCode !== null && command.commandCentreId === null) return deny('cases.centre_missing');
  return placeRefused(context);
}

function classNamed(code: string, context: Context): ClassFacts | Refusal {
  const found = openClass(context);
  if (isRefusal(found) || found.code === code) return found;
  return deny('cases.class_unknown');
}

function changes(
  state: CaseState,
  to: Pick<CaseState, 'areaCode' | 'point' | 'urgency'>,
  caseClass: ClassFacts,
): boolean {
  return (
    to.areaCode !== state.areaCode ||
    to.urgency !== state.urgency ||
    caseClass.code !== state.caseClass.code ||
    to.point?.[0] !== state.point?.[0] ||
    to.point?.[1] !== state.point?.[1]
  );
}

/** The requester takes it back. */
export const withdraw: Decide<'withdraw'> = (state, { reason }, context) =>
  missingText({ reason }) ?? [
    happened('withdrawn', { clocks: clocksFor(state, { kind: 'ended' }, context) }, { reason }),
  ];

/** Spam or a test: struck out before anybody was given it, with a reason; the row and its history stay. */
export const voidCase: Decide<'void'> = (state, { reason }, context) =>
  missingText({ reason }) ?? [happened('voided', { clocks: clocksFor(state, { kind: 'ended' }, context) }, { reason })];
