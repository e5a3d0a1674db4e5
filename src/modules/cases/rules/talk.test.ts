import { describe, expect, it } from 'vitest';
import { AREA, POINT } from './testing/cast.ts';
import { called, type Step, Story } from './testing/story.ts';

const note = (contact: 'phone' | null): Step => ({ action: 'note', text: '约了明天', contact, files: [] });
const late = (clock: 'stage' | 'contact' | 'total'): Step => ({ action: 'record_lateness', clock });
const release = (changes = {}): Step =>
  ({
    action: 'release',
    answer: null,
    title: '路灯不亮',
    text: '三号路口一带路灯不亮',
    areaCode: AREA.slice(0, 12),
    point: [115.01, 31.17],
    files: [],
    ...changes,
  }) as Step;

describe('first contact', () => {
  it('is a reply, a talk that was noted, or a call-back that reached him', () => {
    expect(
      Story.dispatched().does('shui', { action: 'reply', text: '明天来修', files: [] }).case.clocks.contact,
    ).toBeNull();
    expect(Story.dispatched().does('shui', note('phone')).case.contactedAt).toBe('2024-03-04T01:00:00.000Z');
    expect(Story.callBack().does('dong', called('partly')).case.clocks.contact).toBeNull();
  });

  it('is not a note for the office', () => {
    const { case: state } = Story.dispatched().does('shui', note(null));
    expect([state.contactedAt, state.clocks.contact?.dueAt]).toEqual([null, '2024-03-05T01:00:00.000Z']);
  });

  it('keeps the words of both apart from the structure', () => {
    expect(Story.dispatched().does('shui', note('phone')).last).toMatchObject({
      kind: 'noted',
      payload: { contact: 'phone' },
      content: { text: '约了明天' },
    });
    expect(Story.dispatched().refuses('shui', { action: 'reply', text: ' ', files: [] })).toBe('cases.text_missing');
  });
});

describe('made public', () => {
  it('only with consent, of what is not sealed or confidential', () => {
    expect(Story.registered({ publicConsent: false }).refuses('dong', release())).toBe('cases.no_consent');
    expect(Story.registered({ confidential: true }).refuses('dong', release())).toBe('cases.sealed_not_released');
    expect(Story.registered({}, { className: 'care' }).refuses('dong', release())).toBe('cases.sealed_not_released');
    expect(Story.registered({}, { className: 'petition' }).refuses('dong', release())).toBe(
      'cases.petition_route_only',
    );
    expect(Story.registered().does('dong', release()).case.publicState).toBe('released');
  });

  it.each([
    ['the very point', { point: POINT }],
    ['a grid', { areaCode: AREA }],
    ['an area it does not lie in', { areaCode: '421181002' }],
    ['no area at all', { areaCode: '' }],
  ])('not with %s', (_name, changes) => {
    expect(Story.registered().refuses('dong', release(changes))).toBe('cases.place_not_coarse');
  });

  it('until it is taken down; the requester takes his consent back with it', () => {
    const down: Step = { action: 'unrelease', reason: '不想公开了' };
    const officer = Story.registered().does('dong', release()).does('dong', down);
    expect(officer.case).toMatchObject({ publicState: 'private', publicConsent: true });
    const requester = Story.registered().does('dong', release()).does('li', down);
    expect(requester.case).toMatchObject({ publicState: 'private', publicConsent: false });
    expect(requester.refuses('dong', release())).toBe('cases.no_consent');
    expect(requester.refuses('dong', down)).toBe('cases.not_released');
  });

  it('is gone when the request is withdrawn', () => {
    const story = Story.registered().does('dong', release()).does('li', { action: 'withdraw', reason: '好了' });
    expect(story.case.publicState).toBe('private');
  });
});

describe('material', () => {
  it('is added by those who take part, with at least one file', () => {
    expect(Story.inProgress().refuses('dian', { action: 'attach', files: [], text: '看' })).toBe('cases.files_missing');
    const eleven: Step = { action: 'attach', files: Array.from('12345678901'), text: null };
    expect(Story.inProgress().refuses('li', eleven)).toBe('cases.too_many_files');
    const story = Story.inProgress().does('dian', { action: 'attach', files: ['p'], text: null });
    expect(story.last).toMatchObject({ files: ['p'], content: null, party: 'assist', organisationId: 'org-power' });
    expect(story.case.handlerIds).toContain('dian');
  });

  it('may be words alone when the requester adds them', () => {
    expect(Story.inProgress().refuses('li', { action: 'attach', files: [], text: ' ' })).toBe('cases.files_missing');
    const story = Story.inProgress().does('li', { action: 'attach', files: [], text: '后巷还有一盏' });
    expect(story.last).toMatchObject({ files: [], content: { text: '后巷还有一盏' }, party: 'requester' });
  });
});

describe('a clock that ran out', () => {
  it('is recorded once for each due time, not before', () => {
    const story = Story.registered();
    expect(story.until('2024-03-04 10:59').refuses('clock', late('stage'))).toBe('cases.not_late');
    story.until('2024-03-04 11:00').does('clock', late('stage'));
    expect(story.case.late).toEqual([{ clock: 'stage', name: 'dispatch', dueAt: '2024-03-04T03:00:00.000Z' }]);
    expect(story.refuses('clock', late('stage'))).toBe('cases.not_late');
    expect(story.refuses('clock', late('contact'))).toBe('cases.not_late');
  });

  it('of the whole is not told while it stands still', () => {
    expect(Story.inProgress().until('2024-03-11 17:30').refuses('clock', late('total'))).toBeNull();
    expect(Story.reportedDone().until('2024-03-12 17:30').refuses('clock', late('total'))).toBe('cases.not_late');
  });

  it('of the first contact runs beside the others', () => {
    const story = Story.inProgress().until('2024-03-05 09:00').does('clock', late('contact'));
    expect(story.last.payload).toEqual({
      lateness: { clock: 'contact', name: 'contact', dueAt: '2024-03-05T01:00:00.000Z' },
    });
  });
});
