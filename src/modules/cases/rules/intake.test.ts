import { describe, expect, it } from 'vitest';
import { isOpen } from './responsible.ts';
import { AREA, org, POINT } from './testing/cast.ts';
import {
  objection,
  called,
  elsewhere,
  rating,
  reopening,
  ruling,
  settlement,
  type Step,
  Story,
  toWater,
} from './testing/story.ts';
import { REJECTION_REASONS } from './words.ts';

const refer: Step = {
  action: 'refer',
  route: 'petition',
  ...elsewhere,
  answer: '已转县信访局',
  routeDeadline: null,
};
const merge: Step = { action: 'merge', masterCaseId: 'case-9', reason: '同一盏灯' };
const master = {
  id: 'case-9',
  number: '20240301-000009-1',
  state: 'in_progress',
  closedAt: null,
  masterCaseId: null,
} as const;
const correct = {
  action: 'correct',
  areaCode: null,
  point: null,
  commandCentreId: null,
  classCode: null,
  urgency: null,
  reason: '报错了',
} as const;

describe('not handled', () => {
  it.each(REJECTION_REASONS)('because of %s, with an answer that says where to go', (reason) => {
    const story = Story.registered();
    expect(story.refuses('dong', { action: 'reject', reason, answer: ' ', ...elsewhere })).toBe('cases.text_missing');
    story.does('dong', { action: 'reject', reason, answer: '请拨 110', ...elsewhere });
    expect(story.case).toMatchObject({ state: 'rejected', rejection: reason, clocks: { stage: null } });
    expect(story.last.content).toEqual({ answer: '请拨 110', where: elsewhere.where, phone: elsewhere.phone });
  });
});

describe('a petition', () => {
  const petition = () => Story.registered({}, { className: 'petition' });

  it('is only passed to its lawful route', () => {
    const story = petition();
    for (const step of [
      toWater,
      merge,
      { action: 'reject', reason: 'legal_route', answer: '信访', ...elsewhere } as const,
    ]) {
      expect(story.refuses('dong', step)).toBe('cases.petition_route_only');
    }
    expect(story.refuses('dong', refer)).toBeNull();
  });

  it('stays visible with that route’s clock until the route has answered', () => {
    const story = petition().does('dong', { ...refer, routeDeadline: { amount: 15 * 24, clock: 'round_the_clock' } });
    expect(story.case.clocks.stage).toMatchObject({ name: 'route', dueAt: '2024-03-19T01:00:00.000Z' });
    expect(isOpen(story.case)).toBe(true);
    story.does('dong', { action: 'record_route', outcome: 'taken_up', report: '信访局受理' });
    expect(isOpen(story.case)).toBe(true);
    story.does('dong', { action: 'record_route', outcome: 'decided', report: '已答复' });
    expect(isOpen(story.case)).toBe(false);
    expect(story.case.referral).toMatchObject({ outcome: 'decided' });
    expect(story.refuses('dong', { action: 'record_route', outcome: 'decided', report: '又' })).toBe(
      'cases.route_ended',
    );
  });

  it('takes the limit of its class when the route names none', () => {
    expect(petition().does('dong', refer).case.referral?.dueAt).toBe('2024-03-11T09:30:00.000Z');
  });

  it('is not the end for other matters: those carry no clock', () => {
    const story = Story.registered().does('dong', { ...refer, route: 'litigation', where: '县法院' });
    expect(story.case).toMatchObject({ state: 'referred', referral: { dueAt: null }, clocks: { stage: null } });
    expect(isOpen(story.case)).toBe(false);
    expect(Story.registered().refuses('dong', { ...refer, where: '' } as Step)).toBe('cases.where_next_missing');
  });
});

describe('merged into another case', () => {
  it('keeps its caller and names the other', () => {
    const story = Story.registered({}, { master }).does('dong', merge);
    expect(story.case).toMatchObject({ state: 'merged', masterCaseId: 'case-9', contactable: true });
    expect(story.last.payload).toMatchObject({ masterNumber: master.number });
  });

  it.each([
    ['one that is not there', merge, null, 'cases.master_unknown'],
    ['itself', { ...merge, masterCaseId: 'case-1' }, { ...master, id: 'case-1' }, 'cases.merge_into_itself'],
    ['its own duplicate', merge, { ...master, masterCaseId: 'case-1', state: 'merged' }, 'cases.merge_into_itself'],
    ['one merged elsewhere', merge, { ...master, masterCaseId: 'case-7', state: 'merged' }, 'cases.master_not_open'],
    ['one that is closed', merge, { ...master, state: 'closed' }, 'cases.master_not_open'],
    ['one that was withdrawn', merge, { ...master, state: 'withdrawn' }, 'cases.master_not_open'],
  ] as const)('is refused into %s', (_name, step, into, code) => {
    const story = Story.registered({}, into ? { master: into } : {});
    expect(story.refuses('dong', step)).toBe(code);
  });

  it('is refused when others are merged into it', () => {
    const story = Story.registered({}, { master }).does('clock', { action: 'adopt_duplicate', duplicateId: 'case-5' });
    expect(story.case.duplicateIds).toEqual(['case-5']);
    expect(story.refuses('dong', merge)).toBe('cases.has_duplicates');
    const again: Step = { action: 'adopt_duplicate', duplicateId: 'case-5' };
    expect(story.refuses('clock', again)).toBe('cases.merge_into_itself');
  });

  it('may be undone and done again: the other case lets the duplicate go', () => {
    const adopt: Step = { action: 'adopt_duplicate', duplicateId: 'case-5' };
    const release: Step = { action: 'release_duplicate', duplicateId: 'case-5' };
    const story = Story.registered({}, { master }).does('clock', adopt).does('clock', release);
    expect(story.case.duplicateIds).toEqual([]);
    expect(story.refuses('clock', release)).toBe('cases.not_merged_here');
    expect(story.does('clock', adopt).case.duplicateIds).toEqual(['case-5']);
  });

  it('has its own call-back, rating and reopening once the other is closed', () => {
    const story = Story.registered({}, { master }).does('dong', merge);
    for (const [who, step] of [
      ['dong', called('solved')],
      ['li', rating('solved')],
      ['li', reopening],
    ] as const) {
      expect(story.refuses(who, step)).toBe('cases.master_still_open');
    }
    story.set({ master: { ...master, state: 'closed', closedAt: '2024-03-04T00:00:00.000Z' } });
    story.does('dong', called('unsolved', false, '已解释')).does('li', rating('unsolved'));
    expect(story.case.state).toBe('merged');
    story.does('li', reopening);
    expect(story.case).toMatchObject({ state: 'reopened', masterCaseId: null, reopenedFor: 'requester' });
  });

  it('goes its own way when the other ended without an answer, or an officer parts them', () => {
    const story = Story.registered({}, { master })
      .does('dong', merge)
      .set({ master: { ...master, state: 'withdrawn' } });
    expect(story.refuses('li', reopening)).toBeNull();
    expect(Story.registered({}, { master }).does('dong', merge).refuses('dong', reopening)).toBeNull();
  });

  it('is reopened only within the window that began when the other closed', () => {
    const closed = { ...master, state: 'closed', closedAt: '2024-03-04T00:00:00.000Z' } as const;
    const story = Story.registered({}, { master }).does('dong', merge).set({ master: closed });
    expect(story.until('2024-04-20 09:00').refuses('li', reopening)).toBe('cases.reopen_window_over');
  });
});

describe('corrected', () => {
  it('takes the new class and its limits, counted from the beginning', () => {
    const story = Story.registered().pass(1).set({ className: 'care' });
    story.does('dong', { ...correct, classCode: '14-01' });
    expect(story.case).toMatchObject({ sensitivity: 'sealed', caseClass: { code: '14-01', lane: 'services' } });
    expect(story.case.clocks.stage).toMatchObject({ startedAt: '2024-03-04T01:00:00.000Z' });
    expect(story.case.clocks.total.dueAt).toBe('2024-03-11T09:30:00.000Z');
  });

  it('moves to another area with its centre, and forgets a point that was not confirmed', () => {
    const there = { ...correct, areaCode: '421181002', commandCentreId: org('county') };
    const story = Story.registered().does('dong', there);
    expect(story.case).toMatchObject({ areaCode: '421181002', point: null, commandCentreId: org('county') });
    expect(story.case.firstReceiverId).toBe(org('county'));
  });

  it.each([
    ['nothing changes', correct, {}, 'cases.nothing_to_correct'],
    ['no reason is given', { ...correct, urgency: 'urgent', reason: '' }, {}, 'cases.text_missing'],
    ['the class is another', { ...correct, classCode: '99' }, {}, 'cases.class_unknown'],
    ['the class is closed', { ...correct, classCode: '11-02' }, { classOpen: false }, 'cases.class_closed'],
    ['the centre is missing', { ...correct, areaCode: '421181002' }, {}, 'cases.centre_missing'],
    [
      'the area is closed',
      { ...correct, areaCode: AREA, commandCentreId: org('centre') },
      { areaOpen: false },
      'cases.area_closed',
    ],
    ['the point lies outside', { ...correct, point: POINT }, { pointInside: false }, 'cases.place_outside'],
  ] as const)('is refused when %s', (_name, step, around, code) => {
    expect(Story.registered().set(around).refuses('dong', step)).toBe(code);
  });

  it('takes down what was public when the new class is sealed', () => {
    const story = Story.registered().does('dong', {
      action: 'release',
      answer: null,
      title: '路灯',
      text: '路灯不亮',
      areaCode: AREA.slice(0, 12),
      point: null,
      files: [],
    });
    story.set({ className: 'care' }).does('dong', { ...correct, classCode: '14-01' });
    expect(story.kinds().slice(-2)).toEqual(['corrected', 'unreleased']);
    expect(story.case).toMatchObject({ publicState: 'private', publicConsent: true });
  });

  it('keeps what a pause gave back', () => {
    const story = Story.registered({}, { className: 'rubbish' }).does('wang', settlement);
    story.until('2024-03-06 09:00').does('li', rating('unsolved'));
    // Due 11 March; two working days went by while others were to look at it.
    expect(story.case.clocks.total.dueAt).toBe('2024-03-13T09:30:00.000Z');
    story.set({ className: 'lamp' }).does('dong', { ...correct, classCode: '11-02' });
    expect(story.case.clocks.total).toMatchObject({
      dueAt: '2024-03-13T09:30:00.000Z',
      pauses: [{ reason: 'checking' }],
    });
    expect(story.case.clocks.stage).toMatchObject({ name: 'dispatch', startedAt: '2024-03-06T01:00:00.000Z' });
  });

  it('into a petition can only be referred, even when somebody was to rule', () => {
    const story = Story.dispatched().does('shui', objection).does('dong', { action: 'take_up' });
    story.set({ className: 'petition' }).does('dong', { ...correct, classCode: '01-01' });
    expect(story.refuses('dong', ruling('designate', org('water')))).toBe('cases.petition_route_only');
    expect(story.refuses('dong', refer)).toBeNull();
  });

  it('keeps its stage while it is adjudicated', () => {
    const story = Story.dispatched().does('shui', objection).does('dong', { action: 'take_up' });
    story.does('dong', { ...correct, urgency: 'urgent' });
    expect(story.case).toMatchObject({ state: 'adjudicating', urgency: 'urgent' });
    expect(story.case.clocks.stage?.name).toBe('adjudication');
  });
});

describe('ended early', () => {
  it('is withdrawn by the requester alone, until it is reported done', () => {
    const withdraw: Step = { action: 'withdraw', reason: '好了' };
    expect(Story.inProgress().refuses('dong', withdraw)).toBe('cases.not_your_part');
    expect(Story.inProgress().refuses('li', { ...withdraw, reason: '' })).toBe('cases.text_missing');
    expect(Story.reportedDone().refuses('li', withdraw)).toBe('cases.wrong_state');
    expect(Story.inProgress().does('li', withdraw).case).toMatchObject({ state: 'withdrawn', clocks: { stage: null } });
  });

  it('is voided before anybody was given it, with a reason', () => {
    expect(Story.registered().refuses('guan', { action: 'void', reason: '' })).toBe('cases.text_missing');
    expect(Story.registered().does('guan', { action: 'void', reason: '测试' }).case.state).toBe('voided');
    expect(Story.dispatched().refuses('guan', { action: 'void', reason: '测试' })).toBe('cases.wrong_state');
  });
});
