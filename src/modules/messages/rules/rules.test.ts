import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import { LOCALES } from '../../../platform/i18n/texts.ts';
import { isStale, leading, sendAt } from './bundling.ts';
import { type EventFacts, NOTICES, noticesOf } from './notices.ts';
import { shipped } from './shipped.ts';
import { checkWording } from './wording.ts';

const facts: EventFacts = { kind: 'case.registered', state: 'registered', leadId: null, byRequester: false };
const told = (over: Partial<EventFacts>) =>
  noticesOf({ ...facts, ...over }).map(({ to, notice }) => `${to}: ${notice}`);

describe('who is told', () => {
  test.each([
    ['case.registered', {}, ['requester: received']],
    ['case.dispatched', { leadId: 'o1' }, ['lead: assigned', 'assist: asked_to_assist']],
    ['case.ruled', { leadId: 'o1' }, ['lead: designated', 'assist: asked_to_assist']],
    ['case.objected', { leadId: 'o1' }, ['centre: objection']],
    ['case.returned', { leadId: 'o1' }, ['lead: returned']],
    ['case.closed', { leadId: 'o1' }, ['requester: closed', 'duplicates: joined_closed']],
    ['case.reopened', { leadId: 'o1' }, ['lead: reopened']],
    ['case.reopened', { leadId: null }, ['centre: reopened']],
    ['case.started', { leadId: 'o1' }, []],
    ['case.imported', {}, []],
  ])('of %s %o: %j', (kind, over, expected) => {
    expect(told({ kind, ...over })).toEqual(expected);
  });

  test('is not the requester of what he did himself', () => {
    expect(told({ kind: 'case.closed', byRequester: true })).toEqual(['duplicates: joined_closed']);
    expect(told({ kind: 'case.attached', byRequester: false, leadId: 'o1' })).toEqual([]);
    expect(told({ kind: 'case.attached', byRequester: true, leadId: 'o1' })).toEqual(['lead: supplemented']);
  });

  test.each([
    ['registered', null, ['centre: late']],
    ['adjudicating', 'o1', ['centre: late']],
    ['in_progress', 'o1', ['lead: late', 'supervisors: late']],
    ['verifying', 'o1', ['verifiers: late', 'centre: late']],
  ])('when a deadline passes in %s', (state, leadId, expected) => {
    expect(told({ kind: 'case.ran_late', state, leadId })).toEqual(expected);
  });
});

describe('bundling', () => {
  const now = new Date('2026-11-02T08:00:00Z');
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  test('sends the first at once, and what follows at the end of ten minutes', () => {
    expect(sendAt(null, now)).toEqual(now);
    expect(sendAt(ago(3), now)).toEqual(new Date(now.getTime() + 7 * 60_000));
    expect(sendAt(ago(30), now)).toEqual(now);
  });

  test('is worded by what asks most of the reader, else by the newest', () => {
    expect(leading('closed', 'replied')).toBe('closed');
    expect(leading('replied', 'closed')).toBe('closed');
    expect(leading('assigned', 'returned')).toBe('assigned');
    expect(leading('rated', 'withdrawn')).toBe('withdrawn');
  });

  test('leaves out what was days ago', () => {
    expect(isStale(ago(47 * 60), now)).toBe(false);
    expect(isStale(ago(49 * 60), now)).toBe(true);
  });
});

describe('wording', () => {
  test.each(NOTICES.flatMap((notice) => LOCALES.map((locale) => [notice, locale] as const)))(
    'as shipped for %s in %s may be sent',
    (notice, locale) => {
      expect(isRefusal(checkWording(notice, shipped(notice, locale)))).toBe(false);
    },
  );

  test('to a requester names number and address, never the matter', () => {
    const refusal = checkWording('closed', { subject: 'a', body: '{number}：{what}' });
    expect(refusal).toMatchObject({ code: 'messages.placeholder_unknown', details: { name: 'what' } });
  });

  test('needs the number and has an end', () => {
    expect(checkWording('closed', { subject: 'a', body: 'done' })).toMatchObject({ code: 'messages.number_missing' });
    const long = { subject: 'a', body: `{number}${'长'.repeat(300)}` };
    expect(checkWording('closed', long)).toMatchObject({ code: 'messages.too_long_to_send' });
    expect(isRefusal(checkWording('late', long))).toBe(false);
  });

  test('never throws, whatever an administrator writes', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (subject, body) => void checkWording('late', { subject, body })));
  });
});
