import { uuidv7 } from '../../kit/ids.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { issue, meet, type Order, type Trigger } from './rules/order.ts';
import type { WatchedQueue } from './rules/words.ts';
import { isCounted, openOrderOf, record } from './store.ts';
import { numbersFor, reviewerFor, toldBy } from './surroundings.ts';

/** What an order would be about, and whom it would ask. */
export type Matter = {
  readonly matter: string;
  readonly caseId: string;
  readonly classCode: string | null;
  readonly queue: WatchedQueue | null;
  readonly areaCode: string;
  readonly lane: string | null;
  readonly addresseeId: string;
};

export type Raising = {
  readonly trigger: Trigger;
  /** Null: the clock raises it. */
  readonly issuerId?: string;
  readonly demand?: string;
  /** The deadline a blue order warns of; otherwise the limit of its colour holds. */
  readonly dueAt?: Date;
};

/**
 * Raises an order, or lets the open one of the matter climb. Null when this occasion has been counted: events come at
 * least once, and an order a person ended does not come back for the same thing.
 */
export async function raise(
  tx: WriteTx,
  actor: Actor,
  matter: Matter,
  raising: Raising,
  now: Date,
): Promise<Order | null> {
  const { trigger, issuerId = null, demand = null } = raising;
  const { limitOf } = await numbersFor(tx, matter.classCode, now);
  const open = await openOrderOf(tx, matter.matter);
  // A queue is asked about again as long as something waits in it.
  if (!open && !matter.queue && (await isCounted(tx, matter.caseId, matter.matter, trigger.key))) return null;
  const change = open
    ? meet(open, trigger, limitOf, now)
    : issue(
        await beginningOf(tx, actor, matter, issuerId, demand, now),
        trigger,
        raising.dueAt ?? limitOf(trigger.colour, now),
        now,
      );
  if (change === null) return null;
  const told = await toldBy(tx, actor, change.order.addresseeId, issuerId);
  return record(tx, told, change, now);
}

async function beginningOf(
  tx: WriteTx,
  actor: Actor,
  { classCode: _, ...matter }: Matter,
  issuerId: string | null,
  demand: string | null,
  now: Date,
) {
  const reviewerId = issuerId ?? (await reviewerFor(tx, matter.areaCode, matter.addresseeId));
  return { ...matter, id: uuidv7(now.getTime()), issuerId, issuedBy: actorId(actor), reviewerId, demand };
}
