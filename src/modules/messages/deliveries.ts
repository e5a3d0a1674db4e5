import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { Channel } from '../../platform/notify/notifier.ts';
import { backOff } from '../../platform/worker.ts';
import type { Params } from './facts.ts';
import { BUNDLE_MINUTES, leading, sendAt } from './rules/bundling.ts';
import type { Notice } from './rules/notices.ts';
import { tenant } from './tenant.ts';

export type Recipient = { readonly kind: 'requester' | 'officer'; readonly id: string };

export type ForDelivery = {
  readonly recipient: Recipient;
  readonly channel: Channel;
  readonly caseId: string;
  readonly notice: Notice;
  readonly params: Params;
};

export type Delivery = ForDelivery & { readonly id: string; readonly attempts: number };

/** With the back-off of `worker.ts`: given up after some three hours. */
export const MOST_ATTEMPTS = 12;
/** Longer than any driver's time-out: after this a sender that died is taken not to come back. */
const LEASE_SECONDS = 120;

type Row = {
  id: string;
  recipient_kind: Recipient['kind'];
  recipient_id: string;
  channel: Channel;
  case_id: string;
  notice: Notice;
  params: Params;
  attempts: number;
  created_at: Date;
};

/**
 * Lines a message up. While one to the same person about the same still waits, it is added to that; shortly after
 * one was sent, it waits for what else comes.
 */
export async function enqueue(tx: WriteTx, message: ForDelivery, now: Date): Promise<void> {
  const since = new Date(now.getTime() - BUNDLE_MINUTES * 60_000);
  const found = await sql<{ id: string; notice: Notice; state: string; attempts: number; created_at: Date }>`
    SELECT id, notice, state, attempts, created_at FROM messages.delivery
    WHERE tenant_id = ${tenant} AND case_id = ${message.caseId} AND recipient_id = ${message.recipient.id}
      AND channel = ${message.channel} AND params->'about'->>'id' IS NOT DISTINCT FROM ${message.params.about?.id ?? null}::text
      AND (state = 'waiting' OR created_at > ${since})
    ORDER BY created_at DESC LIMIT 1 FOR UPDATE`.execute(tx);
  const before = found.rows[0];
  const params = JSON.stringify(message.params);
  if (before?.state === 'waiting') {
    const notice = leading(before.notice, message.notice);
    const own = notice === message.notice ? sql`, params = ${params}::jsonb` : sql``;
    await sql`
      UPDATE messages.delivery SET notice = ${notice}, bundled = bundled + 1 ${own}
      WHERE tenant_id = ${tenant} AND id = ${before.id}`.execute(tx);
    return;
  }
  await sql`
    INSERT INTO messages.delivery (tenant_id, id, case_id, recipient_kind, recipient_id, channel, notice, params, bundled,
      state, attempts, created_at, run_at)
    VALUES (${tenant}, ${uuidv7()}, ${message.caseId}, ${message.recipient.kind}, ${message.recipient.id},
      ${message.channel}, ${message.notice}, ${params}::jsonb, 1, 'waiting', 0, ${now},
      ${sendAt(before?.created_at ?? null, now)})`.execute(tx);
}

/** Takes messages that are due, for this process to send; another one leaves them alone until the lease ends. */
export async function claimDue(tx: WriteTx, limit: number, now: Date): Promise<Delivery[]> {
  const leaseEnd = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const due = await sql<{ id: string }>`
    SELECT id FROM messages.delivery
    WHERE tenant_id = ${tenant} AND state IN ('waiting', 'sending') AND run_at <= ${now}
    ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(tx);
  if (due.rows.length === 0) return [];
  const claimed = await sql<Row>`
    UPDATE messages.delivery SET state = 'sending', attempts = attempts + 1, run_at = ${leaseEnd}
    WHERE tenant_id = ${tenant} AND id = ANY(${due.rows.map((row) => row.id)}::uuid[])
    RETURNING id, recipient_kind, recipient_id, channel, case_id, notice, params, attempts, created_at`.execute(tx);
  return claimed.rows.map(deliveryFrom);
}

/** Records how sending went. */
export async function settle(
  tx: WriteTx,
  delivery: Delivery,
  outcome: { readonly state: 'sent' } | { readonly state: 'dropped' | 'failed' | 'again'; readonly error: string },
  now: Date,
): Promise<void> {
  const final = outcome.state !== 'again' || delivery.attempts >= MOST_ATTEMPTS;
  const state = outcome.state === 'again' ? (final ? 'failed' : 'waiting') : outcome.state;
  const error = outcome.state === 'sent' ? null : outcome.error;
  await sql`
    UPDATE messages.delivery SET state = ${state}, error = ${error}, ended_at = ${final ? now : null},
      run_at = ${final ? now : new Date(now.getTime() + backOff(delivery.attempts))}
    WHERE tenant_id = ${tenant} AND id = ${delivery.id} AND state = 'sending'`.execute(tx);
}

export type FailedDelivery = Delivery & { readonly error: string; readonly at: Date };

/** Messages that were given up, newest first. */
export async function listFailed(
  tx: ReadTx,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ readonly items: readonly FailedDelivery[]; readonly next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const found = await sql<Row & { error: string; ended_at: Date }>`
    SELECT id, recipient_kind, recipient_id, channel, case_id, notice, params, attempts, created_at, error, ended_at
    FROM messages.delivery WHERE tenant_id = ${tenant} AND state = 'failed'
      ${after ? sql`AND (ended_at, id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY ended_at DESC, id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const items = found.rows
    .slice(0, page.limit)
    .map((row) => ({ ...deliveryFrom(row), error: row.error, at: row.ended_at }));
  const last = items.at(-1);
  return { items, next: found.rows.length > items.length && last ? writePosition(last) : null };
}

/** Has a message that was given up sent again; false when there is none. */
export async function retryDelivery(tx: WriteTx, id: string, now: Date): Promise<boolean> {
  const found = await sql`
    UPDATE messages.delivery SET state = 'waiting', attempts = 0, run_at = ${now}, ended_at = NULL, error = NULL
    WHERE tenant_id = ${tenant} AND id = ${id} AND state = 'failed' RETURNING id`.execute(tx);
  return found.rows.length > 0;
}

/** Takes a message that was given up off the list for good; false when there is none. */
export async function dropDelivery(tx: WriteTx, id: string, now: Date): Promise<boolean> {
  const found = await sql`
    UPDATE messages.delivery SET state = 'dropped', ended_at = ${now}
    WHERE tenant_id = ${tenant} AND id = ${id} AND state = 'failed' RETURNING id`.execute(tx);
  return found.rows.length > 0;
}

export async function purgeDeliveries(tx: WriteTx, before: Date): Promise<void> {
  await sql`
    DELETE FROM messages.delivery
    WHERE tenant_id = ${tenant} AND state IN ('sent', 'dropped') AND ended_at < ${before}`.execute(tx);
}

function deliveryFrom(row: Row): Delivery {
  return {
    id: row.id,
    recipient: { kind: row.recipient_kind, id: row.recipient_id },
    channel: row.channel,
    caseId: row.case_id,
    notice: row.notice,
    params: row.params,
    attempts: row.attempts,
  };
}
