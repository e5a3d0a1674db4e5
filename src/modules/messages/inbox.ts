import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { Params } from './facts.ts';
import { BUNDLE_MINUTES, isStale, leading } from './rules/bundling.ts';
import type { OfficerNotice } from './rules/notices.ts';
import { tenant } from './tenant.ts';

export type InboxItem = {
  readonly id: string;
  readonly caseId: string;
  readonly notice: OfficerNotice;
  readonly params: Params;
  readonly bundled: number;
  readonly at: Date;
  readonly read: boolean;
};

/** Counting stops here; the screen says 999+. */
export const UNREAD_CAP = 999;

export type ForInbox = {
  readonly userId: string;
  readonly caseId: string;
  readonly notice: OfficerNotice;
  readonly params: Params;
  readonly at: Date;
};

/** Puts a notice into an inbox, or adds it to an unread one about the same from a moment ago. */
export async function putIntoInbox(tx: WriteTx, item: ForInbox, now: Date): Promise<void> {
  const since = new Date(item.at.getTime() - BUNDLE_MINUTES * 60_000);
  const found = await sql<{ id: string; notice: OfficerNotice; first_at: Date }>`
    SELECT id, notice, first_at FROM messages.inbox_item
    WHERE tenant_id = ${tenant} AND user_id = ${item.userId} AND case_id = ${item.caseId} AND read_at IS NULL
      AND params->'about'->>'id' IS NOT DISTINCT FROM ${item.params.about?.id ?? null}::text AND first_at > ${since}
    ORDER BY first_at DESC LIMIT 1 FOR UPDATE`.execute(tx);
  const recent = found.rows[0];
  const params = JSON.stringify(item.params);
  if (recent) {
    const notice = leading(recent.notice, item.notice);
    // A deadline belongs to the notice it was given with.
    const own = notice === item.notice ? sql`, params = ${params}::jsonb` : sql``;
    await sql`
      UPDATE messages.inbox_item SET notice = ${notice}, bundled = bundled + 1, at = ${item.at} ${own}
      WHERE tenant_id = ${tenant} AND id = ${recent.id}`.execute(tx);
    return;
  }
  // What is days old was seen, or is past; it is kept to look up, not to alarm.
  const readAt = isStale(item.at, now) ? item.at : null;
  await sql`
    INSERT INTO messages.inbox_item
      (tenant_id, id, user_id, case_id, notice, params, bundled, first_at, at, read_at)
    VALUES (${tenant}, ${uuidv7()}, ${item.userId}, ${item.caseId}, ${item.notice}, ${params}::jsonb, 1, ${item.at},
      ${item.at}, ${readAt})`.execute(tx);
}

type Row = {
  id: string;
  case_id: string;
  notice: OfficerNotice;
  params: Params;
  bundled: number;
  at: Date;
  read_at: Date | null;
};

/** One page of a person's own inbox, newest first. */
export async function listInbox(
  tx: ReadTx,
  userId: string,
  page: { readonly after?: string | undefined; readonly limit: number; readonly unreadOnly: boolean },
): Promise<Result<{ readonly items: readonly InboxItem[]; readonly next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const found = await sql<Row>`
    SELECT id, case_id, notice, params, bundled, at, read_at FROM messages.inbox_item
    WHERE tenant_id = ${tenant} AND user_id = ${userId}
      ${after ? sql`AND (at, id) < (${after.at}, ${after.id}::uuid)` : sql``}
      ${page.unreadOnly ? sql`AND read_at IS NULL` : sql``}
    ORDER BY at DESC, id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const shown = found.rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      caseId: row.case_id,
      notice: row.notice,
      params: row.params,
      bundled: row.bundled,
      at: row.at,
      read: row.read_at !== null,
    })),
    next: found.rows.length > shown.length && last ? writePosition(last) : null,
  };
}

/** Unread items, counted to one above the cap. */
export async function countUnread(tx: ReadTx, userId: string): Promise<number> {
  const found = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM messages.inbox_item WHERE tenant_id = ${tenant} AND user_id = ${userId} AND read_at IS NULL
      LIMIT ${UNREAD_CAP + 1}) AS unread`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Marks own items read: those named, those about a case, or all that were there at `until`. */
export async function markRead(
  tx: WriteTx,
  userId: string,
  which: {
    readonly ids?: readonly string[] | undefined;
    readonly caseId?: string | undefined;
    readonly until?: Date | undefined;
  },
  now: Date,
): Promise<void> {
  const ids = which.ids ? sql`AND id = ANY(${[...which.ids]}::uuid[])` : sql``;
  const ofCase = which.caseId ? sql`AND case_id = ${which.caseId}::uuid` : sql``;
  const until = which.until ? sql`AND at <= ${which.until}` : sql``;
  await sql`
    UPDATE messages.inbox_item SET read_at = ${now}
    WHERE tenant_id = ${tenant} AND user_id = ${userId} AND read_at IS NULL ${ids} ${ofCase} ${until}`.execute(tx);
}

export async function purgeInbox(tx: WriteTx, before: Date): Promise<void> {
  await sql`DELETE FROM messages.inbox_item WHERE tenant_id = ${tenant} AND at < ${before}`.execute(tx);
}
