import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import { responsibleOrganisation } from './responsible.ts';
import { org } from './testing/cast.ts';
import { called, importation, onSite, rating, registration, reopening, settlement, Story } from './testing/story.ts';

const codeOf = (result: unknown): string | null => (isRefusal(result) ? result.code : null);

describe('a new request', () => {
  it('waits to be dispatched: the centre owns it, and its clocks run', () => {
    const { case: state } = Story.registered();
    expect(state).toMatchObject({ state: 'registered', version: 1, sensitivity: 'normal', publicState: 'private' });
    expect(responsibleOrganisation(state)).toBe(org('centre'));
    // Monday 09:00: two office hours to dispatch, five working days for the whole.
    expect(state.clocks.stage).toMatchObject({ name: 'dispatch', dueAt: '2024-03-04T03:00:00.000Z' });
    expect(state.clocks.total).toMatchObject({ dueAt: '2024-03-11T09:30:00.000Z', pauses: [], extensions: [] });
  });

  it('keeps its words beside the structure', () => {
    const { last } = Story.registered();
    expect(last.content).toEqual({ title: '路灯不亮', description: '三号路口的路灯坏了一周', place: '三号路口' });
    expect(JSON.stringify(last.payload)).not.toContain('路灯');
  });

  it.each([
    ['of an unknown class', registration(), { classUnknown: true }, 'cases.class_unknown'],
    ['of a class closed that day', registration(), { classOpen: false }, 'cases.class_closed'],
    ['outside the area', registration(), { pointInside: false }, 'cases.place_outside'],
    ['in an area that was merged away', registration(), { areaOpen: false }, 'cases.area_closed'],
    ['from the future', registration({ openedAt: '2024-03-04T01:00:00.001Z' }), {}, 'cases.in_future'],
    ['without a title', registration({ title: ' ' }), {}, 'cases.text_missing'],
    ['without words', registration({ description: '' }), {}, 'cases.text_missing'],
    ['with eleven files', registration({ files: Array.from('12345678901') }), {}, 'cases.too_many_files'],
  ])('is refused %s', (_name, command, { classUnknown, ...around }: Record<string, boolean>, code) => {
    const story = new Story(around);
    if (classUnknown) {
      const context = story.context.bind(story);
      story.context = (who) => ({ ...context(who), classFacts: null });
    }
    expect(codeOf(story.open('li', command))).toBe(code);
    expect(story.events).toEqual([]);
  });

  it('takes a place nobody knows the borders of', () => {
    expect(Story.registered({}, { pointInside: null }).case.state).toBe('registered');
  });

  it('is sealed by its class and confidential by the wish of the one who asks', () => {
    expect(Story.registered({ confidential: true }).case.sensitivity).toBe('confidential');
    expect(Story.registered({ confidential: true }, { className: 'care' }).case.sensitivity).toBe('sealed');
  });

  it('says when it was said, though the clocks run from when it was written down', () => {
    const { case: state } = Story.registered({ openedAt: '2024-03-01T08:00:00.000Z' });
    expect([state.openedAt, state.registeredAt]).toEqual(['2024-03-01T08:00:00.000Z', '2024-03-04T01:00:00.000Z']);
    expect(state.clocks.total.startedAt).toBe(state.registeredAt);
  });
});

describe('settled on the spot', () => {
  const rubbish = { className: 'rubbish' } as const;
  const photos = { result: '当场清走', beforeFiles: ['a'], afterFiles: ['b'] };
  const report = (changes = {}) => registration({ channel: 'grid', settlement: photos, ...changes });

  it('is reported and settled in one step, and waits for another person', () => {
    const story = new Story(rubbish);
    story.open('wang', report({ requesterId: null }));
    expect(story.kinds()).toEqual(['registered', 'settled']);
    expect(story.case).toMatchObject({ state: 'reported_done', settledOnSpot: true, handlerIds: ['wang'] });
    expect(story.case.clocks.stage?.name).toBe('verification');
    expect(story.last.files).toEqual(['a', 'b']);
  });

  it.each([
    ['of another class', report(), { className: 'lamp' }, 'cases.class_not_settled_on_spot'],
    ['when it is urgent', report({ urgency: 'urgent' }), rubbish, 'cases.not_minor'],
    ['when it is a petition', report(), { className: 'petition' }, 'cases.petition_route_only'],
    [
      'without a photo of before',
      report({ settlement: { ...photos, beforeFiles: [] } }),
      rubbish,
      'cases.photos_missing',
    ],
    [
      'without a photo of after',
      report({ settlement: { ...photos, afterFiles: [] } }),
      rubbish,
      'cases.photos_missing',
    ],
    ['without a word', report({ settlement: { ...photos, result: '' } }), rubbish, 'cases.text_missing'],
  ] as const)('is refused %s, and nothing is registered', (_name, command, around, code) => {
    const story = new Story(around);
    expect(codeOf(story.open('wang', command))).toBe(code);
    expect(story.events).toEqual([]);
  });

  it('is a field worker’s alone', () => {
    expect(codeOf(new Story(rubbish).open('dong', report()))).toBe('cases.not_your_part');
    expect(Story.registered({}, rubbish).refuses('cun', settlement)).toBeNull();
  });

  it('closes by the requester’s own word', () => {
    const story = Story.registered({}, rubbish).does('wang', settlement).does('li', rating('solved'));
    expect(story.case).toMatchObject({ state: 'closed', settledOnSpot: true, closure: { kind: 'requester' } });
    const told = Story.registered({}, rubbish).does('wang', settlement).does('ping', called('solved'));
    expect(told.case.closure?.kind).toBe('requester');
  });

  it('closes by a random check of another person', () => {
    const story = Story.registered({}, rubbish).does('wang', settlement).does('yan', { action: 'begin_verification' });
    story.does('yan', onSite());
    expect(story.case).toMatchObject({ state: 'closed', settledOnSpot: true, closure: { kind: 'verification' } });
  });

  it('is not checked by the one who settled it, nor by his village', () => {
    const story = Story.registered({}, rubbish).does('wang', settlement);
    expect(story.refuses('wang', { action: 'begin_verification' })).toBe('cases.verifier_not_independent');
    expect(story.refuses('cun', { action: 'begin_verification' })).toBe('cases.verifier_not_independent');
  });

  it.each([
    ['a check', (story: Story) => story.does('yan', { action: 'begin_verification' }).does('yan', onSite(false))],
    ['the requester', (story: Story) => story.does('li', rating('unsolved'))],
    ['a call', (story: Story) => story.does('ping', called('unsolved'))],
  ])('found wanting by %s goes to the centre, not back to the grid', (_name, fail) => {
    const story = fail(Story.registered({}, rubbish).does('wang', settlement));
    expect(story.case).toMatchObject({ state: 'reopened', reopenedFor: 'settlement_failed', dispatch: null });
    expect(story.case).toMatchObject({ settledOnSpot: false, reopenCount: 0 });
    expect(responsibleOrganisation(story.case)).toBe(org('centre'));
    expect(story.refuses('wang', settlement)).toBe('cases.wrong_state');
  });
});

describe('a case from elsewhere', () => {
  const taken = (changes = {}) => {
    const story = new Story();
    return { story, code: codeOf(story.open('clock', importation(changes))) };
  };

  it('stays closed as it came, outside verification and rates', () => {
    const { story } = taken();
    expect(story.case).toMatchObject({ state: 'closed', imported: true, closure: { kind: 'imported' } });
    expect(story.case.clocks.stage).toBeNull();
    expect(story.kinds()).toEqual(['imported']);
    expect(story.refuses('li', rating('solved'))).toBe('cases.imported_not_rated');
    expect(story.refuses('li', reopening)).toBe('cases.reopen_window_over');
  });

  it('joins the queue when it is still open', () => {
    const { story } = taken({ closedAt: null, handledAt: null });
    expect(story.case).toMatchObject({ state: 'registered', imported: true, openedAt: '2018-03-04T02:00:00.000Z' });
    expect(story.case.clocks.stage?.startedAt).toBe('2024-03-04T01:00:00.000Z');
  });

  it('is like any other once an officer opens it again', () => {
    const { story } = taken();
    story.does('dong', reopening);
    expect(story.case.state).toBe('reopened');
    expect(story.refuses('dong', { action: 'close', explanation: null })).toBe('cases.wrong_state');
  });

  it.each([
    ['closed before it was opened', { closedAt: '2018-03-04T01:59:59.000Z' }, 'cases.closed_before_opened'],
    ['handled before it was opened', { handledAt: '2018-03-03T02:00:00.000Z' }, 'cases.closed_before_opened'],
    ['closed in the future', { closedAt: '2099-01-01T00:00:00.000Z' }, 'cases.in_future'],
    ['opened in the future', { openedAt: '2099-01-01T00:00:00.000Z' }, 'cases.in_future'],
    ['without a title', { title: '' }, 'cases.text_missing'],
  ])('is refused %s', (_name, changes, code) => {
    expect(taken(changes).code).toBe(code);
  });
});
