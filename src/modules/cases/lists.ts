import { type RawBuilder, sql } from 'kysely';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { Actor, Lane } from '../../platform/auth/actor.ts';
import { type Permissions, postsFor } from '../../platform/auth/permission.ts';
import { readCursor, writeCursor } from '../../platform/database/cursor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { CaseRow } from './contract.ts';
import { type CaseFilter, DUE, handledBy, inStates, orderOf, ownOrganisations, pageOfIds } from './pages.ts';
import { type ListRow, presentRows } from './present.ts';
import { QUEUE_TABLE, QUEUES, type QueueName } from './rules/queues.ts';
import type { StateName } from './rules/words.ts';
import { searchOf } from './search.ts';
import { visible, visibleByArea } from './visibility.ts';

export type { CaseFilter };

const ROW_COLUMNS = sql`c.id, c.number, c.version, c.state, c.lane, c.class_code, c.class_version, c.urgency, t.title,
  c.area_code, c.lon, c.lat, c.channel, c.opened_at, c.stage, c.stage_started_at, c.stage_due_at, c.total_due_at,
  c.closed_at, c.lead_organisation_id, c.settled_on_spot, c.imported`;

/** The queues an actor's posts give him, in the order of the table. */
export function queuesOf(permissions: Permissions, actor: Actor): QueueName[] {
  return QUEUES.filter((name) => name !== 'all' && postsFor(permissions, actor, QUEUE_TABLE[name].action).length > 0);
}

function queueCondition(permissions: Permissions, actor: Actor, name: QueueName, now: Date): RawBuilder<boolean> {
  const queue = QUEUE_TABLE[name];
  const states = inStates(queue.states.length > 0 ? queue.states : null);
  const late = queue.lateOnly ? sql` AND ${DUE.key} < ${now}` : sql``;
  if (queue.line === 'area') {
    const reach = name === 'all' ? visible(permissions, actor) : visibleByArea(permissions, actor, queue.action);
    const others = queue.byOthers ? sql` AND NOT ${handledBy(ownOrganisations(actor))}` : sql``;
    return sql<boolean>`(${states}${late} AND ${reach}${others})`;
  }
  const organisations = postsFor(permissions, actor, queue.action).map((post) => post.organisationId);
  return sql<boolean>`(${states}${late} AND c.lead_organisation_id = ANY(${[...new Set(organisations)]}::uuid[]))`;
}

/** One keyset page; `next` is null on the last one. A cursor not of ours is refused. */
export async function listCaseRows(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  filter: CaseFilter,
  page: { readonly after?: string | undefined; readonly limit: number },
  now: Date,
): Promise<Result<{ rows: ListRow[]; next: string | null }>> {
  const after = readCursor(page.after, 'stamp', 'uuid');
  if (after === null) return refuse('http.bad_request');
  const { q, ...filters } = filter;
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const words = q?.trim() ? await searchOf(tx, q.trim(), filtered) : null;
  if (words?.none) return { rows: [], next: null };
  const ids = pageOfIds(permissions, actor, filter, words, { after, limit: page.limit + 1 }, now);
  if (ids === null) return { rows: [], next: null };
  const { rows } = await sql<ListRow & { cursor_at: string }>`
    SELECT ${ROW_COLUMNS}, p.at::text AS cursor_at
    FROM (${ids}) AS p
    JOIN cases.case_file c ON c.tenant_id = ${actor.tenant} AND c.id = p.id
    JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    ORDER BY ${orderOf(filter).sorting(sql`p.at`, sql`p.id`)}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > page.limit && last ? writeCursor(last.cursor_at, last.id) : null };
}

/** One keyset page of what the actor may see of a list, as it is shown. */
export async function casePage(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  filter: CaseFilter,
  page: { readonly after?: string | undefined; readonly limit: number },
  now: Date,
): Promise<Result<{ items: CaseRow[]; next: string | null }>> {
  const found = await listCaseRows(tx, permissions, actor, filter, page, now);
  return isRefusal(found) ? found : { items: await presentRows(tx, found.rows), next: found.next };
}

/** What was asked and where, in the requester's words; who may see the cases the caller has decided. */
export async function caseWordsOf(
  tx: ReadTx,
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, { body: string; placeText: string | null }>> {
  const { rows } = await sql<{ id: string; body: string; placeText: string | null }>`
    SELECT case_id AS id, body, place_text AS "placeText" FROM cases.case_text
    WHERE tenant_id = ${actor.tenant} AND case_id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, ...words }) => [id, words]));
}

/** Rows of the cases a module above found itself, by id; who may see them it has decided. At most 500. */
export async function caseRowsOf(tx: ReadTx, actor: Actor, ids: readonly string[]): Promise<Map<string, CaseRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<ListRow>`
    SELECT ${ROW_COLUMNS} FROM cases.case_file c
    JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.id = ANY(${[...new Set(ids)].slice(0, 500)}::uuid[])`.execute(tx);
  return new Map((await presentRows(tx, rows)).map((row) => [row.id, row]));
}

/** Ids of the cases in a state, in the order of ids, from after one of them. */
export async function casesIn(
  tx: ReadTx,
  actor: Actor,
  state: StateName,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM cases.case_file
    WHERE tenant_id = ${actor.tenant} AND state = ${state} ${after === null ? sql`` : sql`AND id > ${after}::uuid`}
    ORDER BY id LIMIT ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

export const COUNT_CAP = 1000;

/** Counts of every queue the actor has, each capped; `late` counts those past their stage clock within the cap. */
export async function countQueues(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  lane: Lane | undefined,
  now: Date,
): Promise<{ queue: QueueName; count: number; capped: boolean; late: number }[]> {
  const names = queuesOf(permissions, actor);
  if (names.length === 0) return [];
  const parts = names.map(
    (
      name,
    ) => sql`SELECT ${name}::text AS queue, count(*)::int AS count, count(*) FILTER (WHERE late)::int AS late FROM (
      SELECT ${DUE.key} < ${now} AS late FROM cases.case_file c
      WHERE c.tenant_id = ${actor.tenant} AND ${queueCondition(permissions, actor, name, now)}${lane ? sql` AND c.lane = ${lane}` : sql``}
      LIMIT ${COUNT_CAP}) AS q`,
  );
  const { rows } = await sql<{
    queue: QueueName;
    count: number;
    late: number;
  }>`${sql.join(parts, sql` UNION ALL `)}`.execute(tx);
  const byName = new Map(rows.map((row) => [row.queue, row]));
  return names.map((queue) => {
    const row = byName.get(queue);
    return { queue, count: row?.count ?? 0, capped: (row?.count ?? 0) >= COUNT_CAP, late: row?.late ?? 0 };
  });
}

/** The id and title of a case the actor may see, by number. */
export async function findVisibleByNumber(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  number: string,
): Promise<{ id: string; number: string; title: string } | null> {
  const { rows } = await sql<{ id: string; number: string; title: string }>`
    SELECT c.id, c.number, t.title FROM cases.case_file c
    JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.number = ${number} AND ${visible(permissions, actor)}`.execute(tx);
  return rows[0] ?? null;
}
