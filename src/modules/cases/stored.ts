import { sql } from 'kysely';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { ChainEnd } from './record.ts';
import type { CaseState } from './rules/state.ts';

/** A case as loaded for a decision. */
export type StoredCase = {
  readonly state: CaseState;
  readonly chain: ChainEnd;
  readonly anonymous: boolean;
  readonly title: string;
};

type Row = { facts: CaseState; chain_length: number; chain_head: Uint8Array; anonymous: boolean; title: string };

/** Loads one case by id, locked against other steps when asked; null when there is none in the tenant. */
export async function findStored(tx: ReadTx, actor: Actor, id: string, lock: boolean): Promise<StoredCase | null> {
  const { rows } = await sql<Row>`
    SELECT c.facts, c.chain_length, c.chain_head, c.anonymous, t.title
    FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.id = ${id}::uuid ${lock ? sql`FOR UPDATE OF c` : sql``}`.execute(tx);
  const row = rows[0];
  if (!row) return null;
  return {
    state: row.facts,
    chain: { length: row.chain_length, head: row.chain_head },
    anonymous: row.anonymous,
    title: row.title,
  };
}

/** What the last event was, for whoever comes with a stale version. Names are looked up by the caller. */
export async function lastEventOf(
  tx: ReadTx,
  actor: Actor,
  caseId: string,
  seq: number,
): Promise<{ kind: string; at: Date; actorId: string } | null> {
  const { rows } = await sql<{ kind: string; at: Date; actor_id: string }>`
    SELECT kind, at, actor_id FROM cases.event
    WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid AND seq = ${seq}`.execute(tx);
  const row = rows[0];
  return row ? { kind: row.kind, at: row.at, actorId: row.actor_id } : null;
}
