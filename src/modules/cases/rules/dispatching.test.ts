import { describe, expect, it } from 'vitest';
import { responsibleOrganisation } from './responsible.ts';
import { org } from './testing/cast.ts';
import { elsewhere, objection, reopening, ruling, type Step, Story, toWater } from './testing/story.ts';

const give = (leadId: string, assistIds: readonly string[] = [], reason: string | null = null): Step => ({
  action: 'dispatch',
  leadId,
  assistIds,
  reason,
  instruction: null,
});

describe('dispatched', () => {
  it('makes the lead responsible, with clocks to accept, to object and to speak with the requester', () => {
    const { case: state } = Story.dispatched();
    expect(responsibleOrganisation(state)).toBe(org('water'));
    expect(state.firstReceiverId).toBe(org('water'));
    expect(state.dispatch).toMatchObject({ assistIds: [org('power')], designated: false, entryNumber: '12' });
    expect(state.dispatch?.objectionUntil).toBe('2024-03-05T09:30:00.000Z');
    expect(state.clocks.stage).toMatchObject({ name: 'acceptance', dueAt: '2024-03-04T07:30:00.000Z' });
    expect(state.clocks.contact?.dueAt).toBe('2024-03-05T01:00:00.000Z');
  });

  it.each([
    ['an unknown organisation', give('org-elsewhere'), 'cases.organisation_unknown'],
    ['one that is closed', give(org('gone')), 'cases.organisation_closed'],
    ['an unknown assisting one', give(org('water'), ['org-elsewhere']), 'cases.organisation_unknown'],
    ['a lead that assists itself', give(org('water'), [org('water')]), 'cases.lead_is_assist'],
    ['an assistant twice', give(org('water'), [org('power'), org('power')]), 'cases.lead_is_assist'],
    ['a village without an entry', give(org('village')), 'cases.not_on_list'],
    ['a village to assist without an entry', give(org('water'), [org('village')]), 'cases.not_on_list'],
  ])('is refused to %s', (_name, step, code) => {
    expect(Story.registered().refuses('dong', step)).toBe(code);
  });

  it('reaches a village by a listed entry, which is kept', () => {
    const story = Story.registered({}, { listed: [org('village')] }).does('dong', give(org('village')));
    expect(story.case.dispatch).toMatchObject({ leadId: org('village'), entryId: 'entry-org-village' });
    expect(story.refuses('cun', { action: 'accept' })).toBeNull();
  });

  it('follows the suggestion, or says why not', () => {
    const story = Story.registered({}, { suggestion: org('roads') });
    expect(story.refuses('dong', toWater)).toBe('cases.override_reason_missing');
    expect(story.refuses('dong', give(org('water'), [], '  '))).toBe('cases.override_reason_missing');
    story.does('dong', give(org('water'), [], '水务局正在施工'));
    expect(story.last.payload).toMatchObject({ overridden: true });
    expect(Story.registered({}, { suggestion: org('water') }).does('dong', toWater).last.payload).toMatchObject({
      overridden: false,
    });
  });

  it('starts no contact clock when nobody can be reached', () => {
    expect(Story.dispatched({ contactable: false }).case.clocks.contact).toBeNull();
  });
});

describe('an objection', () => {
  it('needs its legal basis', () => {
    const story = Story.dispatched();
    expect(story.refuses('shui', { ...objection, legalBasis: '' } as Step)).toBe('cases.text_missing');
    story.does('shui', objection);
    expect(story.case).toMatchObject({ state: 'objected', clocks: { stage: { name: 'adjudication' } } });
    expect(responsibleOrganisation(story.case)).toBe(org('centre'));
  });

  it('is heard within one working day', () => {
    expect(Story.dispatched().until('2024-03-05 17:30').refuses('shui', objection)).toBeNull();
    expect(Story.dispatched().until('2024-03-05 17:31').refuses('shui', objection)).toBe('cases.objection_too_late');
  });

  it('is ruled on by a dispatcher who is not of the organisation that objects', () => {
    const story = Story.dispatched().does('shui', objection);
    expect(story.refuses('mix', { action: 'take_up' })).toBe('cases.adjudicator_not_independent');
    story.does('dong', { action: 'take_up' });
    expect(story.refuses('mix', ruling('redirect', org('power')))).toBe('cases.adjudicator_not_independent');
    const away: Step = { action: 'reject', reason: 'beyond_public_duty', answer: '不管', ...elsewhere };
    expect(story.refuses('mix', away)).toBe('cases.adjudicator_not_independent');
    expect(story.refuses('dong', ruling('redirect', org('power')))).toBeNull();
  });

  it('may end in a designation, which may be neither objected to nor given back', () => {
    const story = Story.dispatched().does('shui', objection).does('dong', { action: 'take_up' });
    story.does('dong', ruling('designate', org('water')));
    expect(story.case).toMatchObject({ state: 'dispatched', dispatch: { designated: true, objectionUntil: null } });
    expect(story.refuses('shui', objection)).toBe('cases.designated_no_objection');
    expect(story.refuses('shui', { action: 'accept' })).toBeNull();
  });

  it('may end with another organisation, which may object once itself', () => {
    const story = Story.dispatched().pass(3).does('shui', objection).does('dong', { action: 'take_up' });
    story.does('dong', ruling('redirect', org('power')));
    expect(story.case).toMatchObject({ state: 'dispatched', dispatch: { leadId: org('power'), designated: false } });
    expect(story.case.firstReceiverId).toBe(org('water'));
    expect(story.case.clocks.contact?.startedAt).toBe('2024-03-04T01:00:00.000Z');
    story.does('dian', objection).does('dong', { action: 'take_up' });
    expect(story.refuses('dong', ruling('redirect', org('power')))).toBe('cases.redirect_to_same');
    expect(story.refuses('dong', ruling('redirect', org('water')))).toBe('cases.already_objected');
    expect(story.refuses('dong', ruling('redirect', org('village')))).toBe('cases.not_on_list');
    story.does('dong', ruling('designate', org('water')));
    expect(story.case.rulings.map((made) => made.kind)).toEqual(['redirect', 'designate']);
  });

  it('is used up for good', () => {
    const story = Story.dispatched().does('shui', objection).does('dong', { action: 'take_up' });
    story.does('dong', { action: 'correct', ...blank, urgency: 'urgent' });
    story
      .does('dong', ruling('designate', org('roads')))
      .does('lu', { action: 'accept' })
      .does('lu', { action: 'start' });
    story
      .does('lu', { action: 'report_done', result: '好了', files: [] })
      .does('yan', { action: 'begin_verification' });
    story.does('yan', byCall).does('li', reopening).does('dong', toWater);
    expect(story.refuses('shui', objection)).toBe('cases.objection_used');
  });
});

const blank = { areaCode: null, point: null, commandCentreId: null, classCode: null, reason: '更正' } as const;
const byCall: Step = {
  action: 'record_verification',
  passed: true,
  how: 'by_call',
  point: null,
  answer: { solved: 'solved', satisfaction: 'satisfied' },
  finding: '说好了',
  files: [],
};

describe('two people at once', () => {
  it('the second is told who did what', () => {
    const story = Story.registered();
    const seen = story.case.version;
    story.does('dong', toWater);
    const refusal = story.tries('xian', give(org('power')), seen);
    expect(refusal).toMatchObject({
      code: 'cases.stale_version',
      details: { expected: 1, version: 2, event: 'noted', actor: 'dong' },
    });
    expect(story.case.dispatch?.leadId).toBe(org('water'));
  });
});
