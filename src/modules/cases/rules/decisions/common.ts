import { isRefusal, type Refusal, type Result } from '../../../../kit/result.ts';
import type { CaseCommand, CommandOf, FileIds } from '../commands.ts';
import { clocksFor, iso } from '../clocks.ts';
import type { Context } from '../context.ts';
import { deny } from '../deny.ts';
import type { Content, DecidedEvent, EventKind, PayloadOf } from '../events.ts';
import type { Answer, CaseState } from '../state.ts';
import type { ClosureKind, Party, ReopeningGround } from '../words.ts';

/** What a command comes to, once the table has allowed it. */
export type Decide<A extends CaseCommand['action']> = (
  state: CaseState,
  command: CommandOf<A>,
  context: Context,
  party: Party,
) => Result<readonly DecidedEvent[]>;

/** An event with its structure in `payload` and its free text beside; texts that are null are left out. */
export function happened<K extends EventKind>(
  kind: K,
  payload: PayloadOf<K>,
  texts: Readonly<Record<string, string | null>> = {},
  files: FileIds = [],
): DecidedEvent {
  const told = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== null);
  const content: Content | null = told.length === 0 ? null : Object.fromEntries(told);
  // Kind and payload belong together by the signature; the compiler does not follow that through a generic.
  return { kind, payload, content, files } as unknown as DecidedEvent;
}

/** Refuses when one of these texts is missing or blank, naming it. */
export function missingText(texts: Readonly<Record<string, string | null>>): Refusal | null {
  for (const [field, text] of Object.entries(texts)) {
    if (text === null || text.trim() === '') return deny('cases.text_missing', { field });
  }
  return null;
}

export function tooManyFiles(files: FileIds, context: Context): Refusal | null {
  const { maxFiles } = context.settings;
  return files.length > maxFiles ? deny('cases.too_many_files', { limit: maxFiles }) : null;
}

/** The first refusal among checks, or null when all passed. */
export function firstRefusal(...checks: readonly (Refusal | null)[]): Refusal | null {
  return checks.find((check) => isRefusal(check)) ?? null;
}

export function closedEvent(
  state: CaseState,
  closure: Exclude<ClosureKind, 'imported'>,
  answer: Answer | null,
  context: Context,
  explanation: string | null = null,
): DecidedEvent {
  const until = (stage: 'rating' | 'reopen_window'): string => {
    const { amount, clock } = context.deadline(stage);
    return iso(context.clock.dueAt(context.now, amount, clock).due);
  };
  const payload = {
    closure,
    solved: answer?.solved ?? null,
    satisfaction: answer?.satisfaction ?? null,
    rateUntil: until('rating'),
    reopenUntil: until('reopen_window'),
    clocks: clocksFor(state, { kind: 'ended' }, context),
  };
  return happened('closed', payload, { explanation });
}

export function returnedEvent(
  state: CaseState,
  because: PayloadOf<'returned'>['because'],
  context: Context,
  reason: string | null = null,
): DecidedEvent {
  return happened('returned', { because, clocks: clocksFor(state, { kind: 'returned' }, context) }, { reason });
}

export function reopenedEvent(
  state: CaseState,
  ground: ReopeningGround,
  context: Context,
  reason: string | null = null,
  files: FileIds = [],
): DecidedEvent {
  const kind = ground === 'settlement_failed' ? 'settlement_failed' : 'reopened';
  return happened('reopened', { ground, clocks: clocksFor(state, { kind }, context) }, { reason }, files);
}

/**
 * What a failed attempt leads to: the lead works again; a settlement on the spot goes to the centre to be dispatched,
 * so that a grid is not burdened with what it could not settle at once.
 */
export function sentBack(
  state: CaseState,
  because: PayloadOf<'returned'>['because'],
  context: Context,
  reason: string | null = null,
): DecidedEvent {
  return state.settledOnSpot
    ? reopenedEvent(state, 'settlement_failed', context, reason)
    : returnedEvent(state, because, context, reason);
}
