import type { Actor } from '../../platform/auth/actor.ts';
import { entriesBetween } from '../../platform/audit/seal.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { chainEnds, eventHashes, placeKey } from '../cases/index.ts';
import { batchHead, findBatch, removedInTime } from './audit-batches.ts';
import type { StoredLeaf } from './store.ts';

export type FaultReason =
  | 'entry_missing'
  | 'entry_altered'
  | 'node_altered'
  | 'event_missing'
  | 'event_altered'
  | 'audit_batch_missing'
  | 'audit_batch_altered'
  | 'audit_entry_missing'
  | 'audit_entry_altered'
  | 'audit_entry_added'
  | 'audit_removed_early'
  | 'checkpoint_altered'
  | 'root_differs'
  | 'signature_wrong'
  | 'key_unknown'
  | 'another_log'
  | 'log_cut_short'
  | 'mirror_differs'
  | 'mirror_unreadable';

export type Fault = {
  /** The copy that shows it; null for the database itself. */
  readonly place: string | null;
  /** The entry of the log, or the size of the checkpoint; null where neither applies. */
  readonly index: number | null;
  readonly reason: FaultReason;
  /** What it concerns: case numbers and events, ids, keys. */
  readonly names: readonly string[];
};

/** Compares entries of the log with what they stand for. */
export async function sourceFaults(
  tx: ReadTx,
  actor: Actor,
  leaves: readonly StoredLeaf[],
): Promise<{ readonly faults: readonly Fault[]; readonly removedBatches: number }> {
  const faults = await caseFaults(
    tx,
    actor,
    leaves.filter((leaf) => leaf.kind === 'case'),
  );
  let removedBatches = 0;
  for (const leaf of leaves.filter((one) => one.kind === 'audit')) {
    const check = await batchFaults(tx, actor, leaf);
    faults.push(...check.faults);
    if (check.removed) removedBatches++;
  }
  return { faults, removedBatches };
}

async function caseFaults(tx: ReadTx, actor: Actor, leaves: readonly StoredLeaf[]): Promise<Fault[]> {
  const hashes = await eventHashes(
    tx,
    actor,
    leaves.map((leaf) => ({ caseId: leaf.subjectId, seq: leaf.version })),
  );
  const wrong = leaves.flatMap((leaf) => {
    const hash = hashes.get(placeKey({ caseId: leaf.subjectId, seq: leaf.version }));
    if (hash?.equals(leaf.head)) return [];
    return [{ leaf, reason: hash ? ('event_altered' as const) : ('event_missing' as const) }];
  });
  if (wrong.length === 0) return [];
  const ends = await chainEnds(
    tx,
    actor,
    wrong.map(({ leaf }) => leaf.subjectId),
  );
  const numbers = new Map(ends.map((end) => [end.id, end.number]));
  return wrong.map(({ leaf, reason }) => ({
    place: null,
    index: leaf.index,
    reason,
    names: [`${numbers.get(leaf.subjectId) ?? `case ${leaf.subjectId}`}: event ${leaf.version}`],
  }));
}

async function batchFaults(tx: ReadTx, actor: Actor, leaf: StoredLeaf): Promise<{ faults: Fault[]; removed: boolean }> {
  const fault = (reason: FaultReason, id: string): Fault => ({ place: null, index: leaf.index, reason, names: [id] });
  const batch = await findBatch(tx, actor.tenant, leaf.subjectId);
  if (!batch) return { faults: [fault('audit_batch_missing', leaf.subjectId)], removed: false };
  if (!batchHead(batch).equals(leaf.head) || batch.entryIds.length !== leaf.version) {
    return { faults: [fault('audit_batch_altered', leaf.subjectId)], removed: false };
  }
  if (batch.removedAt !== null) {
    const inTime = removedInTime(batch, new Date());
    return { faults: inTime ? [] : [fault('audit_removed_early', batch.id)], removed: true };
  }
  const span = { first: batch.firstAt, last: batch.lastAt };
  const entries = await entriesBetween(tx, actor.tenant, span, batch.entryIds);
  const byId = new Map(entries.map((entry) => [entry.id, entry.hash]));
  const faults = batch.entryIds.flatMap((id, at) => {
    const hash = byId.get(id);
    if (!hash) return [fault('audit_entry_missing', id)];
    return hash.equals(batch.entryHashes.subarray(at * 32, at * 32 + 32)) ? [] : [fault('audit_entry_altered', id)];
  });
  return { faults, removed: false };
}
