import { atMinute, addDays, endOfDay } from '../../kit/time.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { clearTimers, setTimer } from '../../platform/timers/timers.ts';
import { findStored, type StoredCase } from '../cases/index.ts';
import { type CaseLines, follow, isWarned, latenessGround, nearAt } from './rules/follow.ts';
import { end, move, type Order, readdress, type Trigger } from './rules/order.ts';
import { type Matter, raise } from './raise.ts';
import { openOrderOf, record } from './store.ts';
import { linesOf, numbersFor, reviewerFor, toldBy } from './surroundings.ts';

/** Warns when most of a stage's time is used; subject is the case. */
export const NEAR_TIMER = 'supervision.near';
/** Asks again when an accepted answer changed nothing; subject is the case. */
export const AGAIN_TIMER = 'supervision.again';
/** Before and at the dates of a shelved case; named `review`, `end`, `over`. */
export const SHELVING_TIMER = 'supervision.shelving';
/** An extension asked for and not decided; subject is the case. */
export const EXTENSION_TIMER = 'supervision.extension';

const NINE = 9 * 60;

export function caseMatter(caseId: string): string {
  return `case:${caseId}`;
}

export function extensionMatter(caseId: string): string {
  return `extension:${caseId}`;
}

/** What an order about a case, to this organisation, is about. */
export function matterOf({ state }: StoredCase, addresseeId: string): Matter {
  return {
    matter: caseMatter(state.id),
    caseId: state.id,
    classCode: state.caseClass.code,
    queue: null,
    areaCode: state.areaCode,
    lane: state.caseClass.lane,
    addresseeId,
  };
}

/** Something happened to a case: the order about it follows, timers follow, and a new order may be called for. */
export async function followCase(
  tx: WriteTx,
  tenant: number,
  of: { readonly kind: string; readonly caseId: string; readonly lateDueAt: string | null; readonly eventId: string },
  now: Date,
): Promise<void> {
  const actor = systemActor(tenant, 'supervision');
  const stored = await findStored(tx, actor, of.caseId, false);
  if (!stored) return;
  const lines = linesOf(stored);
  const open = await openOrderOf(tx, caseMatter(of.caseId));
  if (open) await followOrder(tx, actor, of.kind, open, stored, now);
  await watchStage(tx, tenant, stored, lines, now);
  await watchShelving(tx, tenant, of.kind, stored, now);
  await watchExtension(tx, tenant, actor, of.kind, stored, now);
  const trigger = triggerOf(of, stored, lines);
  if (trigger && lines.leadId !== null) await raise(tx, actor, matterOf(stored, addresseeOf(lines)), { trigger }, now);
}

/** The owner of a shelved case, else its lead. */
function addresseeOf(lines: CaseLines): string {
  return lines.state === 'shelved' ? lines.responsibleId : (lines.leadId ?? lines.responsibleId);
}

async function followOrder(
  tx: WriteTx,
  actor: Actor,
  kind: string,
  order: Order,
  stored: StoredCase,
  now: Date,
): Promise<void> {
  const lines = linesOf(stored);
  const told = await toldBy(tx, actor, order.addresseeId);
  if (kind === 'case.rehomed' && lines.leadId !== null && lines.leadId !== order.addresseeId) {
    const addresseeId = addresseeOf(lines);
    await record(tx, told, readdress(order, addresseeId, await reviewerFor(tx, order.areaCode, addresseeId)), now);
    return;
  }
  const { limitOf } = await numbersFor(tx, stored.state.caseClass.code, now);
  const next = follow(kind, order, lines);
  switch (next.kind) {
    case 'keep':
      return;
    case 'end':
      await record(tx, told, end(order, next.why, now), now);
      return;
    case 'move':
    case 'restart':
    case 'hold': {
      const asked = next.kind === 'move' ? next.dueAt : next.kind === 'hold' ? null : limitOf(order.colour, now);
      const later = next.kind === 'move' && order.dueAt && order.dueAt > next.dueAt ? order.dueAt : asked;
      const change = move(order, later);
      if (change) await record(tx, told, change, now);
    }
  }
}

/** Sets, moves or clears the warning of the stage that runs now. */
async function watchStage(
  tx: WriteTx,
  tenant: number,
  stored: StoredCase,
  { stage }: CaseLines,
  now: Date,
): Promise<void> {
  const subject = stored.state.id;
  if (!stage || !isWarned(stage.name) || stage.dueAt <= now) return clearTimers(tx, tenant, NEAR_TIMER, subject);
  const { numbers } = await numbersFor(tx, stored.state.caseClass.code, now);
  const dueAt = nearAt(stage.startedAt, stage.dueAt, numbers.blueAtPercent);
  await setTimer(tx, { tenant, kind: NEAR_TIMER, subject, dueAt });
}

/** Most of the time is used: the blue order says until when the case is due. */
export async function warnNear(tx: WriteTx, tenant: number, caseId: string, now: Date): Promise<void> {
  const actor = systemActor(tenant, 'supervision');
  const stored = await findStored(tx, actor, caseId, false);
  const lines = stored && linesOf(stored);
  if (!stored || !lines?.stage || !isWarned(lines.stage.name) || lines.leadId === null) return;
  const { numbers } = await numbersFor(tx, stored.state.caseClass.code, now);
  const { name, startedAt, dueAt } = lines.stage;
  if (dueAt <= now) return;
  const near = nearAt(startedAt, dueAt, numbers.blueAtPercent);
  // The stage or the setting moved on since the timer was set.
  if (near > now) return setTimer(tx, { tenant, kind: NEAR_TIMER, subject: caseId, dueAt: near });
  const trigger = { ground: 'near_due', colour: 'blue', key: `near:${name}:${dueAt.toISOString()}` } as const;
  await raise(tx, actor, matterOf(stored, lines.leadId), { trigger, dueAt }, now);
}

function triggerOf(
  of: { readonly kind: string; readonly lateDueAt: string | null; readonly eventId: string },
  { state }: StoredCase,
  lines: CaseLines,
): Trigger | null {
  switch (of.kind) {
    case 'case.ran_late': {
      const dueAt = of.lateDueAt === null ? null : new Date(of.lateDueAt);
      const ground = dueAt && latenessGround(lines, dueAt);
      return ground ? { ground, colour: 'yellow', key: `late:${of.lateDueAt}` } : null;
    }
    case 'case.returned':
      // It may have been taken on and done again since; then there is nothing to ask for.
      return lines.state === 'returned' ? { ground: 'sent_back', colour: 'yellow', key: `back:${of.eventId}` } : null;
    case 'case.rated': {
      const said = state.ratings.at(-1);
      const bad = said !== undefined && (said.solved === 'unsolved' || said.satisfaction === 'unsatisfied');
      // While it is open a bad word sends it back, which asks already.
      return bad && lines.state === 'closed'
        ? { ground: 'bad_rating', colour: 'yellow', key: `rated:${said.at}` }
        : null;
    }
    default:
      return null;
  }
}

async function watchShelving(tx: WriteTx, tenant: number, kind: string, { state }: StoredCase, now: Date) {
  if (state.state !== 'shelved') {
    if (kind !== 'case.shelved') await clearTimers(tx, tenant, SHELVING_TIMER, state.id);
    return;
  }
  if (kind !== 'case.shelved') return;
  const { numbers } = await numbersFor(tx, state.caseClass.code, now);
  const { reviewOn, endOn } = state.shelving;
  const remind = (day: string): Date => {
    const ahead = atMinute(addDays(day, -numbers.reviewReminderDays), NINE);
    return ahead > now ? ahead : atMinute(day, NINE);
  };
  const of = { tenant, kind: SHELVING_TIMER, subject: state.id };
  await setTimer(tx, { ...of, name: 'review', dueAt: remind(reviewOn), payload: { day: reviewOn } });
  await setTimer(tx, { ...of, name: 'end', dueAt: remind(endOn), payload: { day: endOn } });
  await setTimer(tx, { ...of, name: 'over', dueAt: endOfDay(endOn), payload: { day: endOn } });
}

async function watchExtension(
  tx: WriteTx,
  tenant: number,
  actor: Actor,
  kind: string,
  { state }: StoredCase,
  now: Date,
): Promise<void> {
  if (state.state === 'extension_requested' && kind === 'case.extension_requested') {
    const { numbers, clock } = await numbersFor(tx, state.caseClass.code, now);
    const { at } = state.extensionRequest;
    const { due } = clock.dueAt(new Date(at), numbers.watchExtensionHours, 'office_hours');
    await setTimer(tx, { tenant, kind: EXTENSION_TIMER, subject: state.id, dueAt: due, payload: { at } });
  } else if (state.state !== 'extension_requested') {
    await clearTimers(tx, tenant, EXTENSION_TIMER, state.id);
    if (kind !== 'case.extension_decided' && kind !== 'case.reported_done') return;
    const open = await openOrderOf(tx, extensionMatter(state.id));
    if (open) await record(tx, await toldBy(tx, actor, open.addresseeId), end(open, 'decided', now), now);
  }
}
