import { toHex, utf8 } from '../../../kit/bytes.ts';

/**
 * What the log holds an entry of: a case's chain as it stood, or a batch of the record of who did what. Only ids,
 * counts and hashes; nothing of what was said can be learned from it.
 */
export const LEAF_KINDS = ['case', 'audit'] as const;
export type LeafKind = (typeof LEAF_KINDS)[number];

export type Leaf = {
  readonly tenant: number;
  readonly kind: LeafKind;
  /** The case, or the batch. */
  readonly subjectId: string;
  /** The length of the chain, or of the batch. */
  readonly version: number;
  /** The hash of the chain's last event, or over the batch. */
  readonly head: Uint8Array;
};

/** The bytes a leaf's hash is taken of; one line a field, so that a short script can make them, too. */
export function leafEntry({ tenant, kind, subjectId, version, head }: Leaf): Uint8Array {
  return utf8(`gongzhi-leaf/1\n${tenant}\n${kind}\n${subjectId}\n${version}\n${toHex(head)}\n`);
}
