import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commitContent, type StoredEvent, verifyChain } from './chain.ts';
import { chained } from './testing/chained.ts';
import { Story } from './testing/story.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const { stored, end } = chained('case-1', Story.closed().events, sha256);
const check = (events: readonly StoredEvent[], at = end) => verifyChain(events, at, sha256);

/** The chain with event `seq` changed. */
function altered(seq: number, changes: Partial<StoredEvent>): StoredEvent[] {
  return stored.map((event) => (event.seq === seq ? { ...event, ...changes } : event));
}

describe('the chain of a case', () => {
  it('verifies as it was written, from what the database gives back', () => {
    expect(check(stored)).toEqual({ ok: true, erased: [] });
    const shuffled = stored.map((event) => ({
      ...event,
      payload: Object.fromEntries(Object.entries(event.payload as object).reverse()),
    }));
    expect(check(shuffled)).toEqual({ ok: true, erased: [] });
  });

  const changes: readonly (readonly [string, Partial<StoredEvent>, string])[] = [
    ['kind', { kind: 'noted' }, 'event_altered'],
    ['time', { at: '2024-03-04T01:00:00.001Z' }, 'event_altered'],
    ['author', { actorId: 'somebody' }, 'event_altered'],
    ['kind of author', { actorKind: 'system' }, 'event_altered'],
    ['party', { party: 'auditor' }, 'event_altered'],
    ['organisation', { organisationId: 'org-elsewhere' }, 'event_altered'],
    ['structure', { payload: {} }, 'event_altered'],
    ['tenant', { tenant: 330100 }, 'event_altered'],
    ['case', { caseId: 'case-2' }, 'event_altered'],
    ['files', { fileIds: ['other'] }, 'event_altered'],
    ['file hashes', { fileHashes: ['00'] }, 'event_altered'],
    ['commitment', { contentCommitment: new Uint8Array(32) }, 'event_altered'],
    ['hash', { hash: new Uint8Array(32) }, 'event_altered'],
    ['link', { previous: new Uint8Array([1]) }, 'previous_differs'],
    ['number', { seq: 99 }, 'gap'],
  ];
  it.each(changes)('shows a changed %s in every event', (_name, change, reason) => {
    for (const { seq } of stored) expect(check(altered(seq, change))).toMatchObject({ ok: false, seq, reason });
  });

  it('shows changed, missing and added words', () => {
    const content = { title: '路灯亮着', description: '没事', place: '三号路口' };
    expect(check(altered(1, { content }))).toMatchObject({ ok: false, seq: 1, reason: 'content_altered' });
    expect(check(altered(1, { salt: new Uint8Array(16) }))).toMatchObject({ reason: 'content_altered' });
    expect(check(altered(1, { content: null, salt: null }))).toMatchObject({ reason: 'content_missing' });
    const silent = stored.find((event) => event.contentCommitment === null)?.seq ?? 0;
    expect(check(altered(silent, { content: { text: '多出来的' } }))).toMatchObject({ reason: 'content_added' });
  });

  it('says by which order words were erased, and still verifies', () => {
    const erased = altered(1, { content: null, salt: null, erasedBy: '2024-17' });
    expect(check(erased)).toEqual({ ok: true, erased: [{ seq: 1, order: '2024-17' }] });
  });

  it('shows an event left out, exchanged, or cut off at the end', () => {
    expect(check(stored.filter((event) => event.seq !== 3))).toMatchObject({ ok: false, seq: 3, reason: 'gap' });
    expect(check(stored.slice(0, -1))).toMatchObject({ ok: false, seq: stored.length, reason: 'end_missing' });
    expect(check(stored, { length: end.length, head: new Uint8Array(32) })).toMatchObject({ reason: 'end_missing' });
    const [first, second, ...rest] = stored;
    if (first && second) expect(check([second, first, ...rest])).toMatchObject({ ok: false, seq: 1 });
  });

  it('commits to words so that nobody can test a guess without the salt', () => {
    const words = { text: '是' };
    const one = commitContent(new Uint8Array(16), words, sha256);
    expect(commitContent(new Uint8Array(16).fill(1), words, sha256)).not.toEqual(one);
    expect(commitContent(new Uint8Array(16), { text: '是' }, sha256)).toEqual(one);
  });
});
