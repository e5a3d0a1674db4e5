import { uuidv7 } from '../../kit/ids.ts';
import type { Database, ReadTx, WriteTx } from '../database/database.ts';
import { insertRows, type Statement, sendTogether } from '../database/rows.ts';
import { onCommit } from '../database/transaction.ts';

/** An event that others follow; written in the transaction of the change it tells of. */
export type OutboxEvent = {
  readonly id: string;
  readonly tenant: number;
  /** `case.dispatched`, `post.ended` … */
  readonly kind: string;
  /** The id of what it is about, e.g. the case id. A consumer gets the events of one subject in order. */
  readonly subject: string;
  readonly at: Date;
  /** Ids, codes and states; no personal data, since it is kept for a month. */
  readonly payload: Readonly<Record<string, unknown>>;
};

export type NewEvent = Omit<OutboxEvent, 'id'> & { readonly id?: string };

/** The channel on which other processes are told that a tenant has new events. */
export const OUTBOX_CHANNEL = 'gongzhi_outbox';

/** What asks the processes that hand out a tenant's events to give way for a while. */
export const wayFor = (tenant: number) => `way ${tenant}`;

/**
 * For a command that somebody waits for beside the running platform, again and again while it works: what follows from
 * events takes no more than a quarter of a process meanwhile.
 */
export function askForWay(database: Pick<Database, 'notify'>, tenant: number): void {
  database.notify(OUTBOX_CHANNEL, wayFor(tenant));
}

/** Writes an event. Consumers get it after the transaction committed, and not at all when it did not. */
export async function publish(tx: WriteTx, event: NewEvent): Promise<void> {
  await publishAll(tx, [event]);
}

/** Writes many events of one tenant at once, in their order. */
export async function publishAll(tx: WriteTx, events: readonly NewEvent[]): Promise<void> {
  await sendTogether(tx, outboxInserts(tx, events));
}

/** The statements of `publishAll`, for a caller who sends them with others; the wake-up is set already. */
export function outboxInserts(tx: WriteTx, events: readonly NewEvent[]): Statement[] {
  const first = events[0];
  if (first === undefined) return [];
  const all: readonly OutboxEvent[] = events.map((event) => ({ ...event, id: event.id ?? uuidv7() }));
  onCommit(tx, (database) => {
    for (const told of published.get(database)?.get(first.tenant) ?? []) told(all);
    wakeUp(database, first.tenant);
  });
  const rows = all.map((event) => ({
    tenant_id: event.tenant,
    id: event.id,
    kind: event.kind,
    subject: event.subject,
    at: event.at,
    payload: event.payload,
  }));
  return insertRows('platform.outbox', rows);
}

type Published = (events: readonly OutboxEvent[]) => void;

const published = new WeakMap<Database, Map<number, Set<Published>>>();

/**
 * Tells what this process published, right after its commit and before any consumer has it; for what may be missed,
 * since a process that dies in between tells nobody. Answers what ends it.
 */
export function onPublished(database: Database, tenant: number, told: Published): () => void {
  const ofDatabase = published.get(database) ?? new Map<number, Set<Published>>();
  const ofTenant = ofDatabase.get(tenant) ?? new Set<Published>();
  ofTenant.add(told);
  published.set(database, ofDatabase.set(tenant, ofTenant));
  return () => ofTenant.delete(told);
}

type WakeUp = () => void;

const listeners = new Map<number, Set<WakeUp>>();

/** Workers of this process are told directly; answers what ends it. */
export function onEvents(tenant: number, wake: WakeUp): () => void {
  const known = listeners.get(tenant) ?? new Set();
  known.add(wake);
  listeners.set(tenant, known);
  return () => known.delete(wake);
}

function wakeUp(database: Database, tenant: number): void {
  for (const wake of listeners.get(tenant) ?? []) wake();
  database.notify(OUTBOX_CHANNEL, String(tenant));
}

/** A delivery that keeps failing. `failedAt` is null while it is still tried by itself. */
export type FailedDelivery = {
  readonly consumer: string;
  readonly eventId: string;
  readonly kind: string;
  readonly subject: string;
  readonly attempts: number;
  readonly nextTry: Date;
  readonly failedAt: Date | null;
  readonly lastError: string;
};

/** Deliveries that failed at least once and are not done, given-up ones first. */
export async function failedDeliveries(tx: ReadTx, tenant: number, limit: number): Promise<readonly FailedDelivery[]> {
  const rows = await tx
    .selectFrom('platform.outbox_delivery as d')
    .innerJoin('platform.outbox as e', (join) =>
      join.onRef('e.tenant_id', '=', 'd.tenant_id').onRef('e.id', '=', 'd.event_id'),
    )
    .select([
      'd.consumer',
      'd.event_id',
      'e.kind',
      'd.subject',
      'd.attempts',
      'd.run_at',
      'd.failed_at',
      'd.last_error',
    ])
    .where('d.tenant_id', '=', tenant)
    .where('d.last_error', 'is not', null)
    .orderBy('d.failed_at', (order) => order.asc().nullsLast())
    .orderBy('d.position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    consumer: row.consumer,
    eventId: row.event_id,
    kind: row.kind,
    subject: row.subject,
    attempts: row.attempts,
    nextTry: row.run_at,
    failedAt: row.failed_at,
    lastError: row.last_error ?? '',
  }));
}

/** Has a failed delivery tried again at once; false when there is none. */
export async function retryDelivery(
  tx: WriteTx,
  tenant: number,
  consumer: string,
  eventId: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('platform.outbox_delivery')
    .set({ failed_at: null, attempts: 0, run_at: now })
    .where('tenant_id', '=', tenant)
    .where('consumer', '=', consumer)
    .where('event_id', '=', eventId)
    .where('last_error', 'is not', null)
    .executeTakeFirstOrThrow();
  onCommit(tx, (database) => wakeUp(database, tenant));
  return numUpdatedRows > 0n;
}
