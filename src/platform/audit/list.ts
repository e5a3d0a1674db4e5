import { type RawBuilder, sql } from 'kysely';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { Actor } from '../auth/actor.ts';
import type { ReadTx } from '../database/database.ts';
import type { AnswerOf, QueryOf } from '../http/contract.ts';
import type { listEntries } from './contract.ts';

type Filter = QueryOf<typeof listEntries>;
type Conditions = Omit<Filter, 'after' | 'limit'>;
type Page = AnswerOf<typeof listEntries>;

type Row = {
  id: string;
  at: Date;
  actor_id: string;
  actor_kind: Page['items'][number]['actorKind'];
  post_id: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  result: string;
  address: string | null;
  details: Record<string, unknown>;
};

/** One page of the record, newest first. */
export async function readEntries(tx: ReadTx, actor: Actor, filter: Filter): Promise<Result<Page>> {
  const after = filter.after === undefined ? null : readPosition(filter.after);
  if (filter.after !== undefined && after === null) return refuse('http.bad_request');
  const conditions = conditionsOf(actor, filter);
  if (after) conditions.push(sql`(at, id) < (${after.at}, ${after.id}::uuid)`);
  const rows = await newest(tx, conditions, filter.limit + 1);
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return { items: shown.map(present), next: rows.length > shown.length && last ? writePosition(last) : null };
}

/** All entries that fit, newest first; a refusal when they are more than `most`. */
export async function allEntries(
  tx: ReadTx,
  actor: Actor,
  filter: Conditions,
  most: number,
): Promise<Result<Page['items']>> {
  const rows = await newest(tx, conditionsOf(actor, filter), most + 1);
  return rows.length > most ? refuse('audit.too_many', { most }) : rows.map(present);
}

function conditionsOf(actor: Actor, filter: Conditions): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [sql`tenant_id = ${actor.tenant}`];
  const family = filter.action?.endsWith('.*') ? filter.action.slice(0, -1) : null;
  if (filter.actor) conditions.push(sql`actor_id = ${filter.actor}`);
  // '/' follows '.' in the C collation: everything that begins with the family.
  if (family) conditions.push(sql`action >= ${family} AND action < ${`${family.slice(0, -1)}/`}`);
  else if (filter.action) conditions.push(sql`action = ${filter.action}`);
  if (filter.targetKind) conditions.push(sql`target_kind = ${filter.targetKind}`);
  if (filter.targetId) conditions.push(sql`target_id = ${filter.targetId}`);
  if (filter.result) conditions.push(sql`result = ${filter.result}`);
  if (filter.address) conditions.push(sql`address = ${filter.address}::inet`);
  if (filter.from) conditions.push(sql`at >= ${filter.from}::timestamptz`);
  if (filter.to) conditions.push(sql`at < ${filter.to}::timestamptz`);
  return conditions;
}

async function newest(tx: ReadTx, conditions: readonly RawBuilder<unknown>[], limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT id, at, actor_id, actor_kind, post_id, action, target_kind, target_id, result, host(address) AS address, details
    FROM platform.audit_entry WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY at DESC, id DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

function present(row: Row): Page['items'][number] {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorId: row.actor_id,
    actorKind: row.actor_kind,
    postId: row.post_id,
    action: row.action,
    targetKind: row.target_kind,
    targetId: row.target_id,
    result: row.result,
    address: row.address,
    details: row.details,
  };
}
