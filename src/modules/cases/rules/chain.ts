import canonicalize from 'canonicalize';
import { sameBytes, toHex, utf8 } from '../../../kit/bytes.ts';
import type { Content, EventStamp } from './events.ts';

/**
 * The hash chain of a case. Each event's hash covers its structure, the commitment to its free text, the hashes of its
 * files and the hash before it. The text itself is committed to under a salt: removing text and salt leaves the chain
 * whole, and without the salt nobody can test a guess against the commitment.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** What an event's hash covers. */
export type ChainedEvent = {
  readonly tenant: number;
  readonly caseId: string;
  readonly actorKind: string;
  readonly event: Omit<EventStamp, 'party'> & {
    readonly party: string | null;
    readonly kind: string;
    readonly payload: unknown;
    readonly files: readonly string[];
  };
  readonly contentCommitment: Uint8Array | null;
  readonly fileHashes: readonly string[];
};

/** An event as stored. */
export type ChainRecord = ChainedEvent & { readonly previousHash: Uint8Array; readonly hash: Uint8Array };

/** Free text as stored beside its event; erased: neither text nor salt, and the order that had it removed. */
export type StoredContent = {
  readonly salt: Uint8Array | null;
  readonly content: Content | null;
  readonly erasedBy: string | null;
};

/** What the first event follows. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** Commitment to free text: equal text under another salt looks nothing alike. */
export function commitContent(salt: Uint8Array, content: Content, sha256: Sha256): Uint8Array {
  return sha256(canonical({ salt: toHex(salt), content }));
}

/** The hash of an event that follows `previous`. RFC 8785 makes one byte sequence of equal structures. */
export function chainEvent(previous: Uint8Array, chained: ChainedEvent, sha256: Sha256): Uint8Array {
  const { tenant, caseId, actorKind, event, contentCommitment, fileHashes } = chained;
  return sha256(
    canonical({
      tenant,
      caseId,
      seq: event.seq,
      kind: event.kind,
      at: event.at,
      actor: event.actorId,
      actorKind,
      party: event.party,
      organisation: event.organisationId,
      payload: event.payload,
      content: contentCommitment && toHex(contentCommitment),
      files: event.files,
      fileHashes,
      previous: toHex(previous),
    }),
  );
}

export type ChainFault =
  | 'gap'
  | 'previous_differs'
  | 'event_altered'
  | 'content_missing'
  | 'content_altered'
  | 'content_added'
  | 'end_missing';
export type ChainCheck =
  | { readonly ok: true; readonly length: number; readonly head: Uint8Array; readonly erased: readonly Erasure[] }
  | { readonly ok: false; readonly seq: number; readonly reason: ChainFault };
/** Text that is gone by order: not a fault, but told. */
export type Erasure = { readonly seq: number; readonly order: string };

/**
 * Recomputes a chain. `records` in order of `seq`, `contents` by `seq`. `end` is what the case's own row says of its
 * chain; with it a chain cut off at the end is found as well.
 */
export function verifyChain(
  records: readonly ChainRecord[],
  contents: ReadonlyMap<number, StoredContent>,
  sha256: Sha256,
  end?: { readonly length: number; readonly head: Uint8Array },
): ChainCheck {
  let head = GENESIS;
  const erased: Erasure[] = [];
  for (const [index, record] of records.entries()) {
    const seq = index + 1;
    const fault = eventFault(record, seq, head, sha256) ?? contentFault(record, contents.get(seq), sha256);
    if (fault) return { ok: false, seq, reason: fault };
    const order = contents.get(seq)?.erasedBy;
    if (order) erased.push({ seq, order });
    head = record.hash;
  }
  if (end && (end.length !== records.length || !sameBytes(end.head, head))) {
    return { ok: false, seq: records.length + 1, reason: 'end_missing' };
  }
  return { ok: true, length: records.length, head, erased };
}

function eventFault(record: ChainRecord, seq: number, head: Uint8Array, sha256: Sha256): ChainFault | null {
  if (record.event.seq !== seq) return 'gap';
  if (!sameBytes(record.previousHash, head)) return 'previous_differs';
  return sameBytes(chainEvent(head, record, sha256), record.hash) ? null : 'event_altered';
}

function contentFault(record: ChainRecord, stored: StoredContent | undefined, sha256: Sha256): ChainFault | null {
  if (record.contentCommitment === null) return stored === undefined ? null : 'content_added';
  if (stored === undefined) return 'content_missing';
  if (stored.content === null || stored.salt === null) return stored.erasedBy === null ? 'content_missing' : null;
  const commitment = commitContent(stored.salt, stored.content, sha256);
  return sameBytes(commitment, record.contentCommitment) ? null : 'content_altered';
}

function canonical(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('nothing to hash');
  return utf8(text);
}
