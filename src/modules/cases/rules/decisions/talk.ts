import { levelOf, within } from '../../../../kit/codes.ts';
import { totalRuns } from '../clocks.ts';
import type { CommandOf } from '../commands.ts';
import { deny } from '../deny.ts';
import type { CaseState, Lateness } from '../state.ts';
import type { ClockName } from '../words.ts';
import { type Decide, firstRefusal, happened, missingText, tooManyFiles } from './common.ts';

/** For the office alone; says so when it tells of a talk with the requester. */
export const note: Decide<'note'> = (_state, { text, contact, files }, context) =>
  firstRefusal(missingText({ text }), tooManyFiles(files, context)) ?? [
    happened('noted', { contact }, { text }, files),
  ];

/** To the requester, who reads it under his number. */
export const reply: Decide<'reply'> = (_state, { text, files }, context) =>
  firstRefusal(missingText({ text }), tooManyFiles(files, context)) ?? [happened('replied', {}, { text }, files)];

/** Files, or from the requester words alone: what he remembers later may need no photo. */
export const attach: Decide<'attach'> = (_state, { files, text }, context, party) => {
  const said = party === 'requester' && text !== null && text.trim() !== '';
  if (files.length === 0 && !said) return deny('cases.files_missing');
  return tooManyFiles(files, context) ?? [happened('attached', {}, { text }, files)];
};

/** Made public: the edited text and a coarse place, never the original ones. */
export const release: Decide<'release'> = (state, command, context) => {
  const { title, text, answer, areaCode, point, files } = command;
  const refusal = firstRefusal(missingText({ title, text }), tooManyFiles(files, context));
  if (refusal) return refusal;
  if (!isCoarse(state, command)) return deny('cases.place_not_coarse');
  return [happened('released', { areaCode, point }, { title, text, answer }, files)];
};

/** Not smaller than a village, around the case's own area, and not at its very point. */
function isCoarse(state: CaseState, { areaCode, point }: CommandOf<'release'>): boolean {
  const level = levelOf(areaCode);
  if (level === null || level === 'grid' || level === 'micro_grid' || !within(state.areaCode, areaCode)) return false;
  const exact = point !== null && point[0] === state.point?.[0] && point[1] === state.point[1];
  return !exact;
}

export const unrelease: Decide<'unrelease'> = (_state, { reason }) =>
  missingText({ reason }) ?? [happened('unreleased', {}, { reason })];

/** A timer found a clock run out; told once for each due time. */
export const recordLateness: Decide<'record_lateness'> = (state, { clock }, context) => {
  const lateness = latenessOf(state, clock);
  if (lateness === null || context.now < new Date(lateness.dueAt)) return deny('cases.not_late', { clock });
  const told = state.late.some(
    (late) => late.clock === clock && late.name === lateness.name && late.dueAt === lateness.dueAt,
  );
  return told ? deny('cases.not_late', { clock }) : [happened('ran_late', { lateness })];
};

/** A step of a joint handling, as the module above decided it; the file of the case tells of it. */
export const recordJointStep: Decide<'record_joint_step'> = (_state, command, context) => {
  const { jointId, step, organisationId, joins, leaves, by, texts, files } = command;
  return (
    tooManyFiles(files, context) ?? [
      happened('joint_step', { jointId, step, organisationId, joins, leaves, by }, texts, files),
    ]
  );
};

function latenessOf(state: CaseState, clock: ClockName): Lateness | null {
  const { stage, contact, total } = state.clocks;
  switch (clock) {
    case 'stage':
      return stage && { clock, name: stage.name, dueAt: stage.dueAt };
    case 'contact':
      return contact && { clock, name: 'contact', dueAt: contact.dueAt };
    case 'total':
      return totalRuns(state) ? { clock, name: 'total', dueAt: total.dueAt } : null;
  }
}
