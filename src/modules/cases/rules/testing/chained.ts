import { toHex, utf8 } from '../../../../kit/bytes.ts';
import { type ChainEnd, chainEvent, commitContent, GENESIS, type Sha256, type StoredEvent } from '../chain.ts';
import type { RecordedEvent } from './story.ts';

/** Chains recorded events as the store does; salts follow from the sequence number, so that tests repeat. */
export function chained(
  caseId: string,
  events: readonly RecordedEvent[],
  sha256: Sha256,
): { stored: StoredEvent[]; end: ChainEnd } {
  let head = GENESIS;
  const stored = events.map((event): StoredEvent => {
    const salt = event.content && sha256(utf8(`${caseId}/${event.seq}`)).subarray(0, 16);
    const contentCommitment = event.content && salt ? commitContent(salt, event.content, sha256) : null;
    const fileHashes = event.files.map((id) => toHex(sha256(utf8(id))));
    const previous = head;
    head = chainEvent(
      previous,
      { tenant: 421181, caseId, actorKind: 'officer', event, contentCommitment, fileHashes },
      sha256,
    );
    return {
      tenant: 421181,
      caseId,
      seq: event.seq,
      kind: event.kind,
      at: event.at,
      actorId: event.actorId,
      actorKind: 'officer',
      party: event.party,
      organisationId: event.organisationId,
      payload: JSON.parse(JSON.stringify(event.payload)) as unknown,
      contentCommitment,
      content: event.content,
      salt,
      erasedBy: null,
      fileIds: event.files,
      fileHashes,
      previous,
      hash: head,
    };
  });
  return { stored, end: { length: stored.length, head } };
}
