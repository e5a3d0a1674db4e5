import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  append,
  consistencyOutline,
  EMPTY_TREE,
  frontier,
  inclusionOutline,
  leafHash,
  type NodeAt,
  proofOf,
  provesConsistency,
  provesInclusion,
  rootOf,
  rootOfTree,
} from './merkle.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The tree as RFC 9162 defines it, by recursion over all leaves. */
function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const [left, right] = [plainRoot(leaves.slice(0, half)), plainRoot(leaves.slice(half))];
  return sha256(Buffer.concat([Buffer.from([1]), left, right]));
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`), sha256));

function grown(leaves: readonly Uint8Array[]) {
  const { tree, made } = append(EMPTY_TREE, leaves, sha256);
  const known = new Map(made.map((node) => [`${node.level}/${node.index}`, node.hash]));
  const hashAt = ({ level, index }: NodeAt) =>
    (level === 0 ? leaves[index] : known.get(`${level}/${index}`)) ?? new Uint8Array();
  return { tree, hashAt };
}

describe('the tree', () => {
  // Roots from the reference tests of Certificate Transparency (RFC 6962), whose tree RFC 9162 keeps.
  test('has the roots of the published test vectors', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const leaves = inputs.map((input) => leafHash(Buffer.from(input, 'hex'), sha256));
    for (const [at, root] of roots.entries()) {
      expect(hex(rootOfTree(append(EMPTY_TREE, leaves.slice(0, at + 1), sha256).tree, sha256))).toBe(root);
    }
  });

  test('grown in any steps is the tree over all leaves, from stored nodes alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 0, max: 130 }), (one, more) => {
        const leaves = leavesOf(one + more);
        const first = append(EMPTY_TREE, leaves.slice(0, one), sha256);
        const then = append(first.tree, leaves.slice(one), sha256);
        expect(hex(rootOfTree(then.tree, sha256))).toBe(hex(plainRoot(leaves)));
        const { hashAt } = grown(leaves);
        expect(hex(rootOf(frontier(leaves.length).map(hashAt), sha256))).toBe(hex(plainRoot(leaves)));
      }),
    );
  });
});

describe('a proof', () => {
  test('of inclusion holds for its leaf and for no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(), (size, pick) => {
        const leaves = leavesOf(size);
        const index = pick % size;
        const { hashAt } = grown(leaves);
        const proof = proofOf(inclusionOutline(index, size), hashAt, sha256);
        const root = plainRoot(leaves);
        const claim = { leaf: leaves[index] as Uint8Array, index, size, root };
        expect(provesInclusion(claim, proof, sha256)).toBe(true);
        expect(provesInclusion({ ...claim, leaf: leafHash(Buffer.from('other'), sha256) }, proof, sha256)).toBe(false);
        if (size > 1) expect(provesInclusion({ ...claim, index: (index + 1) % size }, proof, sha256)).toBe(false);
        expect(provesInclusion(claim, [...proof, root], sha256)).toBe(false);
      }),
    );
  });

  test('of consistency holds between two states of one log and not after a change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 90 }), fc.nat(), (size, more, pick) => {
        const leaves = leavesOf(size + more);
        const proof = proofOf(consistencyOutline(size, size + more), grown(leaves).hashAt, sha256);
        const [old, now] = [plainRoot(leaves.slice(0, size)), plainRoot(leaves)];
        const [earlier, later] = [
          { size, root: old },
          { size: size + more, root: now },
        ];
        expect(provesConsistency(earlier, later, proof, sha256)).toBe(true);
        const forged = leaves.with(pick % size, leafHash(Buffer.from('forged'), sha256));
        const forgedProof = proofOf(consistencyOutline(size, size + more), grown(forged).hashAt, sha256);
        const forgedNow = { size: size + more, root: plainRoot(forged) };
        expect(provesConsistency(earlier, forgedNow, forgedProof, sha256)).toBe(false);
      }),
    );
  });
});
