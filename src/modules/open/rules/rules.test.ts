import { describe, expect, test } from 'vitest';
import { STATES } from '../../cases/rules/words.ts';
import { PHASES } from '../contract.ts';
import { countsBelow } from './map-counts.ts';
import { outcomeOf, phaseOf } from './phase.ts';
import { type Told, pastSteps } from './past-steps.ts';
import { placeText, shortPlaceName } from './place-names.ts';
import { openTexts } from '../texts.ts';

describe('what residents are told of a state', () => {
  test.each(STATES)('%s has a phase and words in both languages', (state) => {
    expect(PHASES).toContain(phaseOf(state));
    expect(openTexts['zh-CN'][`open.state.${state}`]).toBeTruthy();
    expect(openTexts.en[`open.state.${state}`]).toBeTruthy();
  });

  test('only the requester says that it is solved', () => {
    const closed = { state: 'closed', closure: 'verification', solved: null } as const;
    expect(outcomeOf(closed)).toBe('verified');
    expect(outcomeOf({ ...closed, closure: 'unreachable' })).toBe('unreachable');
    expect(outcomeOf({ ...closed, closure: 'requester', solved: 'solved' })).toBe('solved');
    expect(outcomeOf({ ...closed, solved: 'unsolved' })).toBe('unsolved');
    expect(outcomeOf({ ...closed, closure: 'imported' })).toBeNull();
    expect(outcomeOf({ state: 'in_progress', closure: null, solved: null })).toBeNull();
    expect(outcomeOf({ state: 'rejected', closure: null, solved: null })).toBe('declined');
  });
});

describe('the steps of a request', () => {
  const at = new Date('2026-11-19T02:00:00Z');
  let seq = 0;
  const told = (kind: string, payload: object, over: Partial<Told> = {}): Told => {
    seq += 1;
    return {
      seq,
      kind,
      at,
      party: null,
      organisationId: null,
      payload: { ...payload },
      content: null,
      fileIds: [],
      ...over,
    };
  };
  const dispatch = (leadId: string) => ({ dispatch: { leadId, entryNumber: '17' } });

  test('name the office that leads when they happen', () => {
    const steps = pastSteps([
      told('registered', {}),
      told('dispatched', dispatch('housing')),
      told('objected', { organisationId: 'housing' }),
      told('ruled', { ruling: 'redirect', ...dispatch('power') }),
      told('accepted', {}),
    ]);
    expect(steps.map(({ key, officeId }) => [key, officeId])).toEqual([
      ['open.step.registered', null],
      ['open.step.dispatched', 'housing'],
      ['open.step.objected', 'housing'],
      ['open.step.redirected', 'power'],
      ['open.step.accepted', 'power'],
    ]);
    expect(steps[1]).toMatchObject({ noteKey: 'open.step.by_list', values: { entry: '17' } });
  });

  test('leave out what is the office’s own', () => {
    const inner = ['corrected', 'taken_up', 'extension_requested', 'verification_begun', 'duplicate_adopted', 'noted'];
    expect(pastSteps(inner.map((kind) => told(kind, {})))).toEqual([]);
    expect(pastSteps([told('attached', {}, { party: 'lead' })])).toEqual([]);
    expect(pastSteps([told('extension_decided', { granted: false })])).toEqual([]);
    expect(pastSteps([told('ran_late', { lateness: { clock: 'stage' } })])).toEqual([]);
  });

  test('keep an answer apart from a note, and the requester’s own words from the office’s', () => {
    const [done, rated, officer] = pastSteps([
      told('reported_done', {}, { content: { result: '已换灯头' } }),
      told(
        'rated',
        { solved: 'partly', satisfaction: 'basically' },
        { party: 'requester', content: { comment: '还差一盏' } },
      ),
      told('reopened', { ground: 'officer' }, { party: 'dispatcher', content: { reason: '内部意见' } }),
    ]);
    expect(done).toMatchObject({ answer: '已换灯头', note: null });
    expect(rated).toMatchObject({ note: '还差一盏', words: { solved: 'open.solved.partly' } });
    expect(officer).toMatchObject({ key: 'open.step.reopened_officer', note: null });
  });

  test('all have words in both languages', () => {
    const solved = { solved: 'solved', satisfaction: 'satisfied' };
    const steps = pastSteps([
      ...[
        'imported',
        'resumed',
        'withdrawn',
        'voided',
        'released',
        'unreleased',
        'started',
        'returned',
        'rework_started',
      ].map((kind) => told(kind, {})),
      ...['taken_up', 'decided', 'not_accepted', 'passed_on'].map((outcome) => told('route_recorded', { outcome })),
      ...['requester', 'verification', 'unreachable', 'imported'].map((closure) => told('closed', { closure })),
      ...['requester', 'officer', 'settlement_failed', 'call_back'].map((ground) => told('reopened', { ground })),
      ...['conditions_missing', 'waiting_for_requester'].map((ground) => told('shelved', { shelving: { ground } })),
      ...['on_site', 'by_call'].map((how) => told('verified', { passed: true, how })),
      told('verified', { passed: false, how: 'on_site' }),
      told('called_back', { answer: null }),
      told('called_back', { answer: solved }),
      told('settled', dispatch('grid')),
      told('replied', {}),
      told('rejected', {}),
      told('referred', {}),
      told('merged', { masterNumber: '1' }),
      told('extension_decided', { granted: true }),
      told('attached', {}, { party: 'requester' }),
      told('ran_late', { lateness: { clock: 'total' } }),
      told('ruled', { ruling: 'designate', ...dispatch('housing') }),
    ]);
    for (const { key, words } of steps) {
      for (const used of [key, ...Object.values(words)]) {
        expect(openTexts['zh-CN'][used], used).toBeTruthy();
        expect(openTexts.en[used], used).toBeTruthy();
      }
    }
  });
});

describe('names of places', () => {
  test('are short in the head and whole in a path', () => {
    expect(['麻城市', '西湖区', '寿县', '杭州市'].map(shortPlaceName)).toEqual(['麻城', '西湖区', '寿县', '杭州']);
    expect(placeText('龙池桥街道/园林社区')).toBe('龙池桥街道 · 园林社区');
  });
});

describe('the map of public requests', () => {
  test('counts the parts of what it shows', () => {
    const counts = [
      { areaCode: '421181001001', count: 2 },
      { areaCode: '421181001002', count: 1 },
      { areaCode: '421181100', count: 4 },
      { areaCode: '421181', count: 1 },
    ];
    expect([...countsBelow(counts, '421181')]).toEqual([
      ['421181001', 3],
      ['421181100', 4],
      ['421181', 1],
    ]);
    expect([...countsBelow(counts.slice(0, 2), '421181001')]).toEqual([
      ['421181001001', 2],
      ['421181001002', 1],
    ]);
  });
});
