import { sql } from 'kysely';
import type { OutboxConsumer } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database, WriteTx } from '../database/database.ts';
import { describeError } from '../database/describe-error.ts';
import type { Statement } from '../database/rows.ts';
import { sendAhead } from '../database/transaction.ts';
import type { Log } from '../log.ts';
import { inSpan } from '../observe/trace.ts';
import { giveWay, isRush } from '../rush.ts';
import { backOff } from '../worker.ts';
import type { OutboxEvent } from './outbox.ts';

export type DeliverySettings = {
  readonly database: Database;
  readonly tenant: number;
  readonly now: () => Date;
  readonly log: Log;
};

const BATCH = 50;
/** For a consumer that takes many at once. */
const MANY = 1000;
const IN_A_RUSH = [10, 100] as const;
/** Then it is the next consumer's turn, and what happened meanwhile is given out. Quick consumers catch up in one. */
const TURN_MS = 250;
/** With the back-off of `worker.ts`: given up after about three hours. */
export const MOST_ATTEMPTS = 13;

type Delivery = { readonly event: OutboxEvent; readonly position: number; readonly attempts: number };

/**
 * Hands a consumer what waits for it, as much as fits one turn; answers how many events it handled. Many events share
 * one transaction; when one of them fails, they are done again one by one, so that only the failing one is put off.
 */
export async function deliverEvents(
  settings: DeliverySettings,
  consumer: OutboxConsumer,
  stopping: () => boolean = () => false,
): Promise<number> {
  let handled = 0;
  let singles = 0;
  const end = performance.now() + TURN_MS;
  while (!stopping() && (singles > 0 || performance.now() < end)) {
    const began = performance.now();
    const outcome = await deliverBatch(settings, consumer, singles > 0 ? 1 : sizeFor(settings, consumer));
    if (outcome === 'failed') {
      if (singles === 0) singles = BATCH;
      continue;
    }
    if (outcome === 0) break;
    handled += outcome;
    await giveWay(settings.database, performance.now() - began);
    singles = Math.max(0, singles - 1);
  }
  return handled;
}

/** While people stand in line small pieces, between which they pass. */
function sizeFor({ database }: DeliverySettings, consumer: OutboxConsumer): number {
  const [alone, many] = isRush(database) ? IN_A_RUSH : [BATCH, MANY];
  return 'handle' in consumer ? alone : many;
}

async function deliverBatch(
  settings: DeliverySettings,
  consumer: OutboxConsumer,
  size: number,
): Promise<number | 'failed'> {
  let claimed: readonly Delivery[] = [];
  try {
    return await settings.database.transact(systemActor(settings.tenant, `outbox:${consumer.name}`), async (tx) => {
      claimed = await claim(tx, settings.tenant, consumer, settings.now(), size);
      await handle(consumer, claimed, tx);
      sendAhead(tx, removals(tx, settings.tenant, consumer.name, claimed));
      return claimed.length;
    });
  } catch (error) {
    const [first, second] = claimed;
    // Nothing was claimed: the database is away, and the worker says so.
    if (first === undefined) throw error;
    if (second === undefined) await postpone(settings, consumer.name, first, error);
    return 'failed';
  }
}

async function handle(consumer: OutboxConsumer, claimed: readonly Delivery[], tx: WriteTx): Promise<void> {
  const [first] = claimed;
  if (first === undefined) return;
  if ('handleAll' in consumer) {
    const events = claimed.map(({ event }) => event);
    const attributes = { consumer: consumer.name, kind: first.event.kind, events: String(events.length) };
    return inSpan('delivery', attributes, () => consumer.handleAll(events, tx));
  }
  for (const { event } of claimed) {
    await inSpan('delivery', { consumer: consumer.name, kind: event.kind }, () => consumer.handle(event, tx));
  }
}

/**
 * Takes the first waiting event of each subject. A later one waits until the earlier is handled, or given up; it is
 * seen as long as the other transaction has not ended. Who takes many at once takes them as they come.
 */
async function claim(
  tx: WriteTx,
  tenant: number,
  consumer: OutboxConsumer,
  now: Date,
  size: number,
): Promise<Delivery[]> {
  const firstOfSubject = sql`AND NOT EXISTS (
        SELECT FROM platform.outbox_delivery b
        WHERE b.tenant_id = d.tenant_id AND b.consumer = d.consumer AND b.subject = d.subject
          AND b.position < d.position AND b.failed_at IS NULL)`;
  const { rows } = await sql<{
    id: string;
    kind: string;
    subject: string;
    at: Date;
    payload: unknown;
    position: number;
    attempts: number;
  }>`
    SELECT e.id, e.kind, e.subject, e.at, e.payload, d.position, d.attempts
    FROM platform.outbox_delivery d
    JOIN platform.outbox e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
    WHERE d.tenant_id = ${tenant} AND d.consumer = ${consumer.name} AND d.failed_at IS NULL AND d.run_at <= ${now}
      ${'handle' in consumer ? firstOfSubject : sql``}
    ORDER BY d.run_at, d.position
    LIMIT ${size}
    FOR UPDATE OF d SKIP LOCKED`.execute(tx);
  return rows.map((row) => ({
    event: {
      id: row.id,
      tenant,
      kind: row.kind,
      subject: row.subject,
      at: row.at,
      payload: row.payload as OutboxEvent['payload'],
    },
    position: row.position,
    attempts: row.attempts,
  }));
}

/** Sent with COMMIT. */
function removals(tx: WriteTx, tenant: number, consumer: string, done: readonly Delivery[]): Statement[] {
  if (done.length === 0) return [];
  const subjects = done.map((delivery) => delivery.event.subject);
  const positions = done.map((delivery) => delivery.position);
  const removal = sql`
    DELETE FROM platform.outbox_delivery
    WHERE tenant_id = ${tenant} AND consumer = ${consumer}
      AND (subject, position) IN (SELECT * FROM unnest(${subjects}::text[], ${positions}::bigint[]))`;
  return [removal.compile(tx)];
}

/** Puts a failed delivery off, or gives it up after the last attempt and lets the subject's later events pass. */
async function postpone(
  settings: DeliverySettings,
  consumer: string,
  delivery: Delivery,
  error: unknown,
): Promise<void> {
  const { database, tenant, log } = settings;
  const attempts = delivery.attempts + 1;
  const now = settings.now();
  const lastError = describeError(error);
  const givenUp = attempts >= MOST_ATTEMPTS;
  const { kind, id, subject } = delivery.event;
  log.error({ consumer, kind, event: id, subject, attempts, givenUp, error: lastError }, 'an event was not handled');
  await database.transact(systemActor(tenant, 'outbox'), (tx) =>
    tx
      .updateTable('platform.outbox_delivery')
      .set({
        attempts,
        last_error: lastError,
        run_at: new Date(now.getTime() + backOff(attempts)),
        failed_at: givenUp ? now : null,
      })
      .where('tenant_id', '=', tenant)
      .where('consumer', '=', consumer)
      .where('subject', '=', subject)
      .where('position', '=', delivery.position)
      .execute(),
  );
}
