import { describe, expect, it } from 'vitest';
import { legalParty } from './actions.ts';
import { metresBetween } from './distance.ts';
import { POINT } from './testing/cast.ts';
import { called, done, missed, onSite, rating, reopening, type Step, Story } from './testing/story.ts';

const begin: Step = { action: 'begin_verification' };
const close = (explanation: string | null = null): Step => ({ action: 'close', explanation });
const site = (changes: object): Step => ({ ...onSite(), ...changes }) as Step;
const byCall = (passed: boolean, solved: 'solved' | 'partly' | 'unsolved' | null): Step =>
  site({ how: 'by_call', passed, point: null, files: [], answer: solved && { solved, satisfaction: 'basically' } });

describe('verification', () => {
  it('is never of those who handled it: not the organisation that leads, nor one that assists', () => {
    const story = Story.reportedDone();
    for (const who of ['heng', 'both'] as const)
      expect(story.refuses(who, begin)).toBe('cases.verifier_not_independent');
    for (const who of ['yan', 'wang', 'cun'] as const) expect(Story.reportedDone().refuses(who, begin)).toBeNull();
  });

  it('is never of somebody who handled it, wherever he works now', () => {
    const story = Story.reportedDone();
    const context = story.context('yan');
    expect(legalParty('begin_verification', story.case, context)).toBe('verifier');
    const moved = { ...context, acting: { ...context.acting, id: 'shui' } };
    expect(legalParty('begin_verification', story.case, moved)).toMatchObject({
      code: 'cases.verifier_not_independent',
    });
  });

  it('is never of an organisation that had it before', () => {
    const story = Story.closed().does('li', reopening);
    story.does('dong', { action: 'dispatch', leadId: 'org-roads', assistIds: [], reason: null, instruction: null });
    story.does('lu', { action: 'accept' }).does('lu', { action: 'start' }).does('lu', done);
    expect(story.refuses('heng', begin)).toBe('cases.verifier_not_independent');
    expect(story.case.handlerIds).toEqual(['shui', 'lu']);
    expect(story.refuses('yan', begin)).toBeNull();
  });

  it('is claimed by one; another may take over when nothing came of it', () => {
    const story = Story.verifying();
    expect(story.tries('wang', begin)).toMatchObject({ code: 'cases.verification_claimed', details: { yours: false } });
    expect(story.refuses('wang', onSite())).toBe('cases.verification_not_yours');
    expect(story.pass(23.9).refuses('wang', begin)).toBe('cases.verification_claimed');
    story.pass(0.1).does('wang', begin);
    expect(story.last.payload).toEqual({ takenOver: true });
    expect(story.refuses('yan', onSite())).toBe('cases.verification_not_yours');
    expect(story.refuses('wang', onSite())).toBeNull();
  });

  it.each([
    ['without a finding', { finding: '' }, 'cases.text_missing'],
    ['without a photo', { files: [] }, 'cases.verification_photo_missing'],
    ['without a place', { point: null }, 'cases.verification_place_missing'],
    ['from too far away', { point: [POINT[0], POINT[1] + 0.002] }, 'cases.verification_too_far'],
    ['by a call without the answer', { how: 'by_call' }, 'cases.verification_answer_missing'],
  ])('is refused %s', (_name, changes, code) => {
    expect(Story.verifying().refuses('yan', site(changes))).toBe(code);
  });

  it('measures how far away it was', () => {
    const story = Story.verifying().does('yan', site({ point: [POINT[0], POINT[1] + 0.001] }));
    expect(story.last.payload).toMatchObject({ metres: 111 });
    expect(metresBetween([116.3913, 39.9075], [121.4737, 31.2304])).toBeCloseTo(1_067_000, -4);
    expect(Story.verifying({ point: null }).does('yan', onSite()).last.payload).toMatchObject({ metres: null });
  });

  it('passed leads to the call-back, or closes when nobody can be asked', () => {
    expect(Story.callBack().case).toMatchObject({
      state: 'call_back',
      claim: null,
      clocks: { stage: { name: 'call_back' } },
    });
    const quiet = Story.callBack({ contactable: false });
    expect(quiet.kinds().slice(-2)).toEqual(['verified', 'closed']);
    expect(quiet.case.closure).toMatchObject({ kind: 'verification', solved: null, satisfaction: null });
  });

  it('failed sends it back', () => {
    const story = Story.verifying().does('yan', onSite(false));
    expect(story.kinds().slice(-2)).toEqual(['verified', 'returned']);
    expect(story.case.verifications).toMatchObject([{ passed: false, verifierId: 'yan', round: 0 }]);
  });

  it('by a call takes the requester’s words', () => {
    expect(Story.verifying().does('yan', byCall(true, 'solved')).case.closure?.kind).toBe('requester');
    expect(Story.verifying().does('yan', byCall(true, 'partly')).case.state).toBe('call_back');
    expect(Story.verifying().does('yan', byCall(false, 'unsolved')).case.state).toBe('returned');
    expect(Story.verifying().refuses('yan', byCall(true, 'unsolved'))).toBe('cases.result_contradicts_answer');
    expect(Story.verifying().refuses('yan', byCall(false, 'solved'))).toBe('cases.result_contradicts_answer');
    const quiet = Story.verifying({ contactable: false });
    expect(quiet.refuses('yan', byCall(true, 'solved'))).toBe('cases.requester_not_contactable');
  });
});

describe('the call-back', () => {
  it('is never made by those who handled it', () => {
    expect(Story.callBack().refuses('mix', called('solved'))).toBe('cases.caller_not_independent');
    expect(Story.callBack().refuses('shui', called('solved'))).toBe('cases.not_your_part');
    expect(Story.callBack().refuses('ping', called('solved'))).toBeNull();
  });

  it('closes when the requester says it is solved', () => {
    const { case: state } = Story.closed();
    expect(state).toMatchObject({ state: 'closed', closure: { kind: 'requester', solved: 'solved' } });
    expect(state.clocks).toMatchObject({ stage: null, contact: null });
    expect(state.contactedAt).not.toBeNull();
  });

  it('sends back what is not solved, or says what was explained', () => {
    expect(Story.callBack().does('dong', called('unsolved', true)).case.state).toBe('returned');
    expect(Story.callBack().refuses('dong', called('unsolved'))).toBe('cases.explanation_missing');
    const story = Story.callBack().does('dong', called('unsolved', false, '要等线路改造，已说明'));
    expect(story.case.state).toBe('call_back');
    expect(story.refuses('dong', close())).toBe('cases.explanation_missing');
    story.does('dong', close('列入明年改造'));
    expect(story.case.closure).toMatchObject({ kind: 'verification', solved: 'unsolved' });
  });

  it('partly solved stays with the officer: to close or to send back', () => {
    expect(Story.callBack().does('dong', called('partly')).does('dong', close()).case.closure?.solved).toBe('partly');
    expect(Story.callBack().does('dong', called('partly', true)).case.state).toBe('returned');
  });

  it('that reaches nobody ends after enough tries on enough days', () => {
    const story = Story.callBack();
    for (const _ of [1, 2, 3]) story.does('dong', missed);
    expect(story.tries('dong', close())).toMatchObject({
      code: 'cases.call_back_outstanding',
      details: { tries: 3, days: 1, parts: 1, neededTries: 3, neededDays: 2, neededParts: 2 },
    });
    // Four mornings in a row say nothing of somebody who works in the mornings.
    story.pass(24).does('dong', missed);
    expect(story.refuses('dong', close())).toBe('cases.call_back_outstanding');
    story.pass(9).does('dong', missed).does('dong', close());
    expect(story.case.closure).toMatchObject({ kind: 'unreachable', solved: null });
    expect(story.case.contactedAt).toBeNull();
  });

  it('is closed by somebody independent', () => {
    const story = Story.callBack().does('dong', called('partly'));
    expect(story.refuses('mix', close())).toBe('cases.closer_not_independent');
    expect(story.refuses('du', close())).toBeNull();
  });
});

describe('the call-back after the closing, where the class says so', () => {
  const closed = (changes: object = {}) => Story.callBack(changes, { className: 'noise' });

  it('comes after the check has closed it', () => {
    const story = closed();
    expect(story.kinds().slice(-2)).toEqual(['verified', 'closed']);
    expect(story.case).toMatchObject({ state: 'closed', closure: { kind: 'verification', solved: null } });
    expect(story.refuses('mix', called('solved'))).toBe('cases.caller_not_independent');
    story.does('dong', missed).does('dong', called('solved'));
    expect(story.case).toMatchObject({ state: 'closed', closure: { kind: 'verification', solved: 'solved' } });
    expect(story.refuses('dong', called('solved'))).toBe('cases.already_answered');
  });

  it('opens it again when it was not solved, or says what was explained', () => {
    expect(closed().refuses('dong', called('unsolved'))).toBe('cases.explanation_missing');
    const explained = closed().does('dong', called('unsolved', false, '要等雨季过后'));
    expect(explained.case).toMatchObject({ state: 'closed', closure: { solved: 'unsolved' } });
    const again = closed().does('dong', called('unsolved', true, '还在响'));
    expect(again.kinds().slice(-2)).toEqual(['called_back', 'reopened']);
    expect(again.case).toMatchObject({ state: 'reopened', reopenedFor: 'call_back', round: 1, closure: null });
  });

  it('ends with the window in which it may be opened again, and asks nobody who cannot be asked', () => {
    expect(closed().until('2024-03-25 17:31').refuses('dong', called('solved'))).toBe('cases.reopen_window_over');
    expect(closed({ contactable: false }).refuses('dong', called('solved'))).toBe('cases.requester_not_contactable');
    expect(closed().does('li', rating('solved')).refuses('dong', called('solved'))).toBe('cases.already_answered');
  });

  it('is asked of a merged caller, too, and lets his request go its own way again', () => {
    const master = { id: 'case-9', number: '9', state: 'in_progress', closedAt: null, masterCaseId: null } as const;
    const story = Story.registered().set({ master });
    story.does('dong', { action: 'merge', masterCaseId: 'case-9', reason: '同一盏灯' });
    story.set({ master: { ...master, state: 'closed', closedAt: story.now.toISOString() } });
    story.does('dong', called('unsolved', true, '我门前的还不亮'));
    expect(story.case).toMatchObject({ state: 'reopened', reopenedFor: 'call_back', masterCaseId: null });
  });
});

describe('the requester', () => {
  it('alone rates', () => {
    for (const who of ['dong', 'shui', 'yan', 'du', 'clock'] as const) {
      expect(Story.callBack().refuses(who, rating('solved'))).toBe('cases.not_your_part');
    }
  });

  it('closes by saying it is solved, sends it back by saying it is not', () => {
    expect(Story.callBack().does('li', rating('solved')).case.closure?.kind).toBe('requester');
    expect(Story.callBack().does('li', rating('unsolved')).case.state).toBe('returned');
    expect(Story.callBack().does('li', rating('partly')).case.state).toBe('call_back');
    expect(Story.reportedDone().refuses('li', rating('solved'))).toBe('cases.not_verified_yet');
  });

  it('rates once, within the window', () => {
    const story = Story.closed().does('li', rating('unsolved'));
    expect(story.case).toMatchObject({ state: 'closed', closure: { kind: 'requester', solved: 'unsolved' } });
    expect(story.refuses('li', rating('solved'))).toBe('cases.already_rated');
    expect(Story.closed().until('2024-03-18 17:30').refuses('li', rating('solved'))).toBeNull();
    expect(Story.closed().until('2024-03-18 17:31').refuses('li', rating('solved'))).toBe('cases.rating_window_over');
  });

  it('opens again within the window; an officer with a reason at any time', () => {
    expect(Story.closed().until('2024-03-25 17:30').refuses('li', reopening)).toBeNull();
    const late = Story.closed().until('2024-03-25 17:31');
    expect(late.refuses('li', reopening)).toBe('cases.reopen_window_over');
    expect(late.refuses('du', { ...reopening, reason: '' } as Step)).toBe('cases.text_missing');
    expect(late.does('du', reopening).case).toMatchObject({ state: 'reopened', reopenedFor: 'officer' });
  });
});
