import { type Refusal, type Result, refuse } from '../../../kit/result.ts';
import { MINUTE } from '../../../kit/time.ts';
import { metresBetween } from '../../cases/rules/distance.ts';
import { type Action, ACTIONS, type CallState, type Clock, OPEN_CALLS, type Party, RESOURCES } from './words.ts';

export type Point = readonly [number, number];
/** Somebody in the line of a shift. */
export type Called = { readonly postId: string; readonly userId: string; readonly organisationId: string };
/** In minutes; the radius in metres. */
export type Limits = {
  readonly acknowledge: number;
  readonly arrive: number;
  readonly report: number;
  readonly close: number;
  readonly radius: number;
};

/** An urgent matter sent to who is on duty. */
export type Call = {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly state: CallState;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly teamId: string;
  readonly centreId: string;
  readonly line: readonly Called[];
  /** How many of the line were called so far. */
  readonly reached: number;
  readonly responder: Called | null;
  readonly limits: Limits;
  readonly sentAt: string;
  /** When the one called now must have acknowledged. */
  readonly acknowledgeDueAt: string;
  readonly arriveDueAt: string;
  readonly reportDueAt: string;
  readonly closeDueAt: string;
  readonly acknowledgedAt: string | null;
  readonly arrivedAt: string | null;
  readonly arrivalMetres: number | null;
  readonly reportedAt: string | null;
  readonly endedAt: string | null;
  /** Deadlines that passed, each told once; for `acknowledge` once for each who was called. */
  readonly late: readonly Clock[];
};

export type CallCommand =
  | { readonly action: 'acknowledge' }
  | { readonly action: 'arrive'; readonly point: Point }
  | { readonly action: 'report'; readonly text: string; readonly files: readonly string[] }
  | { readonly action: 'close'; readonly result: string }
  | { readonly action: 'hand_over'; readonly reference: string }
  | { readonly action: 'reassign'; readonly teamId: string; readonly line: readonly Called[]; readonly reason: string }
  | { readonly action: 'stand_down'; readonly reason: string | null }
  | { readonly action: 'run_out'; readonly clock: Clock };
export type Versioned = CallCommand & { readonly expectedVersion: number };

export type Acting = { readonly id: string; readonly parties: ReadonlySet<Party> };

/** What the case's file is told. */
export type Told = {
  readonly step:
    | 'duty_sent'
    | 'duty_at_centre'
    | 'duty_acknowledged'
    | 'duty_arrived'
    | 'duty_reported'
    | 'duty_closed'
    | 'duty_handed_over'
    | 'duty_stood_down'
    | 'duty_overdue';
  readonly organisationId: string | null;
  readonly texts: Readonly<Record<string, string | null>>;
  readonly files: readonly string[];
};
export type Decision = { readonly call: Call; readonly told: readonly Told[] };

type Rule = { readonly action: Action; readonly from: readonly CallState[]; readonly parties: readonly Party[] };
const row = (action: Action, from: readonly CallState[], ...parties: Party[]): Rule => ({ action, from, parties });

/** The one table. */
export const LEGAL_ACTIONS: readonly Rule[] = [
  row('acknowledge', ['sent'], 'called'),
  row('arrive', ['acknowledged'], 'responder'),
  row('report', ['arrived'], 'responder'),
  row('close', ['reported'], 'responder', 'centre'),
  row('hand_over', OPEN_CALLS, 'responder', 'centre'),
  row('reassign', OPEN_CALLS, 'centre'),
  row('stand_down', OPEN_CALLS, 'centre', 'system'),
  row('run_out', OPEN_CALLS, 'system'),
];

const after = (from: Date, minutes: number) => new Date(from.getTime() + minutes * MINUTE).toISOString();
const told = (
  step: Told['step'],
  organisationId: string | null,
  texts: Told['texts'] = {},
  files: Told['files'] = [],
) => ({ step, organisationId, texts, files }) satisfies Told;

export type Sending = {
  readonly id: string;
  readonly caseId: string;
  readonly areaCode: string;
  readonly point: Point | null;
  readonly teamId: string;
  readonly centreId: string;
  /** Empty: nobody is on duty, and the centre has it at once. */
  readonly line: readonly Called[];
  readonly limits: Limits;
  readonly reason: string | null;
};

/** Sends a matter to the first in line. All clocks but the acknowledgement run from here, whoever takes it up. */
export function send({ reason, ...sending }: Sending, now: Date): Decision {
  const { limits, line } = sending;
  const [first] = line;
  const call: Call = {
    ...sending,
    version: 1,
    state: first ? 'sent' : 'at_centre',
    reached: first ? 1 : 0,
    responder: null,
    sentAt: now.toISOString(),
    acknowledgeDueAt: after(now, limits.acknowledge),
    arriveDueAt: after(now, limits.arrive),
    reportDueAt: after(now, limits.report),
    closeDueAt: after(now, limits.close),
    acknowledgedAt: null,
    arrivedAt: null,
    arrivalMetres: null,
    reportedAt: null,
    endedAt: null,
    late: [],
  };
  const step = first ? told('duty_sent', first.organisationId, { reason }) : told('duty_at_centre', call.centreId);
  return { call, told: [step] };
}

/** Deadlines that run now and were not told late. */
export function runningClocks(call: Call): readonly { readonly clock: Clock; readonly dueAt: string }[] {
  const due: (readonly [Clock, string])[] = [];
  if (call.state === 'sent') due.push(['acknowledge', call.acknowledgeDueAt]);
  if (['sent', 'at_centre', 'acknowledged'].includes(call.state)) due.push(['arrive', call.arriveDueAt]);
  if (['sent', 'at_centre', 'acknowledged', 'arrived'].includes(call.state)) due.push(['report', call.reportDueAt]);
  if (isOpen(call)) due.push(['close', call.closeDueAt]);
  return due
    .filter(([clock]) => clock === 'acknowledge' || !call.late.includes(clock))
    .map(([clock, dueAt]) => ({ clock, dueAt }));
}

export function isOpen(call: Call): boolean {
  return (OPEN_CALLS as readonly CallState[]).includes(call.state);
}

/** As what somebody may take the action now; or why he may not. */
export function refuseAction(action: Action, call: Call, acting: Acting): Refusal | null {
  const own = LEGAL_ACTIONS.filter(
    (rule) => rule.action === action && rule.parties.some((one) => acting.parties.has(one)),
  );
  if (own.length === 0) return refuse('duty.not_your_part', { action });
  const here = own.some((rule) => rule.from.includes(call.state));
  return here ? null : refuse('duty.wrong_state', { action, state: call.state });
}

/** What the screen shows of one action; those in which somebody has no part are left out. */
export function availableActions(call: Call, acting: Acting) {
  return ACTIONS.flatMap((action) => {
    const resource = RESOURCES[action];
    const refusal = refuseAction(action, call, acting);
    if (resource === null || refusal?.code === 'duty.not_your_part') return [];
    return [{ action, resource, allowed: refusal === null, code: refusal?.code ?? null }];
  });
}

/** What a command comes to: the call after it and what its case is told, or why not. */
export function decide(call: Call, command: Versioned, acting: Acting, now: Date): Result<Decision> {
  if (command.expectedVersion !== call.version) return refuse('duty.stale_version');
  const refusal = refuseAction(command.action, call, acting);
  if (refusal) return refusal;
  const decided = step(call, command, acting, now);
  return 'refused' in decided ? decided : { ...decided, call: { ...decided.call, version: call.version + 1 } };
}

function step(call: Call, command: CallCommand, acting: Acting, now: Date): Result<Decision> {
  const at = now.toISOString();
  const office = call.responder?.organisationId ?? call.centreId;
  switch (command.action) {
    case 'acknowledge': {
      const responder = call.line.slice(0, call.reached).find((one) => one.userId === acting.id);
      if (!responder) return refuse('duty.not_your_part', { action: 'acknowledge' });
      const taken = { ...call, state: 'acknowledged' as const, responder, acknowledgedAt: at };
      return { call: taken, told: [told('duty_acknowledged', responder.organisationId)] };
    }
    case 'arrive': {
      const metres = call.point ? Math.round(metresBetween(call.point, command.point)) : null;
      const { radius } = call.limits;
      if (metres !== null && metres > radius) return refuse('duty.too_far', { metres, limit: radius });
      const there = { ...call, state: 'arrived' as const, arrivedAt: at, arrivalMetres: metres };
      return { call: there, told: [told('duty_arrived', office)] };
    }
    case 'report': {
      const { text, files } = command;
      return {
        call: { ...call, state: 'reported', reportedAt: at },
        told: [told('duty_reported', office, { text }, files)],
      };
    }
    case 'close':
      return ended(call, 'closed', at, told('duty_closed', office, { result: command.result }));
    case 'hand_over':
      return ended(call, 'handed_over', at, told('duty_handed_over', office, { reference: command.reference }));
    case 'stand_down':
      return ended(call, 'stood_down', at, told('duty_stood_down', call.centreId, { reason: command.reason }));
    case 'reassign': {
      const { line, teamId, reason } = command;
      const [first] = line;
      if (!first) return refuse('duty.nobody_on_duty');
      const fresh = { state: 'sent' as const, responder: null, reached: 1, acknowledgedAt: null, arrivedAt: null };
      const again = { ...call, ...fresh, teamId, line, arrivalMetres: null, reportedAt: null };
      return {
        call: { ...again, acknowledgeDueAt: after(now, call.limits.acknowledge) },
        told: [told('duty_sent', first.organisationId, { reason })],
      };
    }
    case 'run_out':
      return ranOut(call, command.clock, now);
  }
}

function ended(call: Call, state: 'closed' | 'handed_over' | 'stood_down', at: string, said: Told): Decision {
  return { call: { ...call, state, endedAt: at }, told: [said] };
}

/** Not acknowledged: the next in line is called, and after the last the centre has it. Other clocks are told late once. */
function ranOut(call: Call, clock: Clock, now: Date): Result<Decision> {
  const running = runningClocks(call).find((one) => one.clock === clock);
  if (!running || now < new Date(running.dueAt)) return refuse('duty.not_late');
  const late = [...call.late, clock];
  if (clock !== 'acknowledge') {
    const office = call.responder?.organisationId ?? call.centreId;
    return { call: { ...call, late }, told: [told('duty_overdue', office)] };
  }
  const missed = call.line[call.reached - 1];
  const next = call.line[call.reached];
  const said = told('duty_overdue', missed?.organisationId ?? null);
  if (!next)
    return { call: { ...call, late, state: 'at_centre' }, told: [said, told('duty_at_centre', call.centreId)] };
  return {
    // From when his time began, so that a standstill does not give the next in line a time that is over.
    call: { ...call, late, reached: call.reached + 1, acknowledgeDueAt: after(now, call.limits.acknowledge) },
    told: [said, told('duty_sent', next.organisationId)],
  };
}
