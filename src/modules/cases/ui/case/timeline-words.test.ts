import { describe, expect, it } from 'vitest';
import { joinTexts, type Locale, LOCALES, say } from '../../../../platform/i18n/texts.ts';
import { JOINT_STEPS } from '../../rules/words.ts';
import { caseTexts } from '../../texts.ts';
import { caseUiTexts } from '../texts.ts';
import { type Entry, sentenceOf } from './timeline-words.ts';

const texts = joinTexts([caseTexts, caseUiTexts]);
const bureau = { id: 'b', name: '麻城市住房和城乡建设局', nameEn: 'Housing bureau', shortName: '市住建局' };

function sentence(locale: Locale, kind: string, payload: Record<string, unknown> = {}, more: Partial<Entry> = {}) {
  const entry: Entry = {
    seq: 1,
    kind,
    at: '2026-11-20T11:42:00Z',
    actor: { kind: 'officer', name: '王芳' },
    organisation: bureau,
    tone: 'step',
    payload,
    content: null,
    erasedBy: null,
    files: [],
    ...more,
  };
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => say(texts, locale, key, values);
  const organisation = () => (locale === 'en' ? bureau.nameEn : bureau.shortName);
  return sentenceOf({ t, locale, organisation, unit: 'working_days' }, entry);
}

const dispatch = { leadId: 'b', entryNumber: '17' };
const answer = { solved: 'partly', satisfaction: 'basically' };

/** Every kind of event with payloads that change its sentence. */
const EVENTS: [kind: string, payload?: Record<string, unknown>][] = [
  ['registered', { channel: 'portal' }],
  ['imported', { source: 'hotline' }],
  ['corrected'],
  ['rejected', { reason: 'legal_route' }],
  ['referred', { route: 'petition' }],
  ['route_recorded', { outcome: 'decided' }],
  ['merged', { masterNumber: '20261120-000298-5' }],
  ['duplicate_adopted'],
  ['rehomed'],
  ['duplicate_released'],
  ['dispatched', { dispatch, overridden: false }],
  ['dispatched', { dispatch, overridden: true }],
  ['dispatched', { dispatch: { ...dispatch, entryNumber: null }, overridden: false }],
  ['accepted'],
  ['objected'],
  ['taken_up'],
  ['ruled', { ruling: 'designate', dispatch }],
  ['ruled', { ruling: 'redirect', dispatch }],
  ['started'],
  ['extension_requested', { request: { amount: 3 } }],
  ['extension_decided', { granted: true, extension: { to: '2026-11-27T09:30:00Z' } }],
  ['extension_decided', { granted: false, extension: null }],
  ['shelved', { shelving: { ground: 'conditions_missing', reviewOn: '2026-12-01' } }],
  ['resumed'],
  ['reported_done'],
  ['settled'],
  ['verification_begun', { takenOver: false }],
  ['verification_begun', { takenOver: true }],
  ['verified', { passed: true, how: 'on_site' }],
  ['verified', { passed: false, how: 'by_call' }],
  ['called_back', { answer }],
  ['called_back', { answer: null }],
  ['returned', { because: 'verification' }],
  ['returned', { because: 'call_back' }],
  ['returned', { because: 'rating' }],
  ['returned', { because: 'officer' }],
  ['rework_started'],
  ['closed', { closure: 'requester' }],
  ['rated', answer],
  ['reopened', { ground: 'requester' }],
  ['reopened', { ground: 'officer' }],
  ['reopened', { ground: 'settlement_failed' }],
  ['reopened', { ground: 'call_back' }],
  ['withdrawn'],
  ['voided'],
  ['noted', { contact: null }],
  ['noted', { contact: 'phone' }],
  ['replied'],
  ['attached'],
  ['released'],
  ['unreleased'],
  ['ran_late', { lateness: { name: 'acceptance' } }],
  ...JOINT_STEPS.map((step): [string, Record<string, unknown>] => ['joint_step', { step, organisationId: null }]),
];

describe('an event as a sentence', () => {
  it.each(EVENTS)('has words for %s %o in both languages', (kind: string, payload: Record<string, unknown> = {}) => {
    for (const locale of LOCALES) {
      const said = sentence(locale, kind, payload);
      expect(said).not.toMatch(/cases\.|[{}]|undefined|…/);
    }
  });

  it('names office and person, in the language of the reader', () => {
    expect(sentence('zh-CN', 'accepted')).toBe('市住建局（王芳）签收');
    expect(sentence('en', 'accepted')).toBe('Housing bureau (王芳) accepted it');
  });

  it('says who registered it: the resident, or an officer for him', () => {
    const resident = { actor: { kind: 'anonymous' as const, name: null }, organisation: null };
    expect(sentence('zh-CN', 'registered', { channel: 'portal' }, resident)).toBe('居民反映（公众端）');
    expect(sentence('zh-CN', 'registered', { channel: 'phone' })).toBe('市住建局（王芳）登记（电话）');
  });

  it('tells of a kind it does not know yet without failing', () => {
    expect(sentence('zh-CN', 'joined_handling')).toContain('joined_handling');
  });
});
