import { type RawBuilder, sql } from 'kysely';
import { type Result, refuse } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { readCursor, writeCursor } from '../../platform/database/cursor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { CaseState } from './rules/state.ts';
import type { ClosureKind, Solved } from './rules/words.ts';

/** Requests made public: by the requester's consent, in a text an officer edited, at a coarsened place. */
export type ReleasedCase = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly body: string;
  readonly areaCode: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly fileIds: readonly string[];
  readonly classCode: string;
  readonly state: CaseState['state'];
  readonly leadId: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly closure: ClosureKind | null;
  readonly solved: Solved | null;
  readonly releasedAt: Date;
  /** What the office answered, as an officer edited it for everybody. */
  readonly answer: string | null;
  readonly answeredBy: string | null;
};

export type ReleasedFilter = {
  readonly area?: string | undefined;
  readonly classCode?: string | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly closedSince?: Date | undefined;
};

const ENDED = ['closed', 'rejected', 'withdrawn', 'voided', 'merged'];

const COLUMNS = sql`c.id, c.number, r.title, r.body, r.area_code AS "areaCode", r.lon, r.lat, r.file_ids AS "fileIds",
  c.class_code AS "classCode", c.state, c.lead_organisation_id AS "leadId", c.opened_at AS "openedAt",
  c.closed_at AS "closedAt", c.closure, c.solved, r.released_at AS "releasedAt", r.answer, r.answered_by AS "answeredBy"`;
const FROM = sql`cases.public_release r JOIN cases.case_file c ON c.tenant_id = r.tenant_id AND c.id = r.case_id`;

function conditions(actor: Actor, filter: ReleasedFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [
    sql`r.tenant_id = ${actor.tenant}`,
    sql`c.public_state = 'released'`,
    sql`c.sensitivity = 'normal'`,
  ];
  if (filter.area) parts.push(sql`r.area_code >= ${filter.area} AND r.area_code < ${`${filter.area}:`}`);
  if (filter.classCode)
    parts.push(sql`c.class_code >= ${filter.classCode} AND c.class_code < ${`${filter.classCode}:`}`);
  if (filter.state === 'open') parts.push(sql`c.state <> ALL(${ENDED})`);
  if (filter.state === 'closed') parts.push(sql`c.state = ANY(${ENDED})`);
  if (filter.closedSince) parts.push(sql`c.state = 'closed' AND c.closed_at >= ${filter.closedSince}`);
  return sql.join(parts, sql` AND `);
}

/** One keyset page of released requests, the latest released first. */
export async function releasedCases(
  tx: ReadTx,
  actor: Actor,
  filter: ReleasedFilter,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ items: ReleasedCase[]; next: string | null }>> {
  const after = readCursor(page.after, 'stamp', 'uuid');
  if (after === null) return refuse('http.bad_request');
  const keyset = after ? sql` AND (r.released_at, r.case_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<ReleasedCase & { at: string }>`
    SELECT ${COLUMNS}, r.released_at::text AS at FROM ${FROM} WHERE ${conditions(actor, filter)}${keyset}
    ORDER BY r.released_at DESC, r.case_id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last ? writeCursor(last.at, last.id) : null;
  return { items: shown, next };
}

/** One released request by its number; null when there is none or it was taken back. */
export async function findReleasedCase(tx: ReadTx, actor: Actor, number: string): Promise<ReleasedCase | null> {
  const { rows } = await sql<ReleasedCase>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE ${conditions(actor, {})} AND c.number = ${number}`.execute(tx);
  return rows[0] ?? null;
}

/** Those of the requests that are released now. */
export async function releasedByIds(tx: ReadTx, actor: Actor, ids: readonly string[]): Promise<ReleasedCase[]> {
  const { rows } = await sql<ReleasedCase>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE ${conditions(actor, {})} AND c.id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** Coarse points of released requests for the map; at most 2,000. */
export async function releasedPoints(tx: ReadTx, actor: Actor, filter: ReleasedFilter): Promise<ReleasedCase[]> {
  const { rows } = await sql<ReleasedCase>`
    SELECT ${COLUMNS} FROM ${FROM} WHERE ${conditions(actor, filter)} AND r.lon IS NOT NULL
    ORDER BY r.released_at DESC LIMIT 2000`.execute(tx);
  return rows;
}

/** How many released requests each area has. */
export async function releasedByArea(
  tx: ReadTx,
  actor: Actor,
  filter: ReleasedFilter,
): Promise<{ areaCode: string; count: number }[]> {
  const { rows } = await sql<{ areaCode: string; count: number }>`
    SELECT r.area_code AS "areaCode", count(*)::int AS count FROM ${FROM}
    WHERE ${conditions(actor, filter)}
    GROUP BY r.area_code ORDER BY count DESC, r.area_code LIMIT 2000`.execute(tx);
  return rows;
}

/** How many released requests there are, and how many of them are still open. */
export async function countReleased(tx: ReadTx, actor: Actor): Promise<{ total: number; open: number }> {
  const { rows } = await sql<{ total: number; open: number }>`
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE c.state <> ALL(${ENDED})))::int AS open
    FROM ${FROM} WHERE ${conditions(actor, {})}`.execute(tx);
  return rows[0] ?? { total: 0, open: 0 };
}

/** Keeps what was released beside the case; called in the transaction of the step. */
export async function storeRelease(
  tx: WriteTx,
  actor: Actor,
  release: {
    caseId: string;
    title: string;
    text: string;
    answer: string | null;
    answeredBy: string | null;
    areaCode: string;
    point: readonly [number, number] | null;
    fileIds: readonly string[];
    by: string;
    at: Date;
  },
): Promise<void> {
  await sql`
    INSERT INTO cases.public_release (tenant_id, case_id, title, body, answer, answered_by, area_code, lon, lat, file_ids, released_at, released_by)
    VALUES (${actor.tenant}, ${release.caseId}, ${release.title}, ${release.text}, ${release.answer},
      ${release.answeredBy}::uuid, ${release.areaCode},
      ${release.point?.[0] ?? null}, ${release.point?.[1] ?? null}, ${[...release.fileIds]}::uuid[], ${release.at}, ${release.by})
    ON CONFLICT (tenant_id, case_id) DO UPDATE SET title = excluded.title, body = excluded.body,
      answer = excluded.answer, answered_by = excluded.answered_by,
      area_code = excluded.area_code, lon = excluded.lon, lat = excluded.lat, file_ids = excluded.file_ids,
      released_at = excluded.released_at, released_by = excluded.released_by`.execute(tx);
}

export async function removeRelease(tx: WriteTx, actor: Actor, caseId: string): Promise<void> {
  await sql`DELETE FROM cases.public_release WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid`.execute(
    tx,
  );
}

/** The public photos of a case. */
export async function releasedFileIds(tx: ReadTx, actor: Actor, caseId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ file_ids: string[] }>`
    SELECT file_ids FROM cases.public_release WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid`.execute(
    tx,
  );
  return rows[0]?.file_ids ?? [];
}
