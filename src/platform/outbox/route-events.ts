import { sql } from 'kysely';
import type { OutboxConsumer } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database, WriteTx } from '../database/database.ts';

/** Taken at a time; as many more may wait when so many were. */
export const ROUTED_AT_A_TIME = 500;
// First number of the advisory lock; the second is the tenant.
const ROUTING = 4_211;

/** Whether a consumer follows a kind: the kind itself, `case.*` for a family, `*` for all. */
export function follows(consumer: OutboxConsumer, kind: string): boolean {
  return consumer.kinds.some(
    (pattern) =>
      pattern === kind || pattern === '*' || (pattern.endsWith('.*') && kind.startsWith(pattern.slice(0, -1))),
  );
}

/**
 * Gives each consumer a delivery row for each new event it follows; answers how many events were taken. One process at
 * a time: with two, the later event of a subject could be delivered while the earlier one is still being taken.
 */
export async function routeEvents(
  database: Database,
  tenant: number,
  consumers: readonly OutboxConsumer[],
  now: Date,
): Promise<number> {
  return database.transact(systemActor(tenant, 'outbox'), async (tx) => {
    const lock = await sql<{ free: boolean }>`
      SELECT pg_try_advisory_xact_lock(${ROUTING}, ${tenant}) AS free`.execute(tx);
    if (lock.rows[0]?.free !== true) return 0;
    const events = await tx
      .selectFrom('platform.outbox')
      .select(['id', 'position', 'kind', 'subject'])
      .where('tenant_id', '=', tenant)
      .where('routed', '=', false)
      .orderBy('position')
      .limit(ROUTED_AT_A_TIME)
      .execute();
    if (events.length === 0) return 0;
    await insertDeliveries(tx, tenant, consumers, events, now);
    await tx
      .updateTable('platform.outbox')
      .set({ routed: true })
      .where('tenant_id', '=', tenant)
      .where(
        'id',
        'in',
        events.map((event) => event.id),
      )
      .execute();
    return events.length;
  });
}

async function insertDeliveries(
  tx: WriteTx,
  tenant: number,
  consumers: readonly OutboxConsumer[],
  events: readonly { id: string; position: number; kind: string; subject: string }[],
  now: Date,
): Promise<void> {
  const rows = events.flatMap((event) =>
    consumers
      .filter((consumer) => follows(consumer, event.kind))
      .map((consumer) => ({
        tenant_id: tenant,
        consumer: consumer.name,
        subject: event.subject,
        position: event.position,
        event_id: event.id,
        run_at: now,
      })),
  );
  if (rows.length > 0) await tx.insertInto('platform.outbox_delivery').values(rows).execute();
}
