import { sql } from 'kysely';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { sha256 } from './record.ts';
import { type ChainCheck, type StoredEvent, verifyChain } from './rules/chain.ts';

type Row = {
  case_id: string;
  seq: number;
  kind: string;
  at: Date;
  actor_id: string;
  actor_kind: Actor['kind'];
  party: string | null;
  organisation_id: string | null;
  payload: Record<string, unknown>;
  content_commitment: Uint8Array | null;
  file_ids: string[];
  file_hashes: string[];
  previous_hash: Uint8Array;
  hash: Uint8Array;
  salt: Uint8Array | null;
  content: Record<string, string> | null;
  erased_by: string | null;
};

/** Recomputes the chains of the given cases from their stored events. */
export async function checkChains(
  tx: ReadTx,
  actor: Actor,
  caseIds: readonly string[],
): Promise<Map<string, ChainCheck>> {
  const { rows } = await sql<Row>`
    SELECT e.case_id, e.seq, e.kind, e.at, e.actor_id, e.actor_kind, e.party, e.organisation_id, e.payload,
      e.content_commitment, e.file_ids, e.file_hashes, e.previous_hash, e.hash, k.salt, k.content, k.erased_by
    FROM cases.event e LEFT JOIN cases.event_content k
      ON k.tenant_id = e.tenant_id AND k.case_id = e.case_id AND k.seq = e.seq
    WHERE e.tenant_id = ${actor.tenant} AND e.case_id = ANY(${[...caseIds]}::uuid[])
    ORDER BY e.case_id, e.seq`.execute(tx);
  const heads = await sql<{ id: string; chain_length: number; chain_head: Uint8Array }>`
    SELECT id, chain_length, chain_head FROM cases.case_file
    WHERE tenant_id = ${actor.tenant} AND id = ANY(${[...caseIds]}::uuid[])`.execute(tx);
  const byCase = new Map<string, StoredEvent[]>();
  for (const row of rows) byCase.set(row.case_id, [...(byCase.get(row.case_id) ?? []), storedEvent(actor.tenant, row)]);
  return new Map(
    heads.rows.map((head) => [
      head.id,
      verifyChain(byCase.get(head.id) ?? [], { length: head.chain_length, head: head.chain_head }, sha256),
    ]),
  );
}

function storedEvent(tenant: number, row: Row): StoredEvent {
  return {
    tenant,
    caseId: row.case_id,
    seq: row.seq,
    kind: row.kind,
    at: row.at.toISOString(),
    actorId: row.actor_id,
    actorKind: row.actor_kind,
    party: row.party,
    organisationId: row.organisation_id,
    payload: row.payload,
    contentCommitment: row.content_commitment,
    content: row.content,
    salt: row.salt,
    erasedBy: row.erased_by,
    fileIds: row.file_ids,
    fileHashes: row.file_hashes,
    previous: row.previous_hash,
    hash: row.hash,
  };
}

export type TenantCheck = {
  readonly cases: number;
  readonly events: number;
  readonly broken: readonly { readonly number: string; readonly seq: number; readonly reason: string }[];
  readonly erased: number;
  /** How many events' words are gone by which order. */
  readonly orders: readonly { readonly order: string; readonly events: number }[];
};

/** Recomputes every chain of the tenant, a batch at a time; `progress` hears how many cases are done, of about how many. */
export async function checkTenant(
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>,
  actor: Actor,
  progress: (done: number, of: number) => void,
): Promise<TenantCheck> {
  let after = '00000000-0000-0000-0000-000000000000';
  let [cases, events, erased] = [0, 0, 0];
  const broken: { number: string; seq: number; reason: string }[] = [];
  const orders = new Map<string, number>();
  const of = await read((tx) => countCases(tx, actor));
  for (;;) {
    const batch = await read(async (tx) => {
      const { rows } = await sql<{ id: string; number: string; chain_length: number }>`
        SELECT id, number, chain_length FROM cases.case_file
        WHERE tenant_id = ${actor.tenant} AND id > ${after}::uuid ORDER BY id LIMIT 500`.execute(tx);
      return {
        rows,
        checks: await checkChains(
          tx,
          actor,
          rows.map((row) => row.id),
        ),
      };
    });
    for (const row of batch.rows) {
      const check = batch.checks.get(row.id);
      events += row.chain_length;
      erased += check?.erased.length ?? 0;
      for (const { order } of check?.erased ?? []) orders.set(order, (orders.get(order) ?? 0) + 1);
      if (check && !check.ok) broken.push({ number: row.number, seq: check.seq, reason: check.reason });
    }
    cases += batch.rows.length;
    progress(cases, Math.max(cases, of));
    const last = batch.rows.at(-1);
    if (!last) {
      return { cases, events, broken, erased, orders: [...orders].map(([order, count]) => ({ order, events: count })) };
    }
    after = last.id;
  }
}

async function countCases(tx: ReadTx, actor: Actor): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM cases.case_file WHERE tenant_id = ${actor.tenant}`.execute(tx);
  return rows[0]?.count ?? 0;
}
