import { sameBytes } from '../../../kit/bytes.ts';

/**
 * The Merkle tree of RFC 9162 over an append-only log. Only the hashes of perfect subtrees are kept: `level` 0 is a
 * leaf, a node of level n covers 2^n leaves from `index` · 2^n on. Such a node never changes once it is whole, so a
 * log grows at O(new leaves) and its root is read from at most log2(size) nodes.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export type NodeAt = { readonly level: number; readonly index: number };
export type Node = NodeAt & { readonly hash: Uint8Array };
/** Leaves from `from` up to but not including `to`. */
type Range = { readonly from: number; readonly to: number };

const EMPTY = new Uint8Array(0);

export function leafHash(entry: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(joined(0, entry, EMPTY));
}

function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(joined(1, left, right));
}

function joined(prefix: number, one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + one.length + other.length);
  bytes[0] = prefix;
  bytes.set(one, 1);
  bytes.set(other, 1 + one.length);
  return bytes;
}

/** The perfect subtrees that together are the tree of `size` leaves, left to right. */
export function frontier(size: number): readonly NodeAt[] {
  return cover({ from: 0, to: size });
}

function cover({ from, to }: Range): NodeAt[] {
  const nodes: NodeAt[] = [];
  let start = from;
  while (start < to) {
    let width = 1;
    let level = 0;
    while (start % (width * 2) === 0 && start + width * 2 <= to) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

/** The root over the hashes of a frontier; the empty tree has the hash of nothing. */
export function rootOf(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const last = hashes.at(-1);
  if (last === undefined) return sha256(EMPTY);
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, sha256), last);
}

/** A tree that is appended to: it keeps its frontier alone. */
export type Growing = { readonly size: number; readonly edge: readonly Node[] };

export const EMPTY_TREE: Growing = { size: 0, edge: [] };

/** Appends leaves; `made` are the perfect subtrees above them that became whole, lowest first within each leaf. */
export function append(
  tree: Growing,
  leaves: readonly Uint8Array[],
  sha256: Sha256,
): { readonly tree: Growing; readonly made: readonly Node[] } {
  const edge = [...tree.edge];
  const made: Node[] = [];
  let size = tree.size;
  for (const leaf of leaves) {
    let node: Node = { level: 0, index: size, hash: leaf };
    for (let left = edge.at(-1); left?.level === node.level; left = edge.at(-1)) {
      edge.pop();
      node = { level: node.level + 1, index: left.index / 2, hash: nodeHash(left.hash, node.hash, sha256) };
      made.push(node);
    }
    edge.push(node);
    size++;
  }
  return { tree: { size, edge }, made };
}

export function rootOfTree(tree: Growing, sha256: Sha256): Uint8Array {
  return rootOf(
    tree.edge.map((node) => node.hash),
    sha256,
  );
}

/** A proof as ranges of leaves, each of which stands for one hash: that of the tree over it. */
export type Outline = readonly Range[];

/** What proves that leaf `index` is in the tree of `size` leaves (RFC 9162, 2.1.3.1). */
export function inclusionOutline(index: number, size: number): Outline {
  const path = (range: Range): Range[] => {
    if (range.to - range.from <= 1) return [];
    const { left, right } = split(range);
    return index < left.to ? [...path(left), right] : [...path(right), left];
  };
  return path({ from: 0, to: size });
}

/** What proves that the tree of `size` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.1). */
export function consistencyOutline(old: number, size: number): Outline {
  const path = (range: Range, whole: boolean): Range[] => {
    if (range.to === old) return whole ? [] : [range];
    const { left, right } = split(range);
    return old <= left.to ? [...path(left, whole), right] : [...path(right, false), left];
  };
  return old === 0 || old === size ? [] : path({ from: 0, to: size }, true);
}

function split({ from, to }: Range): { left: Range; right: Range } {
  let width = 1;
  while (width * 2 < to - from) width *= 2;
  return { left: { from, to: from + width }, right: { from: from + width, to } };
}

/** The nodes an outline needs. */
export function nodesOf(outline: Outline): readonly NodeAt[] {
  return outline.flatMap(cover);
}

/** The hashes of a proof, from nodes looked up by `hashAt`. */
export function proofOf(outline: Outline, hashAt: (node: NodeAt) => Uint8Array, sha256: Sha256): readonly Uint8Array[] {
  return outline.map((range) => rootOf(cover(range).map(hashAt), sha256));
}

/** Whether `proof` leads from a leaf to the root (RFC 9162, 2.1.3.2). */
export function provesInclusion(
  claim: { readonly leaf: Uint8Array; readonly index: number; readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
  sha256: Sha256,
): boolean {
  const { index, size } = claim;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  const outline = inclusionOutline(index, size);
  if (outline.length !== proof.length) return false;
  const root = outline.reduce((hash, range, at) => {
    const other = proof[at] ?? EMPTY;
    return range.from > index ? nodeHash(hash, other, sha256) : nodeHash(other, hash, sha256);
  }, claim.leaf);
  return sameBytes(root, claim.root);
}

/** Whether the later tree begins with the earlier one (RFC 9162, 2.1.4.2). */
export function provesConsistency(
  earlier: { readonly size: number; readonly root: Uint8Array },
  later: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
  sha256: Sha256,
): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && sameBytes(earlier.root, later.root);
  if (earlier.size === 0) return proof.length === 0;
  const outline = consistencyOutline(earlier.size, later.size);
  if (outline.length !== proof.length) return false;
  // The earlier tree itself is left out of the proof where it is one perfect subtree.
  const first = outline[0];
  const begins = first !== undefined && first.to === earlier.size;
  let [old, whole] = begins ? [proof[0] ?? EMPTY, proof[0] ?? EMPTY] : [earlier.root, earlier.root];
  for (const [at, range] of outline.entries()) {
    if (begins && at === 0) continue;
    const hash = proof[at] ?? EMPTY;
    if (range.to <= earlier.size) {
      old = nodeHash(hash, old, sha256);
      whole = nodeHash(hash, whole, sha256);
    } else {
      whole = nodeHash(whole, hash, sha256);
    }
  }
  return sameBytes(old, earlier.root) && sameBytes(whole, later.root);
}
