import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { insertRows, sendTogether } from '../../platform/database/rows.ts';
import type { LeafKind } from './rules/leaf.ts';
import { frontier, type Growing, type Node, type NodeAt } from './rules/merkle.ts';

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

export type StoredLeaf = {
  readonly index: number;
  readonly kind: LeafKind;
  readonly subjectId: string;
  readonly version: number;
  readonly head: Buffer;
  readonly hash: Buffer;
};

export type StoredCheckpoint = {
  readonly size: number;
  readonly at: Date;
  readonly root: Buffer;
  readonly keyId: string;
  readonly note: string;
};

export type LogState = { readonly size: number; readonly sweptTo: string; readonly sweptOnce: boolean };

export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Takes the log for appending; whoever comes meanwhile waits. */
export async function lockLog(tx: WriteTx, tenant: number): Promise<LogState> {
  await sql`
    INSERT INTO ledger.log (tenant_id, size, swept_to, swept_once) VALUES (${tenant}, 0, ${NO_ID}, false)
    ON CONFLICT (tenant_id) DO NOTHING`.execute(tx);
  const { rows } = await sql<LogState>`
    SELECT size, swept_to AS "sweptTo", swept_once AS "sweptOnce" FROM ledger.log
    WHERE tenant_id = ${tenant} FOR UPDATE`.execute(tx);
  const [state] = rows;
  if (!state) throw new Error('the log vanished while it was taken');
  return state;
}

export async function logSize(tx: ReadTx, tenant: number): Promise<number> {
  const { rows } = await sql<{ size: number }>`SELECT size FROM ledger.log WHERE tenant_id = ${tenant}`.execute(tx);
  return rows[0]?.size ?? 0;
}

export async function storeLogState(tx: WriteTx, tenant: number, state: LogState): Promise<void> {
  await sql`
    UPDATE ledger.log SET size = ${state.size}, swept_to = ${state.sweptTo}, swept_once = ${state.sweptOnce}
    WHERE tenant_id = ${tenant}`.execute(tx);
}

const LEAF = sql`leaf_index AS index, kind, subject_id AS "subjectId", version, head, hash`;
const CHECKPOINT = sql`size, at, root, key_id AS "keyId", note`;

export async function leavesFrom(
  tx: ReadTx,
  tenant: number,
  from: number,
  limit: number,
): Promise<readonly StoredLeaf[]> {
  const { rows } = await sql<StoredLeaf>`
    SELECT ${LEAF} FROM ledger.leaf WHERE tenant_id = ${tenant} AND leaf_index >= ${from}
    ORDER BY leaf_index LIMIT ${limit}`.execute(tx);
  return rows;
}

/** The last entry of one subject inside the log of `size` entries; null when it has none there. */
export async function lastLeafOf(
  tx: ReadTx,
  tenant: number,
  subjectId: string,
  size: number,
): Promise<StoredLeaf | null> {
  const { rows } = await sql<StoredLeaf>`
    SELECT ${LEAF} FROM ledger.leaf
    WHERE tenant_id = ${tenant} AND subject_id = ${subjectId}::uuid AND leaf_index < ${size}
    ORDER BY version DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

/** The latest version the log holds of each subject. */
export async function versionsOf(
  tx: ReadTx,
  tenant: number,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    SELECT subject_id AS id, max(version) AS version FROM ledger.leaf
    WHERE tenant_id = ${tenant} AND subject_id = ANY(${[...subjectIds]}::uuid[]) GROUP BY subject_id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.version]));
}

export async function storeLeaves(tx: WriteTx, tenant: number, leaves: readonly StoredLeaf[]): Promise<void> {
  await sql`
    INSERT INTO ledger.leaf (tenant_id, leaf_index, kind, subject_id, version, head, hash)
    SELECT ${tenant}::int, * FROM unnest(${leaves.map((one) => one.index)}::bigint[], ${leaves.map((one) => one.kind)}::text[],
      ${leaves.map((one) => one.subjectId)}::uuid[], ${leaves.map((one) => one.version)}::int[],
      ${leaves.map((one) => one.head)}::bytea[], ${leaves.map((one) => one.hash)}::bytea[])`.execute(tx);
}

export async function storeNodes(tx: WriteTx, tenant: number, nodes: readonly Node[]): Promise<void> {
  if (nodes.length === 0) return;
  await sql`
    INSERT INTO ledger.node (tenant_id, level, node_index, hash)
    SELECT ${tenant}::int, * FROM unnest(${nodes.map((one) => one.level)}::smallint[],
      ${nodes.map((one) => one.index)}::bigint[], ${nodes.map((one) => Buffer.from(one.hash))}::bytea[])`.execute(tx);
}

export const nodeKey = ({ level, index }: NodeAt): string => `${level}/${index}`;

/** The hashes of nodes and leaves, by `nodeKey`; what is missing is left out. */
export async function nodesAt(
  tx: ReadTx,
  tenant: number,
  wanted: readonly NodeAt[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (wanted.length === 0) return new Map();
  const levels = wanted.map((one) => one.level);
  const indexes = wanted.map((one) => one.index);
  const { rows } = await sql<NodeAt & { hash: Buffer }>`
    WITH wanted AS (SELECT * FROM unnest(${levels}::smallint[], ${indexes}::bigint[]) AS w (level, index))
    SELECT w.level, w.index, n.hash FROM wanted w
    JOIN ledger.node n ON n.tenant_id = ${tenant} AND n.level = w.level AND n.node_index = w.index WHERE w.level > 0
    UNION ALL
    SELECT w.level, w.index, l.hash FROM wanted w
    JOIN ledger.leaf l ON l.tenant_id = ${tenant} AND l.leaf_index = w.index WHERE w.level = 0`.execute(tx);
  return new Map(rows.map((row) => [nodeKey(row), row.hash]));
}

/** The tree as it stands at `size`, ready to be appended to. */
export async function treeAt(tx: ReadTx, tenant: number, size: number): Promise<Growing> {
  const places = frontier(size);
  const hashes = await nodesAt(tx, tenant, places);
  return { size, edge: places.map((place) => ({ ...place, hash: hashOf(hashes, place) })) };
}

/** A node that must be there. */
export function hashOf(hashes: ReadonlyMap<string, Buffer>, place: NodeAt): Buffer {
  const hash = hashes.get(nodeKey(place));
  if (!hash) throw new Error(`the log lacks its node ${nodeKey(place)}; run verify`);
  return hash;
}

export async function storeCheckpoint(tx: WriteTx, tenant: number, one: StoredCheckpoint): Promise<void> {
  await sql`
    INSERT INTO ledger.checkpoint (tenant_id, size, at, root, key_id, note)
    VALUES (${tenant}, ${one.size}, ${one.at}, ${one.root}, ${one.keyId}, ${one.note})`.execute(tx);
}

export async function latestCheckpoint(tx: ReadTx, tenant: number): Promise<StoredCheckpoint | null> {
  const { rows } = await sql<StoredCheckpoint>`
    SELECT ${CHECKPOINT} FROM ledger.checkpoint WHERE tenant_id = ${tenant} ORDER BY size DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

export async function findCheckpoint(tx: ReadTx, tenant: number, size: number): Promise<StoredCheckpoint | null> {
  const { rows } = await sql<StoredCheckpoint>`
    SELECT ${CHECKPOINT} FROM ledger.checkpoint WHERE tenant_id = ${tenant} AND size = ${size}`.execute(tx);
  return rows[0] ?? null;
}

/** Checkpoints before `size`, newest first. */
export async function checkpointsBefore(
  tx: ReadTx,
  tenant: number,
  size: number,
  limit: number,
): Promise<readonly StoredCheckpoint[]> {
  const { rows } = await sql<StoredCheckpoint>`
    SELECT ${CHECKPOINT} FROM ledger.checkpoint WHERE tenant_id = ${tenant} AND size < ${size}
    ORDER BY size DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

/** Checkpoints after `size`, oldest first. */
export async function checkpointsAfter(
  tx: ReadTx,
  tenant: number,
  size: number,
  limit: number,
): Promise<readonly StoredCheckpoint[]> {
  const { rows } = await sql<StoredCheckpoint>`
    SELECT ${CHECKPOINT} FROM ledger.checkpoint WHERE tenant_id = ${tenant} AND size > ${size}
    ORDER BY size LIMIT ${limit}`.execute(tx);
  return rows;
}

/** Notes that a case's chain grew; the next checkpoint takes it in. */
export async function markMoved(tx: WriteTx, tenant: number, caseIds: readonly string[]): Promise<void> {
  // In order, so that two transactions meet the rows in the same order.
  const rows = [...new Set(caseIds)].sort().map((id) => ({ tenant_id: tenant, case_id: id }));
  await sendTogether(
    tx,
    insertRows('ledger.moved', rows, { afterwards: 'ON CONFLICT (tenant_id, case_id) DO NOTHING' }),
  );
}

/** Takes up to `limit` noted cases off the list. */
export async function takeMoved(tx: WriteTx, tenant: number, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ case_id: string }>`
    DELETE FROM ledger.moved WHERE tenant_id = ${tenant} AND case_id IN (
      SELECT case_id FROM ledger.moved WHERE tenant_id = ${tenant} ORDER BY case_id LIMIT ${limit})
    RETURNING case_id`.execute(tx);
  return rows.map((row) => row.case_id);
}

/** Up to `most` cases that are noted for the next checkpoint. */
export async function movedCases(tx: ReadTx, tenant: number, most: number): Promise<readonly string[]> {
  const { rows } = await sql<{ case_id: string }>`
    SELECT case_id FROM ledger.moved WHERE tenant_id = ${tenant} LIMIT ${most}`.execute(tx);
  return rows.map((row) => row.case_id);
}
