import { describe, expect, it } from 'vitest';
import { legalParty } from './actions.ts';
import { responsibleOrganisation } from './responsible.ts';
import { org } from './testing/cast.ts';
import { called, done, onSite, rating, reopening, shelving, type Step, Story } from './testing/story.ts';

const ask = (amount: number): Step => ({ action: 'request_extension', amount, reason: '等配件' });
const decide = (granted: boolean, amount: number | null = null): Step => ({
  action: 'decide_extension',
  granted,
  amount,
  reason: '按实际情况',
});
const resume: Step = { action: 'resume', reason: '道路改造完成' };

describe('handling', () => {
  it('runs on the limit of the whole', () => {
    const { case: state } = Story.inProgress();
    expect(state.clocks.stage).toMatchObject({ name: 'handling', dueAt: state.clocks.total.dueAt });
    expect(state.handlerIds).toEqual(['shui']);
    expect(state.handlingOrganisationIds).toEqual([org('water'), org('power')]);
  });

  it('is reported done with words, and with photos where the class asks', () => {
    const story = Story.inProgress({}, { className: 'pothole' });
    expect(story.refuses('shui', { action: 'report_done', result: '', files: ['p'] })).toBe('cases.text_missing');
    expect(story.refuses('shui', { action: 'report_done', result: '补好了', files: [] })).toBe('cases.photos_missing');
    story.does('shui', done);
    expect(story.case).toMatchObject({ state: 'reported_done', clocks: { stage: { name: 'verification' } } });
    expect(responsibleOrganisation(story.case)).toBe(org('centre'));
  });
});

describe('more time', () => {
  it('is asked for before the limit and granted by somebody else', () => {
    const story = Story.inProgress().does('shui', ask(3));
    expect(story.refuses('mix', decide(true))).toBe('cases.extension_decider_not_independent');
    story.does('dong', decide(true));
    // Due Monday 11 March at close of office; three working days more.
    expect(story.case.clocks.total).toMatchObject({
      dueAt: '2024-03-14T09:30:00.000Z',
      extensions: [{ amount: 3, from: '2024-03-11T09:30:00.000Z', to: '2024-03-14T09:30:00.000Z' }],
    });
    expect(story.case.clocks.stage?.dueAt).toBe('2024-03-14T09:30:00.000Z');
    expect(story.case).toMatchObject({ state: 'in_progress', extensionRequest: null });
  });

  it('is not granted by the one who asked, wherever he works now', () => {
    const story = Story.inProgress().does('shui', ask(3));
    const context = story.context('du');
    expect(legalParty('decide_extension', story.case, context)).toBe('supervisor');
    const moved = { ...context, acting: { ...context.acting, id: 'shui' } };
    expect(legalParty('decide_extension', story.case, moved)).toMatchObject({
      code: 'cases.extension_decider_not_independent',
    });
  });

  it('may be granted shorter, never longer', () => {
    const story = Story.inProgress().does('shui', ask(3));
    expect(story.refuses('du', decide(true, 4))).toBe('cases.extension_amount_wrong');
    expect(story.does('du', decide(true, 1)).case.clocks.total.dueAt).toBe('2024-03-12T09:30:00.000Z');
  });

  it('may be refused: the limit stays', () => {
    const story = Story.inProgress().does('shui', ask(3)).does('dong', decide(false));
    expect(story.case).toMatchObject({
      state: 'in_progress',
      clocks: { total: { dueAt: '2024-03-11T09:30:00.000Z' } },
    });
  });

  it('is too late once the limit has passed', () => {
    expect(Story.inProgress().until('2024-03-11 17:29').refuses('shui', ask(1))).toBeNull();
    expect(Story.inProgress().until('2024-03-11 17:30').refuses('shui', ask(1))).toBe('cases.extension_too_late');
  });

  it('has an end', () => {
    const story = Story.inProgress();
    expect(story.refuses('shui', ask(31))).toBe('cases.extension_amount_wrong');
    expect(story.refuses('shui', ask(0))).toBe('cases.extension_amount_wrong');
    for (const _ of [1, 2]) story.does('shui', ask(1)).does('dong', decide(true));
    expect(story.refuses('shui', ask(1))).toBe('cases.extensions_used_up');
  });

  it('is forgotten when the work is done meanwhile', () => {
    const story = Story.inProgress().does('shui', ask(1)).does('shui', done);
    expect(story.case).toMatchObject({ state: 'reported_done', extensionRequest: null });
  });
});

describe('shelved', () => {
  it('has an owner, a review and an end, and its time stands still', () => {
    const story = Story.inProgress().does('du', shelving);
    expect(responsibleOrganisation(story.case)).toBe(org('roads'));
    expect(story.case.clocks.stage).toMatchObject({ name: 'review', dueAt: '2024-03-18T16:00:00.000Z' });
    expect(story.case.clocks.total.pauses).toEqual([
      { from: '2024-03-04T01:00:00.000Z', to: null, reason: 'conditions_missing' },
    ]);
  });

  it.each([
    ['without an owner', { ownerOrganisationId: null }, 'cases.shelving_owner_missing'],
    ['with an unknown owner', { ownerOrganisationId: 'org-x' }, 'cases.organisation_unknown'],
    ['with an owner that is closed', { ownerOrganisationId: org('gone') }, 'cases.organisation_closed'],
    ['without a review date', { reviewOn: null }, 'cases.shelving_dates_missing'],
    ['without an end', { endOn: null }, 'cases.shelving_dates_missing'],
    ['with a review today', { reviewOn: '2024-03-04' }, 'cases.shelving_dates_wrong'],
    ['with an end before the review', { endOn: '2024-03-17' }, 'cases.shelving_dates_wrong'],
    ['with no day at all', { reviewOn: '2024-02-30' }, 'cases.shelving_dates_wrong'],
    ['for longer than a year', { endOn: '2025-03-05' }, 'cases.shelving_too_long'],
    ['without a reason', { reason: ' ' }, 'cases.text_missing'],
  ])('is refused %s', (_name, changes, code) => {
    expect(Story.inProgress().refuses('dong', { ...shelving, ...changes } as Step)).toBe(code);
  });

  it('is not for those who handle it to decide', () => {
    expect(Story.inProgress().refuses('shui', shelving)).toBe('cases.not_your_part');
  });

  it('goes on with the time it had left, the pause itemised', () => {
    const story = Story.inProgress().does('dong', shelving).until('2024-03-07 10:00').does('shui', resume);
    // Three working days passed: 5, 6 and 7 March. Due moves from 11 to 14 March.
    expect(story.case).toMatchObject({ state: 'in_progress', shelving: null });
    expect(story.case.clocks.total.dueAt).toBe('2024-03-14T09:30:00.000Z');
    expect(story.case.clocks.total.pauses[0]?.to).toBe('2024-03-07T02:00:00.000Z');
  });

  it('may be looked at and shelved on, in one pause', () => {
    const story = Story.inProgress().does('dong', shelving).until('2024-03-18 10:00');
    story.does('dong', { ...shelving, reviewOn: '2024-04-18' } as Step);
    expect(story.case.shelving).toMatchObject({ since: '2024-03-04T01:00:00.000Z', reviewOn: '2024-04-18' });
    expect(story.case.clocks.total.pauses).toHaveLength(1);
    story.does('dong', { ...shelving, ground: 'waiting_for_requester', reviewOn: '2024-04-18' } as Step);
    expect(story.case.clocks.total.pauses.map((pause) => pause.reason)).toEqual([
      'conditions_missing',
      'waiting_for_requester',
    ]);
  });

  it('gives nothing back to a case that was late already', () => {
    const story = Story.inProgress()
      .until('2024-03-12 09:00')
      .does('dong', { ...shelving, reviewOn: '2024-03-20' } as Step);
    story.until('2024-03-20 09:00').does('dong', resume);
    expect(story.case.clocks.total.dueAt).toBe('2024-03-11T09:30:00.000Z');
  });
});

describe('rework', () => {
  it('has a limit of its own, and the check before it costs the lead nothing', () => {
    const story = Story.verifying().until('2024-03-06 09:00').does('yan', onSite(false));
    expect(story.case).toMatchObject({ state: 'returned', reworkCount: 1, round: 1, inRework: true });
    expect(responsibleOrganisation(story.case)).toBe(org('water'));
    expect(story.case.clocks.stage).toMatchObject({ name: 'rework', dueAt: '2024-03-11T09:30:00.000Z' });
    expect(story.case.clocks.total).toMatchObject({
      dueAt: '2024-03-13T09:30:00.000Z',
      pauses: [{ reason: 'checking' }],
    });
    story.does('shui', { action: 'rework', reason: null });
    expect(story.case).toMatchObject({ state: 'in_progress', clocks: { stage: { name: 'rework' } } });
  });

  it('is ordered by an officer while the requester is asked, with a reason', () => {
    const story = Story.callBack();
    expect(story.refuses('dong', { action: 'rework', reason: null })).toBe('cases.text_missing');
    expect(story.does('dong', { action: 'rework', reason: '电话里说还闪' }).case.state).toBe('returned');
    expect(story.last.payload).toMatchObject({ because: 'officer' });
  });

  it('goes on as rework after it was shelved', () => {
    const story = Story.verifying().does('yan', onSite(false)).does('dong', shelving).does('dong', resume);
    expect(story.case.clocks.stage?.name).toBe('rework');
  });
});

describe('opened again', () => {
  it('begins a new round with new limits at the centre', () => {
    const story = Story.closed().until('2024-03-11 09:00').does('li', reopening);
    expect(story.case).toMatchObject({ state: 'reopened', round: 1, reopenCount: 1, dispatch: null, closure: null });
    expect(story.case.clocks.stage?.name).toBe('dispatch');
    expect(story.case.clocks.total).toMatchObject({ startedAt: '2024-03-11T01:00:00.000Z', pauses: [] });
  });

  it('counts what was said in the round before no longer', () => {
    const story = Story.callBack().does('dong', called('partly')).does('dong', { action: 'close', explanation: null });
    story
      .does('li', rating('partly'))
      .does('li', reopening)
      .does('dong', { ...toRoads });
    story.does('lu', { action: 'accept' }).does('lu', { action: 'start' }).does('lu', done);
    story.does('yan', { action: 'begin_verification' }).does('yan', onSite());
    expect(story.refuses('dong', { action: 'close', explanation: null })).toBe('cases.call_back_outstanding');
    expect(story.refuses('li', rating('solved'))).toBeNull();
  });
});

const toRoads: Step = { action: 'dispatch', leadId: org('roads'), assistIds: [], reason: null, instruction: null };
