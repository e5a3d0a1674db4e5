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

/** An event as stored, with its free text beside it. Erased text: neither text nor salt, and the order for it. */
export type StoredEvent = {
  readonly tenant: number;
  readonly caseId: string;
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorKind: string;
  readonly party: string | null;
  readonly organisationId: string | null;
  readonly payload: unknown;
  readonly contentCommitment: Uint8Array | null;
  readonly content: Content | null;
  readonly salt: Uint8Array | null;
  readonly erasedBy: string | null;
  readonly fileIds: readonly string[];
  readonly fileHashes: readonly string[];
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
};

/** The end of a chain as the case's own row says it. */
export type ChainEnd = { readonly length: number; readonly head: Uint8Array };

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
/** Text that is gone by order: not a fault, but told. */
export type Erasure = { readonly seq: number; readonly order: string };
export type ChainCheck =
  | { readonly ok: true; readonly erased: readonly Erasure[] }
  | { readonly ok: false; readonly seq: number; readonly reason: ChainFault; readonly erased: readonly Erasure[] };

/** Recomputes a chain from its events in order, and compares where it ends, so that one cut short is found as well. */
export function verifyChain(events: readonly StoredEvent[], end: ChainEnd, sha256: Sha256): ChainCheck {
  let head = GENESIS;
  const erased: Erasure[] = [];
  for (const [index, event] of events.entries()) {
    const seq = index + 1;
    const reason = eventFault(event, seq, head, sha256) ?? contentFault(event, sha256);
    if (reason) return { ok: false, seq, reason, erased };
    if (event.erasedBy !== null) erased.push({ seq, order: event.erasedBy });
    head = event.hash;
  }
  if (end.length !== events.length || !sameBytes(end.head, head)) {
    return { ok: false, seq: events.length + 1, reason: 'end_missing', erased };
  }
  return { ok: true, erased };
}

function eventFault(stored: StoredEvent, seq: number, head: Uint8Array, sha256: Sha256): ChainFault | null {
  if (stored.seq !== seq) return 'gap';
  if (!sameBytes(stored.previous, head)) return 'previous_differs';
  const chained: ChainedEvent = { ...stored, event: { ...stored, files: stored.fileIds } };
  return sameBytes(chainEvent(head, chained, sha256), stored.hash) ? null : 'event_altered';
}

function contentFault(stored: StoredEvent, sha256: Sha256): ChainFault | null {
  const { contentCommitment: commitment, content, salt, erasedBy } = stored;
  if (commitment === null) return content === null ? null : 'content_added';
  if (content === null || salt === null) return erasedBy === null ? 'content_missing' : null;
  return sameBytes(commitContent(salt, content, sha256), commitment) ? null : 'content_altered';
}

function canonical(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('nothing to hash');
  return utf8(text);
}
