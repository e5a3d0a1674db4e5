import { endOfDay } from '../../../kit/time.ts';
import type { Context } from './context.ts';
import type { ClockPatch } from './events.ts';
import type { CaseState, Clocks, Day, Extension, Instant, StageClock, TotalClock } from './state.ts';
import type { PauseReason, Stage } from './words.ts';

/**
 * Which clocks a step starts, stops or moves. Every open case has exactly one stage clock; the contact clock runs
 * beside it; the total clock runs unless it is paused, and every pause is itemised.
 */
export type ClockChange =
  | { readonly kind: 'opened' }
  | { readonly kind: 'corrected' }
  | { readonly kind: 'dispatched' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'objected' }
  | { readonly kind: 'taken_up' }
  | { readonly kind: 'started' }
  | { readonly kind: 'extended'; readonly extension: Extension | null }
  | { readonly kind: 'shelved'; readonly reason: PauseReason; readonly reviewOn: Day }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'reported_done' }
  | { readonly kind: 'verified' }
  | { readonly kind: 'returned' }
  | { readonly kind: 'rework_started' }
  | { readonly kind: 'referred'; readonly dueAt: Instant | null; readonly uncertain: boolean }
  | { readonly kind: 'reopened' }
  | { readonly kind: 'settlement_failed' }
  | { readonly kind: 'ended' };

/** The clocks after a step on an existing case; what the answer does not name goes on as it was. */
export function clocksFor(state: CaseState, change: ClockChange, context: Context): ClockPatch {
  const { now } = context;
  const { stage, contact, total } = state.clocks;
  switch (change.kind) {
    case 'opened':
      return openingClocks(context);
    case 'corrected':
      return correctedClocks(state, context);
    case 'dispatched':
      return {
        stage: stageClock('acceptance', context),
        contact: contact ?? (state.contactable && state.contactedAt === null ? contactClock(context) : null),
      };
    case 'accepted':
      return { stage: handlingClock(total, now) };
    case 'objected':
      return { stage: stageClock('adjudication', context) };
    case 'taken_up':
    case 'started':
    case 'rework_started':
      return {};
    case 'extended':
      return extendedClocks(stage, total, change.extension, now);
    case 'shelved':
      return {
        stage: { name: 'review', startedAt: iso(now), dueAt: iso(endOfDay(change.reviewOn)), uncertain: false },
        total: pauseTotal(total, change.reason, context),
      };
    case 'resumed':
      return goOn(state.inRework, total, context);
    case 'reported_done':
      return { stage: stageClock('verification', context), total: pauseTotal(total, 'checking', context) };
    case 'verified':
      return { stage: stageClock('call_back', context) };
    case 'returned':
      return { stage: stageClock('rework', context), total: continueTotal(total, context) };
    case 'referred':
      return referredClocks(change, total, context);
    case 'reopened':
      return { stage: stageClock('dispatch', context), contact: null, total: newTotal(context) };
    case 'settlement_failed':
      return { stage: stageClock('dispatch', context), total: continueTotal(total, context) };
    case 'ended':
      return { stage: null, contact: null, total: endPause(total, now) };
  }
}

/** The clocks of a new case: it waits to be dispatched, and the whole has begun. */
export function openingClocks(context: Context): Clocks {
  return { stage: stageClock('dispatch', context), contact: null, total: newTotal(context) };
}

/** Clocks of a case that came closed: nothing runs; the total shows what its limit would have been. */
export function closedClocks(openedAt: Instant, context: Context): Clocks {
  return { stage: null, contact: null, total: newTotal(context, new Date(openedAt)) };
}

type TimedStage = Exclude<Stage, 'handling' | 'review' | 'route'>;

function stageClock(name: TimedStage, context: Context, from: Date = context.now): StageClock {
  const { amount, clock } = context.deadline(name);
  const { due, uncertain } = context.clock.dueAt(from, amount, clock);
  return { name, startedAt: iso(from), dueAt: iso(due), uncertain };
}

function contactClock(context: Context): NonNullable<Clocks['contact']> {
  const { amount, clock } = context.deadline('contact');
  const { due, uncertain } = context.clock.dueAt(context.now, amount, clock);
  return { startedAt: iso(context.now), dueAt: iso(due), uncertain };
}

function handlingClock(total: TotalClock, now: Date): StageClock {
  return { name: 'handling', startedAt: iso(now), dueAt: total.dueAt, uncertain: total.uncertain };
}

function newTotal(context: Context, from: Date = context.now): TotalClock {
  const base = context.deadline('total');
  const { due, uncertain } = context.clock.dueAt(from, base.amount, base.clock);
  return { startedAt: iso(from), dueAt: iso(due), base, uncertain, pauses: [], extensions: [] };
}

function goOn(inRework: boolean, paused: TotalClock, context: Context): ClockPatch {
  const total = continueTotal(paused, context);
  return { stage: inRework ? stageClock('rework', context) : handlingClock(total, context.now), total };
}

function extendedClocks(
  stage: StageClock | null,
  total: TotalClock,
  extension: Extension | null,
  now: Date,
): ClockPatch {
  if (extension === null) return {};
  const longer = { ...total, dueAt: extension.to, extensions: [...total.extensions, extension] };
  // A rework keeps its own deadline: an extension is of the whole.
  const handling = stage?.name === 'handling' ? { ...handlingClock(longer, now), startedAt: stage.startedAt } : stage;
  return { stage: handling, total: longer };
}

function referredClocks(
  change: { readonly dueAt: Instant | null; readonly uncertain: boolean },
  total: TotalClock,
  context: Context,
): ClockPatch {
  const { now } = context;
  if (change.dueAt === null) return { stage: null, contact: null, total: endPause(total, now) };
  return {
    stage: { name: 'route', startedAt: iso(now), dueAt: change.dueAt, uncertain: change.uncertain },
    contact: null,
    total: pauseTotal(total, 'other_route', context),
  };
}

/**
 * A corrected class brings its own limits, counted from when the running ones began; pauses stay. Extensions cannot
 * have been granted yet: a class is corrected before anybody works on the case.
 */
function correctedClocks(state: CaseState, context: Context): ClockPatch {
  const { stage, total } = state.clocks;
  const base = context.deadline('total');
  const first = context.clock.dueAt(new Date(total.startedAt), base.amount, base.clock);
  let due = first.due;
  let uncertain = first.uncertain;
  for (const pause of total.pauses) {
    if (pause.to === null || new Date(pause.from) >= due) continue;
    const moved = context.clock.shift(due, new Date(pause.from), new Date(pause.to), base.clock);
    due = moved.due;
    uncertain ||= moved.uncertain;
  }
  const restarted =
    stage?.name === 'dispatch' || stage?.name === 'adjudication'
      ? stageClock(stage.name, context, new Date(stage.startedAt))
      : stage;
  return { stage: restarted, total: { ...total, base, dueAt: iso(due), uncertain } };
}

/** Starts a pause. One that already runs for the same reason goes on; one for another reason is settled first. */
function pauseTotal(total: TotalClock, reason: PauseReason, context: Context): TotalClock {
  if (total.pauses.some((pause) => pause.to === null && pause.reason === reason)) return total;
  const running = continueTotal(total, context);
  return { ...running, pauses: [...running.pauses, { from: iso(context.now), to: null, reason }] };
}

/** Ends the pause without giving its time back: for a case that is over. */
function endPause(total: TotalClock, now: Date): TotalClock {
  return { ...total, pauses: total.pauses.map((pause) => (pause.to === null ? { ...pause, to: iso(now) } : pause)) };
}

/** Ends the pause and moves the due time by what it took; a pause that began late gives nothing back. */
function continueTotal(total: TotalClock, context: Context): TotalClock {
  const open = total.pauses.find((pause) => pause.to === null);
  const ended = endPause(total, context.now);
  if (!open || new Date(open.from) >= new Date(total.dueAt)) return ended;
  const moved = context.clock.shift(new Date(total.dueAt), new Date(open.from), context.now, total.base.clock);
  return { ...ended, dueAt: iso(moved.due), uncertain: total.uncertain || moved.uncertain };
}

/** True while the total clock runs: something is waited for and no pause is open. */
export function totalRuns(state: CaseState): boolean {
  return state.clocks.stage !== null && state.clocks.total.pauses.every((pause) => pause.to !== null);
}

export function iso(moment: Date): Instant {
  return moment.toISOString();
}
