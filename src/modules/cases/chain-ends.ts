import { sql } from 'kysely';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';

/** Where the chain of a case ends now. */
export type CaseChainEnd = {
  readonly id: string;
  readonly number: string;
  readonly length: number;
  readonly head: Buffer;
};

const COLUMNS = sql`id, number, chain_length AS length, chain_head AS head`;

/** The ends of the given cases' chains; cases that are not there are left out. */
export async function chainEnds(tx: ReadTx, actor: Actor, ids: readonly string[]): Promise<readonly CaseChainEnd[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CaseChainEnd>`
    SELECT ${COLUMNS} FROM cases.case_file
    WHERE tenant_id = ${actor.tenant} AND id = ANY(${[...ids]}::uuid[]) ORDER BY id`.execute(tx);
  return rows;
}

/** The ends of up to `limit` chains of the cases after `id`, by id. */
export async function chainEndsAfter(
  tx: ReadTx,
  actor: Actor,
  id: string,
  limit: number,
): Promise<readonly CaseChainEnd[]> {
  const { rows } = await sql<CaseChainEnd>`
    SELECT ${COLUMNS} FROM cases.case_file
    WHERE tenant_id = ${actor.tenant} AND id > ${id}::uuid ORDER BY id LIMIT ${limit}`.execute(tx);
  return rows;
}

export type ChainPlace = { readonly caseId: string; readonly seq: number };

/** Key of a place in `eventHashes`. */
export const placeKey = ({ caseId, seq }: ChainPlace): string => `${caseId}/${seq}`;

/** The stored hashes of single events, by `placeKey`. */
export async function eventHashes(
  tx: ReadTx,
  actor: Actor,
  places: readonly ChainPlace[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (places.length === 0) return new Map();
  const { rows } = await sql<ChainPlace & { hash: Buffer }>`
    SELECT e.case_id AS "caseId", e.seq, e.hash
    FROM unnest(${places.map((one) => one.caseId)}::uuid[], ${places.map((one) => one.seq)}::int[]) AS w (case_id, seq)
    JOIN cases.event e ON e.tenant_id = ${actor.tenant} AND e.case_id = w.case_id AND e.seq = w.seq`.execute(tx);
  return new Map(rows.map((row) => [placeKey(row), row.hash]));
}
