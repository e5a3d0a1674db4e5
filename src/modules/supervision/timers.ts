import type { App, TimerHandler } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { publish } from '../../platform/outbox/outbox.ts';
import { setTimer, type Timer } from '../../platform/timers/timers.ts';
import { findStored } from '../cases/index.ts';
import {
  AGAIN_TIMER,
  EXTENSION_TIMER,
  extensionMatter,
  matterOf,
  NEAR_TIMER,
  SHELVING_TIMER,
  warnNear,
} from './case-orders.ts';
import { LEADER_TIMER, leaderReminder } from './leaders.ts';
import { clearQueue, lookAtQueue, QUEUE_TIMER } from './queue-watch.ts';
import { raise } from './raise.ts';
import { latenessGround } from './rules/follow.ts';
import { type Change, end, lapse, move, type Order } from './rules/order.ts';
import { findOrder, LAPSE_TIMER, record } from './store.ts';
import { linesOf, numbersFor, toldBy } from './surroundings.ts';

/** Everything that climbs, warns and reminds by itself; each fires once, and what was missed fires after a start. */
export function supervisionTimers(_app: App): Readonly<Record<string, TimerHandler>> {
  return {
    [LAPSE_TIMER]: limitPassed,
    [NEAR_TIMER]: (timer, tx, now) => warnNear(tx, timer.tenant, timer.subject, now),
    [QUEUE_TIMER]: (timer, tx, now) => lookAtQueue(tx, timer.tenant, timer.subject, now),
    [AGAIN_TIMER]: stillUnresolved,
    [EXTENSION_TIMER]: extensionUndecided,
    [SHELVING_TIMER]: shelvingDate,
    [LEADER_TIMER]: leaderReminder,
  };
}

async function limitPassed(timer: Timer, tx: WriteTx, now: Date): Promise<void> {
  const order = await findOrder(tx, timer.subject, true);
  if (!order) return;
  const actor = systemActor(timer.tenant, 'supervision');
  if (order.queue && order.state === 'open') {
    const organisationId = order.addresseeId;
    if (await clearQueue(tx, timer.tenant, { queue: order.queue, organisationId }, now)) return;
  }
  const stored = order.queue ? null : await findStored(tx, actor, order.caseId, false);
  const { limitOf } = await numbersFor(tx, stored?.state.caseClass.code ?? null, now);
  const warned = stored && order.ground === 'near_due' && order.colour === 'blue';
  const change = warned ? deadlinePassed(order, linesOf(stored), limitOf, now) : lapse(order, limitOf, now);
  if (change) await record(tx, await toldBy(tx, actor, order.addresseeId), change, now);
}

/** What a blue order warned of: it came, or the deadline moved on, or the stage is over. */
function deadlinePassed(
  order: Order,
  lines: ReturnType<typeof linesOf>,
  limitOf: Parameters<typeof lapse>[1],
  now: Date,
): Change | null {
  if (order.dueAt === null || order.dueAt > now) return null;
  const lateAs = latenessGround(lines, order.dueAt);
  if (lateAs) return lapse(order, limitOf, now, lateAs);
  return lines.stage && lines.stage.dueAt > now ? move(order, lines.stage.dueAt) : end(order, 'passed_on', now);
}

/** An answer was accepted some days ago, and the case is as late as before. */
async function stillUnresolved(timer: Timer, tx: WriteTx, now: Date): Promise<void> {
  const actor = systemActor(timer.tenant, 'supervision');
  const stored = await findStored(tx, actor, timer.subject, false);
  const lines = stored && linesOf(stored);
  if (!stored || !lines?.stage || lines.leadId === null) return;
  if (latenessGround(lines, lines.stage.dueAt) === null) return;
  if (lines.stage.dueAt > now) return;
  const trigger = { ground: 'unresolved', colour: 'yellow', key: `again:${timer.dueAt.toISOString()}` } as const;
  await raise(tx, actor, matterOf(stored, lines.responsibleId), { trigger }, now);
}

async function extensionUndecided(timer: Timer, tx: WriteTx, now: Date): Promise<void> {
  const actor = systemActor(timer.tenant, 'supervision');
  const stored = await findStored(tx, actor, timer.subject, false);
  if (stored?.state.state !== 'extension_requested') return;
  const { extensionRequest, commandCentreId } = stored.state;
  if (extensionRequest.at !== timer.payload['at']) return;
  const matter = { ...matterOf(stored, commandCentreId), matter: extensionMatter(timer.subject) };
  const trigger = { ground: 'undecided', colour: 'yellow', key: `extension:${extensionRequest.at}` } as const;
  await raise(tx, actor, matter, { trigger }, now);
}

/** Reminds the owner and the centre before review and end; when the end has come, the owner must answer. */
async function shelvingDate(timer: Timer, tx: WriteTx, now: Date): Promise<void> {
  const actor = systemActor(timer.tenant, 'supervision');
  const stored = await findStored(tx, actor, timer.subject, false);
  if (stored?.state.state !== 'shelved') return;
  const { shelving, commandCentreId } = stored.state;
  const day = String(timer.payload['day']);
  if (timer.name === 'over') {
    const trigger = { ground: 'shelving_over', colour: 'yellow', key: `over:${day}` } as const;
    await raise(tx, actor, matterOf(stored, shelving.ownerOrganisationId), { trigger }, now);
    return;
  }
  await publish(tx, {
    tenant: timer.tenant,
    kind: `supervision.shelving_${timer.name}_near`,
    subject: timer.subject,
    at: now,
    payload: { caseId: timer.subject, organisationIds: [shelving.ownerOrganisationId, commandCentreId], day },
  });
}

/** Asks again after some days whether an accepted answer was followed by the deed. */
export async function askAgain(tx: WriteTx, tenant: number, order: Order, now: Date): Promise<void> {
  if (order.queue || order.ground === 'bad_rating') return;
  const { numbers, clock } = await numbersFor(tx, null, now);
  const { due } = clock.dueAt(now, numbers.unresolvedDays, 'working_days');
  await setTimer(tx, { tenant, kind: AGAIN_TIMER, subject: order.caseId, dueAt: due });
}
