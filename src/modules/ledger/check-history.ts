import { toBase64 } from '../../kit/bytes.ts';
import { verifySignature } from '../../platform/crypto/signer.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { countEntries } from '../../platform/audit/seal.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { countSealed, lastSealed, strayEntries } from './audit-batches.ts';
import { type Fault, sourceFaults } from './check-sources.ts';
import { readKeys, readLeaves, readNotes } from './mirror.ts';
import { originOf, parseNote, type SignedNote } from './rules/checkpoint.ts';
import { leafEntry } from './rules/leaf.ts';
import { append, EMPTY_TREE, type Growing, leafHash, rootOfTree } from './rules/merkle.ts';
import { checkpointsAfter, leavesFrom, logSize, nodeKey, nodesAt, sha256, type StoredLeaf } from './store.ts';

export type { Fault } from './check-sources.ts';

export type HistoryCheck = {
  readonly entries: number;
  readonly checkpoints: number;
  /** The last checkpoint of the database. */
  readonly signedTo: { readonly size: number; readonly at: string } | null;
  /** The last checkpoint of each copy it was compared with. */
  readonly mirrors: readonly { readonly place: string; readonly size: number; readonly at: string | null }[];
  readonly faults: readonly Fault[];
  /** Batches of the record of who did what whose entries were removed after their term. */
  readonly removedBatches: number;
};

export type CheckSettings = {
  readonly read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;
  readonly actor: Actor;
  /** Public keys that are believed, by key id: from the key file and from copies, never from the database. */
  readonly keys: ReadonlyMap<string, string>;
  /** History folders, or files of checkpoints, to compare with. */
  readonly mirrors: readonly string[];
  readonly progress: (done: number, of: number) => void;
};

const BATCH = 5000;
/** After so many faults the rest says nothing new. */
const ENOUGH = 50;

/**
 * Recomputes the log from its entries: every entry against the chain or batch it stands for, every node of the tree,
 * every checkpoint's root and signature, and every checkpoint of the copies. Faults come in the order of the log. Holds
 * one batch and the checkpoints in memory.
 */
export async function checkHistory(settings: CheckSettings): Promise<HistoryCheck> {
  const { read, actor } = settings;
  const own = await ownCheckpoints(settings);
  const mirrors = await openMirrors(settings, own.claims.length > 0);
  const keys = new Map([...mirrors.flatMap((mirror) => [...mirror.keys]), ...settings.keys]);
  const size = await read((tx) => logSize(tx, actor.tenant));
  const faults: Fault[] = [];
  const walk = new Walk(settings, mirrors, faults);
  const claims = [...own.claims, ...mirrors.flatMap((mirror) => mirror.claims)].sort((a, b) => a.size - b.size);
  checkSignatures(claims, actor.tenant, keys, faults);
  for (const claim of claims) {
    if (faults.length >= ENOUGH) break;
    if (claim.size > size) {
      faults.push({ place: claim.place, index: claim.size, reason: 'log_cut_short', names: [] });
      break;
    }
    await walk.to(claim.size, size);
    if (toBase64(walk.root()) !== toBase64(claim.root)) {
      const reason = claim.place === null ? 'root_differs' : 'mirror_differs';
      faults.push({ place: claim.place, index: claim.size, reason, names: await walk.lastNames(faults.length) });
      // From here on every later root differs, too.
      if (claim.place === null || mirrors.length === 0) break;
    }
  }
  if (faults.length < ENOUGH) await walk.to(size, size);
  faults.push(...mirrors.flatMap((mirror) => mirror.faults), ...own.faults);
  faults.push(...(await auditFaults(settings)));
  return {
    entries: size,
    checkpoints: own.claims.length,
    signedTo: own.last,
    mirrors: mirrors.map(({ place, claims: of }) => {
      const last = of.at(-1);
      return { place, size: last?.size ?? 0, at: last?.at ?? null };
    }),
    faults: firstOfEach(faults),
    removedBatches: walk.removedBatches,
  };
}

/** One fault a place is enough: the first. */
function firstOfEach(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  return faults.filter((fault) => {
    const key = `${fault.place}|${fault.reason}|${fault.names.join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A root that somebody signed for, in the database (`place` null) or in a copy. */
type Claim = SignedNote & { readonly place: string | null };

type Mirror = {
  readonly place: string;
  readonly claims: readonly Claim[];
  readonly keys: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
  readonly leaves: AsyncGenerator<string>;
};

async function openMirrors({ mirrors }: CheckSettings, isSigned: boolean): Promise<readonly Mirror[]> {
  return Promise.all(
    mirrors.map(async (place) => {
      const { notes, wholeBytes, bytes } = await readNotes(place);
      const claims = notes.map((note) => ({ ...note, place }));
      const index = claims.at(-1)?.size ?? 0;
      // Nothing but whole checkpoints belongs into a copy; what a crash cut short is mended by the platform itself.
      // A copy is empty by right only as long as nothing was signed anywhere.
      const unreadable = wholeBytes < bytes || (claims.length === 0 && (isSigned || bytes > 0));
      const faults: Fault[] = unreadable ? [{ place, index, reason: 'mirror_unreadable', names: [] }] : [];
      return { place, claims, keys: await readKeys(place), faults, leaves: readLeaves(place) };
    }),
  );
}

async function ownCheckpoints({ read, actor }: CheckSettings) {
  const claims: Claim[] = [];
  const faults: Fault[] = [];
  let after = 0;
  for (;;) {
    const from = after;
    const page = await read((tx) => checkpointsAfter(tx, actor.tenant, from, 1000));
    for (const { size, root, note } of page) {
      const parsed = parseNote(note);
      if (!parsed || parsed.size !== size || toBase64(parsed.root) !== toBase64(root)) {
        faults.push({ place: null, index: size, reason: 'checkpoint_altered', names: [] });
      } else claims.push({ ...parsed, place: null });
      after = size;
    }
    const last = claims.at(-1);
    if (page.length === 0) return { claims, faults, last: last ? { size: last.size, at: last.at } : null };
  }
}

function checkSignatures(
  claims: readonly Claim[],
  tenant: number,
  keys: ReadonlyMap<string, string>,
  faults: Fault[],
): void {
  for (const claim of claims) {
    const key = keys.get(claim.keyId);
    const names = [claim.keyId];
    const fault = (reason: Fault['reason']) => faults.push({ place: claim.place, index: claim.size, reason, names });
    if (key === undefined) fault('key_unknown');
    else if (claim.origin !== originOf(tenant)) fault('another_log');
    else if (!verifySignature(key, Buffer.from(claim.body), claim.signature)) fault('signature_wrong');
    if (faults.length >= ENOUGH) return;
  }
}

/** Walks through the log's entries once, growing the tree again. */
class Walk {
  readonly #settings: CheckSettings;
  readonly #mirrors: readonly Mirror[];
  readonly #faults: Fault[];
  #tree: Growing = EMPTY_TREE;
  #last: readonly StoredLeaf[] = [];
  removedBatches = 0;

  constructor(settings: CheckSettings, mirrors: readonly Mirror[], faults: Fault[]) {
    this.#settings = settings;
    this.#mirrors = mirrors;
    this.#faults = faults;
  }

  root(): Uint8Array {
    return rootOfTree(this.#tree, sha256);
  }

  /** Takes entries up to `size`; the walk goes on behind an entry that is missing, as if it were empty. */
  async to(size: number, of: number): Promise<void> {
    while (this.#tree.size < size && this.#faults.length < ENOUGH) {
      const from = this.#tree.size;
      const count = Math.min(BATCH, size - from);
      await this.#settings.read((tx) => this.#batch(tx, from, count));
      this.#settings.progress(this.#tree.size, of);
    }
  }

  /** What the entries of the last stretch stand for, where nothing has been named yet. */
  async lastNames(known: number): Promise<readonly string[]> {
    if (known > 0) return [];
    return this.#last.slice(0, 5).map((leaf) => `${leaf.kind} ${leaf.subjectId}`);
  }

  async #batch(tx: ReadTx, from: number, count: number): Promise<void> {
    const { actor } = this.#settings;
    const found = (await leavesFrom(tx, actor.tenant, from, count)).filter((leaf) => leaf.index < from + count);
    const byIndex = new Map(found.map((leaf) => [leaf.index, leaf]));
    const hashes: Buffer[] = [];
    for (let index = from; index < from + count; index++) {
      const leaf = byIndex.get(index);
      const hash = leaf ? Buffer.from(leafHash(leafEntry({ ...leaf, tenant: actor.tenant }), sha256)) : Buffer.alloc(0);
      if (!leaf) this.#fault(index, 'entry_missing', []);
      else if (!hash.equals(leaf.hash)) this.#fault(index, 'entry_altered', [`${leaf.kind} ${leaf.subjectId}`]);
      await this.#compareLeaf(index, hash, leaf);
      hashes.push(hash);
    }
    const sources = await sourceFaults(tx, actor, found);
    this.#faults.push(...sources.faults);
    this.removedBatches += sources.removedBatches;
    const { tree, made } = append(this.#tree, hashes, sha256);
    const stored = await nodesAt(tx, actor.tenant, made);
    for (const node of made) {
      if (!stored.get(nodeKey(node))?.equals(node.hash)) this.#fault(node.index, 'node_altered', [nodeKey(node)]);
    }
    this.#tree = tree;
    this.#last = found;
  }

  async #compareLeaf(index: number, hash: Buffer, leaf: StoredLeaf | undefined): Promise<void> {
    const text = toBase64(hash);
    for (const { place, leaves } of this.#mirrors) {
      const kept = await leaves.next();
      if (kept.done || kept.value === text) continue;
      const names = leaf ? [`${leaf.kind} ${leaf.subjectId}`] : [];
      this.#faults.push({ place, index, reason: 'mirror_differs', names });
    }
  }

  #fault(index: number, reason: Fault['reason'], names: readonly string[]): void {
    if (this.#faults.length < ENOUGH) this.#faults.push({ place: null, index, reason, names });
  }
}

/** Entries of the record that are older than the last sealed one and in no batch were put there past the platform. */
async function auditFaults({ read, actor }: CheckSettings): Promise<readonly Fault[]> {
  return read(async (tx) => {
    const until = await lastSealed(tx, actor.tenant);
    if (until === null) return [];
    // The last hour may still hold entries that commit late.
    const settled = new Date(until.getTime() - 3_600_000);
    const [stored, sealed] = [await countEntries(tx, actor.tenant, until), await countSealed(tx, actor.tenant)];
    if (stored === sealed) return [];
    const strays = await strayEntries(tx, actor.tenant, settled);
    return strays.map((id) => ({ place: null, index: null, reason: 'audit_entry_added', names: [id] }));
  });
}
