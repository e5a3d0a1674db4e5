import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import { audit } from '../../platform/audit/audit.ts';
import { entriesSince, removeEntries } from '../../platform/audit/seal.ts';
import type { Database, ReadTx, WriteTx } from '../../platform/database/database.ts';
import { monthsBefore } from './rules/term.ts';
import { sha256 } from './store.ts';

/**
 * The record of who did what is taken into the log in batches: one entry of the log stands for up to 2,500 entries of
 * the record, each with its own hash, so that the altered one can be named.
 */
export type AuditBatch = {
  readonly id: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly entryIds: readonly string[];
  readonly entryHashes: Buffer;
  readonly removedAt: Date | null;
  readonly removedBy: string | null;
};

/** Entries of one batch. More of them at once would only be more to hold. */
export const MOST_SEALED = 2500;
/** The database refuses to remove what is younger, too (platform.audit_entry, policy least_term). */
const LEAST_MONTHS = 6;
/**
 * Entries carry the time they were written at, not that of their commit. One that commits later than others is still
 * found when it is looked for an hour back: no transaction lives nearly that long.
 */
const LATE_MS = 3_600_000;

const COLUMNS = sql`id, first_at AS "firstAt", last_at AS "lastAt", entry_ids AS "entryIds",
  entry_hashes AS "entryHashes", removed_at AS "removedAt", removed_by AS "removedBy"`;

/** Takes entries that are in no batch yet into a new one; null when there are none. */
export async function sealEntries(tx: WriteTx, actor: Actor, now: Date): Promise<AuditBatch | null> {
  const { tenant } = actor;
  const from = await sealedFrom(tx, tenant);
  const entries = await entriesSince(tx, tenant, from, sealedIds(tenant, from), MOST_SEALED);
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return null;
  const batch: AuditBatch = {
    id: uuidv7(now.getTime()),
    firstAt: first.at,
    lastAt: last.at,
    entryIds: entries.map((entry) => entry.id),
    entryHashes: Buffer.concat(entries.map((entry) => entry.hash)),
    removedAt: null,
    removedBy: null,
  };
  await sql`
    INSERT INTO ledger.audit_batch (tenant_id, id, first_at, last_at, entry_ids, entry_hashes)
    VALUES (${tenant}, ${batch.id}, ${batch.firstAt}, ${batch.lastAt}, ${[...batch.entryIds]}::uuid[],
      ${batch.entryHashes})`.execute(tx);
  return batch;
}

/** What the log holds of a batch: its times count too, since they say when its entries may go. */
export function batchHead({ firstAt, lastAt, entryHashes }: AuditBatch): Buffer {
  const times = `gongzhi-audit-batch/1\n${firstAt.toISOString()}\n${lastAt.toISOString()}\n`;
  return sha256(Buffer.concat([Buffer.from(times), entryHashes]));
}

/** Whether a removal kept to the least term of six months. */
export function removedInTime({ lastAt, removedAt }: AuditBatch, now: Date): boolean {
  return removedAt !== null && removedAt <= now && lastAt < monthsBefore(removedAt, LEAST_MONTHS);
}

async function sealedFrom(tx: ReadTx, tenant: number): Promise<Date> {
  const last = await lastSealed(tx, tenant);
  return last === null ? new Date(0) : new Date(last.getTime() - LATE_MS);
}

/** The time of the latest entry that is in a batch. */
export async function lastSealed(tx: ReadTx, tenant: number): Promise<Date | null> {
  const { rows } = await sql<{ last: Date | null }>`
    SELECT max(last_at) AS last FROM ledger.audit_batch WHERE tenant_id = ${tenant}`.execute(tx);
  return rows[0]?.last ?? null;
}

/** A query of the ids that are in batches reaching into the time from `from` on: tens of thousands in a busy hour. */
const sealedIds = (tenant: number, from: Date) => sql`
  SELECT unnest(entry_ids) FROM ledger.audit_batch
  WHERE tenant_id = ${tenant} AND last_at >= ${from} AND removed_at IS NULL`;

export async function findBatch(tx: ReadTx, tenant: number, id: string): Promise<AuditBatch | null> {
  const { rows } = await sql<AuditBatch>`
    SELECT ${COLUMNS} FROM ledger.audit_batch WHERE tenant_id = ${tenant} AND id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

/** How many entries all batches hold that were not removed. */
export async function countSealed(tx: ReadTx, tenant: number): Promise<number> {
  const { rows } = await sql<{ count: number | null }>`
    SELECT sum(cardinality(entry_ids))::bigint AS count FROM ledger.audit_batch
    WHERE tenant_id = ${tenant} AND removed_at IS NULL`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Entries up to `until` that are in no batch; somebody put them there past the platform. */
export async function strayEntries(tx: ReadTx, tenant: number, until: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT e.id FROM platform.audit_entry e WHERE e.tenant_id = ${tenant} AND e.at <= ${until}
      AND e.id NOT IN (SELECT unnest(entry_ids) FROM ledger.audit_batch WHERE tenant_id = ${tenant})
    ORDER BY e.at, e.id LIMIT 20`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Removes entries whose batch lies wholly behind `before`, one batch a transaction, and records each removal. The batch
 * stays with its hashes and names the removal.
 */
export async function removeOldEntries(
  database: Database,
  tenant: number,
  before: Date,
  now: () => Date,
  stopping: () => boolean = () => false,
): Promise<number> {
  const actor = systemActor(tenant, 'audit-term');
  let removed = 0;
  while (!stopping()) {
    const gone = await database.transact(actor, (tx) => removeOldest(tx, actor, before, now()));
    if (gone === null) break;
    removed += gone;
  }
  return removed;
}

async function removeOldest(tx: WriteTx, actor: Actor, before: Date, now: Date): Promise<number | null> {
  const { tenant } = actor;
  const { rows } = await sql<AuditBatch>`
    SELECT ${COLUMNS} FROM ledger.audit_batch
    WHERE tenant_id = ${tenant} AND last_at < ${before} AND removed_at IS NULL
    ORDER BY last_at LIMIT 1 FOR UPDATE`.execute(tx);
  const [batch] = rows;
  if (!batch) return null;
  const removal = uuidv7(now.getTime());
  const gone = await removeEntries(tx, tenant, { first: batch.firstAt, last: batch.lastAt }, batch.entryIds);
  await sql`
    UPDATE ledger.audit_batch SET removed_at = ${now}, removed_by = ${removal}
    WHERE tenant_id = ${tenant} AND id = ${batch.id}`.execute(tx);
  const details = { removal, entries: gone, from: batch.firstAt.toISOString(), to: batch.lastAt.toISOString() };
  const entry = { action: 'audit.remove_old', targetKind: 'audit_batch', targetId: batch.id, result: 'done' as const };
  await audit(tx, actor, { ...entry, details }, now);
  return gone;
}
