import { z } from 'zod';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { OutboxEvent } from '../../platform/outbox/outbox.ts';
import { findStored } from '../cases/index.ts';
import { matterOf } from './case-orders.ts';
import { raise } from './raise.ts';
import { followJoint } from './rules/joint.ts';
import { end, move, type Order, readdress } from './rules/order.ts';
import { openOrderOf, openOrdersUnder, record } from './store.ts';
import { reviewerFor, toldBy } from './surroundings.ts';

const payload = z.object({
  caseId: z.string(),
  organisationId: z.string().nullable(),
  owesId: z.string().nullable().default(null),
  centreId: z.string(),
  clock: z.string().nullable(),
  formerId: z.string().nullable().default(null),
});

/** Follows joint handling and duty: an office that is late gets an order of its own, which ends with what it is about. */
export function jointConsumer(app: App): OutboxConsumer {
  return {
    name: 'supervision.joint',
    kinds: ['joint.*', 'duty.*'],
    handle: (event, tx) => follow(tx, app, event),
  };
}

async function follow(tx: WriteTx, app: App, event: OutboxEvent): Promise<void> {
  // A handover of the police line stands for itself; it belongs to no call.
  if (event.kind === 'duty.police_handover') return;
  const now = app.now();
  const facts = payload.parse(event.payload);
  const under = `${event.kind.startsWith('duty.') ? 'duty' : 'joint'}:${event.subject}:`;
  const next = followJoint(event.kind, facts);
  switch (next.kind) {
    case 'keep':
      return;
    case 'raise':
      return raiseFor(tx, event, facts.caseId, `${under}${next.addresseeId}`, next.addresseeId, now);
    case 'hold':
    case 'end': {
      const order = await openOrderOf(tx, `${under}${next.addresseeId}`);
      const change = order && (next.kind === 'end' ? end(order, next.why, now) : move(order, null));
      if (change) await recordFor(tx, event.tenant, change, now);
      return;
    }
    case 'hand_over':
      return handOver(tx, event.tenant, `${under}${next.fromId}`, `${under}${next.addresseeId}`, next.addresseeId, now);
    case 'end_all':
      for (const order of await openOrdersUnder(tx, facts.caseId, under)) {
        await recordFor(tx, event.tenant, end(order, next.why, now), now);
      }
  }
}

async function raiseFor(
  tx: WriteTx,
  event: OutboxEvent,
  caseId: string,
  matter: string,
  addresseeId: string,
  now: Date,
): Promise<void> {
  const actor = systemActor(event.tenant, 'supervision');
  const stored = await findStored(tx, actor, caseId, false);
  if (!stored) return;
  const ground = event.kind === 'duty.overdue' ? 'duty_overdue' : 'joint_overdue';
  const trigger = { ground, colour: 'yellow', key: `joint:${event.id}` } as const;
  await raise(tx, actor, { ...matterOf(stored, addresseeId), matter }, { trigger }, now);
}

/** A called office is no more: its successor answers. Where that has an order of its own already, this one ends. */
async function handOver(
  tx: WriteTx,
  tenant: number,
  from: string,
  to: string,
  addresseeId: string,
  now: Date,
): Promise<void> {
  const order = await openOrderOf(tx, from);
  if (!order) return;
  const own = await openOrderOf(tx, to);
  const heir = readdress(order, addresseeId, await reviewerFor(tx, order.areaCode, addresseeId), to);
  await recordFor(tx, tenant, own ? end(order, 'passed_on', now) : heir, now);
}

async function recordFor(tx: WriteTx, tenant: number, change: ReturnType<typeof end>, now: Date): Promise<void> {
  const { order }: { readonly order: Order } = change;
  await record(tx, await toldBy(tx, systemActor(tenant, 'supervision'), order.addresseeId), change, now);
}
