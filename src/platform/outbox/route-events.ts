import { sql } from 'kysely';
import type { OutboxConsumer } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database, WriteTx } from '../database/database.ts';
import type { Statement } from '../database/rows.ts';
import { sendAhead } from '../database/transaction.ts';

/** Taken at a time; as many more may wait when so many were. */
export const ROUTED_AT_A_TIME = 500;
// First number of the advisory lock; the second is the tenant.
const ROUTING = 4_211;

/** Whether a consumer follows a kind: the kind itself, `case.*` for a family, `*` for all. */
export function follows(consumer: OutboxConsumer, kind: string): boolean {
  if (consumer.except?.includes(kind)) return false;
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
    sendAhead(tx, [
      ...deliveryInserts(tx, tenant, consumers, events, now),
      sql`
        UPDATE platform.outbox SET routed = true
        WHERE tenant_id = ${tenant} AND id = ANY(${events.map((event) => event.id)}::uuid[])`.compile(tx),
    ]);
    return events.length;
  });
}

type NewlyCome = { readonly id: string; readonly position: number; readonly kind: string; readonly subject: string };

/** A row for each consumer of each event. As lists, since a statement of thousands of rows takes longer to make and to read than to do. */
function deliveryInserts(
  tx: WriteTx,
  tenant: number,
  consumers: readonly OutboxConsumer[],
  events: readonly NewlyCome[],
  now: Date,
): Statement[] {
  const followers = new Map<string, readonly OutboxConsumer[]>();
  const rows = events.flatMap((event) => {
    const known = followers.get(event.kind) ?? consumers.filter((consumer) => follows(consumer, event.kind));
    followers.set(event.kind, known);
    return known.map(({ name }) => ({ name, event }));
  });
  if (rows.length === 0) return [];
  return [
    sql`
      INSERT INTO platform.outbox_delivery (tenant_id, consumer, subject, position, event_id, run_at)
      SELECT ${tenant}::int, consumer, subject, position, event_id, ${now}::timestamptz
      FROM unnest(${rows.map(({ name }) => name)}::text[], ${rows.map(({ event }) => event.subject)}::text[],
        ${rows.map(({ event }) => event.position)}::bigint[], ${rows.map(({ event }) => event.id)}::uuid[])
        AS come (consumer, subject, position, event_id)`.compile(tx),
  ];
}
