import { toBase64 } from '../../kit/bytes.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { Signer } from '../../platform/crypto/signer.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { CaseProof, ConsistencyProof } from './contract.ts';

import { consistencyOutline, inclusionOutline, nodesOf, type Outline, proofOf } from './rules/merkle.ts';
import { findCheckpoint, hashOf, lastLeafOf, latestCheckpoint, nodesAt, sha256 } from './store.ts';

/** What shows that a case, as the latest checkpoint knows it, is in the log. */
export async function proveCase(
  tx: ReadTx,
  signer: Signer,
  tenant: number,
  subject: { readonly id: string; readonly number: string },
): Promise<Result<CaseProof>> {
  const checkpoint = await latestCheckpoint(tx, tenant);
  const leaf = checkpoint === null ? null : await lastLeafOf(tx, tenant, subject.id, checkpoint.size);
  if (!checkpoint || !leaf) return refuse('ledger.not_yet');
  const proof = await hashesOf(tx, tenant, inclusionOutline(leaf.index, checkpoint.size));
  return {
    format: 'gongzhi-proof/1',
    tenant,
    case: { number: subject.number, id: subject.id, version: leaf.version, head: leaf.head.toString('hex') },
    index: leaf.index,
    proof,
    checkpoint: checkpoint.note,
    algorithm: signer.algorithm,
    publicKey: signer.publicKey,
  };
}

/** What shows that the log of `size` entries begins with the log of `old` entries; both must be checkpoints. */
export async function proveConsistency(
  tx: ReadTx,
  tenant: number,
  old: number,
  size: number,
): Promise<Result<ConsistencyProof>> {
  const [earlier, later] = [await findCheckpoint(tx, tenant, old), await findCheckpoint(tx, tenant, size)];
  if (!earlier || !later || old > size) return refuse('ledger.no_checkpoint');
  return {
    earlier: earlier.note,
    later: later.note,
    proof: await hashesOf(tx, tenant, consistencyOutline(old, size)),
  };
}

async function hashesOf(tx: ReadTx, tenant: number, outline: Outline): Promise<string[]> {
  const hashes = await nodesAt(tx, tenant, nodesOf(outline));
  return proofOf(outline, (place) => hashOf(hashes, place), sha256).map(toBase64);
}
