import { isRefusal, type Refusal, type Result } from '../../../kit/result.ts';
import { legalParty } from './actions.ts';
import { iso } from './clocks.ts';
import type { CaseCommand, Command, OpeningCommand, RegisterCommand } from './commands.ts';
import type { Acting, Context } from './context.ts';
import * as checking from './decisions/checking.ts';
import * as dispatching from './decisions/dispatching.ts';
import * as handling from './decisions/handling.ts';
import * as intake from './decisions/intake.ts';
import { importCase, register } from './decisions/opening.ts';
import * as talk from './decisions/talk.ts';
import { deny } from './deny.ts';
import { evolve } from './evolve.ts';
import type { DecidedEvent, Decision } from './events.ts';
import type { CaseState } from './state.ts';
import { PARTIES, type Party } from './words.ts';

/**
 * What a command comes to: the events to append and the state after them, or why not. Nothing else of the world is
 * looked at than the arguments. `state` is null for `register` and `import` alone.
 */
export function decide(state: CaseState | null, command: Command, context: Context): Decision | Refusal {
  if (command.action === 'register' || command.action === 'import') {
    if (state !== null) throw new Error(`case ${state.id} cannot begin twice`);
    return open(command, context);
  }
  if (state === null) throw new Error(`${command.action} needs a case`);
  if (command.expectedVersion !== state.version) return stale(state, command, context);
  const party = legalParty(command.action, state, context);
  if (isRefusal(party)) return party;
  const events = decideStep(state, command, context, party);
  return isRefusal(events) ? events : recorded(state, events, context, party);
}

/** Two people acted at once: the second is told who did what. */
function stale(state: CaseState, command: CaseCommand, context: Context): Refusal {
  return deny('cases.stale_version', {
    expected: command.expectedVersion,
    version: state.version,
    event: context.lastEvent?.kind ?? null,
    at: context.lastEvent?.at ?? null,
    // Steps of the system have no name to tell.
    actor: context.lastEvent?.actorName || '—',
  });
}

/** Begins a case: the part of `decide` that needs none. */
export function open(command: OpeningCommand, context: Context): Decision | Refusal {
  const event = command.action === 'register' ? register(command, context) : importCase(command, context);
  if (isRefusal(event)) return event;
  const opened = recorded(null, [event], context, openingParty(context.acting));
  return command.action === 'register' && command.settlement ? settledAtOnce(opened, command, context) : opened;
}

/** Reported and settled in one step: the settlement obeys the same table as one that comes later. */
function settledAtOnce(opened: Decision, command: RegisterCommand, context: Context): Decision | Refusal {
  const { settlement } = command;
  if (!settlement) return opened;
  const expectedVersion = opened.state.version;
  const settled = decide(opened.state, { action: 'settle', ...settlement, expectedVersion }, context);
  if (isRefusal(settled)) return settled;
  return { events: [...opened.events, ...settled.events], state: settled.state };
}

/** As what somebody files: the first of his parties in the order of `PARTIES`. */
function openingParty(acting: Acting): Party | null {
  return PARTIES.find((party) => acting.standing.has(party)) ?? null;
}

function recorded(
  before: CaseState | null,
  events: readonly DecidedEvent[],
  context: Context,
  party: Party | null,
): Decision {
  const organisationId = (party && context.acting.standing.get(party)) ?? null;
  const stamp = { at: iso(context.now), actorId: context.acting.id, party, organisationId };
  const first = (before?.version ?? 0) + 1;
  const stamped = events.map((event, index) => ({ ...event, ...stamp, seq: first + index }));
  let state = before;
  for (const event of stamped) state = evolve(state, event);
  if (state === null) throw new Error('a decision without events decides nothing');
  return { events: stamped, state };
}

function decideStep(
  state: CaseState,
  command: CaseCommand,
  context: Context,
  party: Party,
): Result<readonly DecidedEvent[]> {
  switch (command.action) {
    case 'reject':
      return intake.reject(state, command, context, party);
    case 'refer':
      return intake.refer(state, command, context, party);
    case 'record_route':
      return intake.recordRoute(state, command, context, party);
    case 'merge':
      return intake.merge(state, command, context, party);
    case 'adopt_duplicate':
      return intake.adoptDuplicate(state, command, context, party);
    case 'rehome':
      return intake.rehome(state, command, context, party);
    case 'release_duplicate':
      return intake.releaseDuplicate(state, command, context, party);
    case 'correct':
      return intake.correct(state, command, context, party);
    case 'withdraw':
      return intake.withdraw(state, command, context, party);
    case 'void':
      return intake.voidCase(state, command, context, party);
    case 'dispatch':
      return dispatching.dispatch(state, command, context, party);
    case 'accept':
      return dispatching.accept(state, command, context, party);
    case 'object':
      return dispatching.object(state, command, context, party);
    case 'take_up':
      return dispatching.takeUp(state, command, context, party);
    case 'rule':
      return dispatching.rule(state, command, context, party);
    case 'start':
      return handling.start(state, command, context, party);
    case 'request_extension':
      return handling.requestExtension(state, command, context, party);
    case 'decide_extension':
      return handling.decideExtension(state, command, context, party);
    case 'shelve':
      return handling.shelve(state, command, context, party);
    case 'resume':
      return handling.resume(state, command, context, party);
    case 'report_done':
      return handling.reportDone(state, command, context, party);
    case 'settle':
      return handling.settle(state, command, context, party);
    case 'rework':
      return handling.rework(state, command, context, party);
    case 'begin_verification':
      return checking.beginVerification(state, command, context, party);
    case 'record_verification':
      return checking.recordVerification(state, command, context, party);
    case 'record_call_back':
      return checking.recordCallBack(state, command, context, party);
    case 'close':
      return checking.close(state, command, context, party);
    case 'rate':
      return checking.rate(state, command, context, party);
    case 'reopen':
      return checking.reopen(state, command, context, party);
    case 'note':
      return talk.note(state, command, context, party);
    case 'reply':
      return talk.reply(state, command, context, party);
    case 'attach':
      return talk.attach(state, command, context, party);
    case 'release':
      return talk.release(state, command, context, party);
    case 'unrelease':
      return talk.unrelease(state, command, context, party);
    case 'record_lateness':
      return talk.recordLateness(state, command, context, party);
    case 'record_joint_step':
      return talk.recordJointStep(state, command, context, party);
  }
}
