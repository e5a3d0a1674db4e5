import { systemActor } from '../../platform/auth/actor.ts';
import type { Signer } from '../../platform/crypto/signer.ts';
import type { Database, WriteTx } from '../../platform/database/database.ts';
import { type CaseChainEnd, chainEnds, chainEndsAfter } from '../cases/index.ts';
import { batchHead, MOST_SEALED, sealEntries } from './audit-batches.ts';
import { checkpointBody, noteOf, originOf } from './rules/checkpoint.ts';
import { type Leaf, leafEntry } from './rules/leaf.ts';
import { append, leafHash, rootOfTree } from './rules/merkle.ts';
import {
  type LogState,
  lockLog,
  NO_ID,
  sha256,
  type StoredCheckpoint,
  storeCheckpoint,
  storeLeaves,
  storeLogState,
  storeNodes,
  takeMoved,
  treeAt,
  versionsOf,
} from './store.ts';

export type GrowSettings = {
  readonly database: Database;
  readonly tenant: number;
  readonly signer: Signer;
  readonly now: () => Date;
};

/** Most cases in one transaction. */
const MOST_MOVED = 2500;
/** How many cases the walk over all looks at each time, beside those that are known to have moved. */
const SWEEP = 2000;
/** The first walk, on an installation that is older than its log or was restored. */
const FIRST_SWEEP = 20_000;

/**
 * Takes everything that happened since the last checkpoint into the log and signs its new root. Costs what is new and
 * log2 of the log's size. Answers the checkpoints it made: none when nothing happened.
 */
export async function takeCheckpoints(
  settings: GrowSettings,
  stopping: () => boolean = () => false,
): Promise<readonly StoredCheckpoint[]> {
  const actor = systemActor(settings.tenant, 'ledger');
  const made: StoredCheckpoint[] = [];
  let more = true;
  let walk = true;
  while (more && !stopping()) {
    const step = await settings.database.transact(actor, (tx) => grow(tx, settings, walk));
    if (step.checkpoint) made.push(step.checkpoint);
    walk = false;
    more = step.more;
  }
  return made;
}

type Step = { readonly checkpoint: StoredCheckpoint | null; readonly more: boolean };

async function grow(tx: WriteTx, settings: GrowSettings, walk: boolean): Promise<Step> {
  const { tenant, signer } = settings;
  const now = settings.now();
  const log = await lockLog(tx, tenant);
  const moved = await takeMoved(tx, tenant, MOST_MOVED);
  const swept = walk || !log.sweptOnce ? await sweep(tx, tenant, log) : { ends: [], state: log };
  const batch = await sealEntries(tx, systemActor(tenant, 'ledger'), now);
  const leaves: Leaf[] = await caseLeaves(tx, tenant, moved, swept.ends);
  if (batch) {
    const version = batch.entryIds.length;
    leaves.push({ tenant, kind: 'audit', subjectId: batch.id, version, head: batchHead(batch) });
  }
  const state = { ...log, ...swept.state, size: log.size + leaves.length };
  if (leaves.length > 0 || state.sweptTo !== log.sweptTo) await storeLogState(tx, tenant, state);
  // A full batch, or a first walk that is not at its end, leaves something for the next round.
  const more = moved.length === MOST_MOVED || !state.sweptOnce || batch?.entryIds.length === MOST_SEALED;
  if (leaves.length === 0) return { checkpoint: null, more };
  const hashes = leaves.map((leaf) => sha256Leaf(leaf));
  const { tree, made } = append(await treeAt(tx, tenant, log.size), hashes, sha256);
  await storeLeaves(
    tx,
    tenant,
    leaves.map((leaf, at) => ({
      ...leaf,
      index: log.size + at,
      head: Buffer.from(leaf.head),
      hash: hashes[at] ?? Buffer.alloc(0),
    })),
  );
  await storeNodes(tx, tenant, made);
  const root = Buffer.from(rootOfTree(tree, sha256));
  const body = checkpointBody({ origin: originOf(tenant), size: tree.size, root, at: now.toISOString() });
  const note = noteOf(body, signer.keyId, signer.sign(Buffer.from(body)));
  const checkpoint = { size: tree.size, at: now, root, keyId: signer.keyId, note };
  await storeCheckpoint(tx, tenant, checkpoint);
  return { checkpoint, more };
}

function sha256Leaf(leaf: Leaf): Buffer {
  return Buffer.from(leafHash(leafEntry(leaf), sha256));
}

type Swept = { readonly ends: readonly CaseChainEnd[]; readonly state: Pick<LogState, 'sweptTo' | 'sweptOnce'> };

/** Looks at the next cases in turn, whether an event told of them or not. */
async function sweep(tx: WriteTx, tenant: number, log: LogState): Promise<Swept> {
  const limit = log.sweptOnce ? SWEEP : FIRST_SWEEP;
  const ends = await chainEndsAfter(tx, systemActor(tenant, 'ledger'), log.sweptTo, limit);
  const last = ends.at(-1);
  const through = ends.length < limit;
  return {
    ends,
    state: { sweptTo: through || !last ? NO_ID : last.id, sweptOnce: log.sweptOnce || through },
  };
}

/** Entries for the cases whose chains are longer than the log knows. */
async function caseLeaves(
  tx: WriteTx,
  tenant: number,
  moved: readonly string[],
  swept: readonly CaseChainEnd[],
): Promise<Leaf[]> {
  const told = await chainEnds(tx, systemActor(tenant, 'ledger'), moved);
  const ends = new Map([...swept, ...told].map((end) => [end.id, end]));
  const known = await versionsOf(tx, tenant, [...ends.keys()]);
  return [...ends.values()]
    .filter((end) => end.length > (known.get(end.id) ?? 0))
    .map(({ id, length, head }) => ({ tenant, kind: 'case', subjectId: id, version: length, head }));
}
