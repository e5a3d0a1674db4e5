import { type RawBuilder, sql } from 'kysely';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import { organisationsOf } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { caseRowsOf, visibleByArea } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import type { CallBackRow, LISTS } from './contract.ts';
import { ENTRY_COLUMNS, type Entry } from './entries.ts';

export type ListName = (typeof LISTS)[number];

/** Where the ended ones stop: a caller looks back over his month. */
const ENDED_DAYS = 30;

/** One keyset page of whom to call. What the actor's own offices handle is not in it. */
export async function listEntries(
  tx: ReadTx,
  app: Pick<App, 'permissions'>,
  actor: Actor,
  list: ListName,
  page: { readonly after?: string | undefined; readonly limit: number },
  at: { readonly now: Date; readonly claimMinutes: number },
): Promise<Result<{ items: CallBackRow[]; next: string | null }>> {
  const cursor = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && cursor === null) return refuse('http.bad_request');
  const ended = list === 'ended';
  const order = ended ? sql`c.ended_at DESC, c.case_id DESC` : sql`c.next_at, c.case_id`;
  const after = ended
    ? sql`AND (c.ended_at, c.case_id) < (${cursor?.at ?? null}, ${cursor?.id ?? null}::uuid)`
    : sql`AND (c.next_at, c.case_id) > (${cursor?.at ?? null}, ${cursor?.id ?? null}::uuid)`;
  const { rows } = await sql<Entry>`
    SELECT ${ENTRY_COLUMNS} FROM call_backs.entry c
    WHERE c.tenant_id = ${actor.tenant} AND ${inList(list, actor, at)} AND ${visibleByArea(app.permissions, actor, 'call-backs.call')}
      AND NOT c.handled_by && ${actor.kind === 'officer' ? [...organisationsOf(actor)] : []}::uuid[] ${cursor ? after : sql``}
    ORDER BY ${order} LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const lastAt = last && (ended ? (last.endedAt ?? last.nextAt) : last.nextAt);
  const next = rows.length > page.limit && last && lastAt ? writePosition({ at: lastAt, id: last.caseId }) : null;
  return { items: await presentEntries(tx, actor, shown, at.claimMinutes, at.now), next };
}

function inList(list: ListName, actor: Actor, { now, claimMinutes }: { now: Date; claimMinutes: number }) {
  const live = new Date(now.getTime() - claimMinutes * 60_000);
  const mine = sql`(c.claimed_by = ${actorId(actor)} AND c.claimed_at > ${live})`;
  const free = sql`(c.claimed_at IS NULL OR c.claimed_at <= ${live} OR ${mine})`;
  const open = sql`c.state = 'open'`;
  const conditions: Readonly<Record<ListName, RawBuilder<unknown>>> = {
    due: sql`${open} AND c.next_at <= ${now} AND ${free}`,
    later: sql`${open} AND c.next_at > ${now}`,
    mine: sql`${open} AND ${mine}`,
    ended: sql`c.state <> 'open' AND c.ended_at > ${new Date(now.getTime() - ENDED_DAYS * 86_400_000)}`,
  };
  return conditions[list];
}

/** When a claim runs out; null when nobody holds the call. */
export function claimUntil(entry: Entry, minutes: number, now: Date): Date | null {
  if (entry.claimedAt === null) return null;
  const until = new Date(entry.claimedAt.getTime() + minutes * 60_000);
  return until > now ? until : null;
}

export async function presentEntries(
  tx: ReadTx,
  actor: Actor,
  entries: readonly Entry[],
  claimMinutes: number,
  now: Date,
): Promise<CallBackRow[]> {
  const cases = await caseRowsOf(
    tx,
    actor,
    entries.map((entry) => entry.caseId),
  );
  const offices = await organisationNames(
    tx,
    entries.flatMap((entry) => entry.organisationId ?? []),
  );
  return entries.flatMap((entry) => {
    const found = cases.get(entry.caseId);
    if (!found) return [];
    const until = claimUntil(entry, claimMinutes, now);
    const office = entry.organisationId === null ? undefined : offices.get(entry.organisationId);
    return [
      {
        case: found,
        timing: entry.timing,
        state: entry.state,
        office: entry.organisationId && office ? { id: entry.organisationId, ...office } : null,
        openedAt: entry.openedAt.toISOString(),
        dueAt: entry.dueAt.toISOString(),
        nextAt: entry.nextAt.toISOString(),
        tries: entry.tries,
        language: entry.language,
        claim: until && { mine: entry.claimedBy === actorId(actor), until: until.toISOString() },
        said: entry.solved && entry.satisfaction ? { solved: entry.solved, satisfaction: entry.satisfaction } : null,
        answeredBy: entry.answeredBy,
        endedAt: entry.endedAt?.toISOString() ?? null,
      },
    ];
  });
}
