import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Acting,
  type Call,
  type CallCommand,
  decide,
  isOpen,
  LEGAL_ACTIONS,
  runningClocks,
  send,
} from './call.ts';
import { namesPerson } from './identity.ts';
import { kindsFor, kindsWith, SHIPPED_KINDS } from './kinds.ts';
import { gapsBetween, overlapWith, shifted } from './roster.ts';
import { ACTIONS, CALL_STATES, type Party } from './words.ts';

const LIMITS = { acknowledge: 1, arrive: 8, report: 60, close: 1440, radius: 500 };
const HERE = [115.03, 31.18] as const;
const start = new Date('2026-03-10T09:00:00+08:00');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const person = (name: string) => ({ postId: `post-${name}`, userId: name, organisationId: `office-${name}` });
const as = (id: string, ...parties: Party[]): Acting => ({ id, parties: new Set(parties) });
const sent = (line = ['jia', 'yi']) =>
  send(
    {
      ...{ id: 'call-1', caseId: 'case-1', areaCode: '421181001', point: HERE, teamId: 'team', centreId: 'centre' },
      ...{ line: line.map(person), limits: LIMITS, reason: null },
    },
    start,
  ).call;
const take = (call: Call, acting: Acting, command: CallCommand, now: Date): Call => {
  const result = decide(call, { ...command, expectedVersion: call.version }, acting, now);
  if ('refused' in result) throw new Error(result.code);
  return result.call;
};
const code = (call: Call, acting: Acting, command: CallCommand, now: Date): string | null => {
  const result = decide(call, { ...command, expectedVersion: call.version }, acting, now);
  return 'refused' in result ? result.code : null;
};
const clock = as('system', 'system');

describe('a call', () => {
  test('not acknowledged in a minute goes to the next in line, then to the centre', () => {
    let call = take(sent(), clock, { action: 'run_out', clock: 'acknowledge' }, at(1));
    expect(call).toMatchObject({ state: 'sent', reached: 2, acknowledgeDueAt: at(2).toISOString() });
    call = take(call, clock, { action: 'run_out', clock: 'acknowledge' }, at(2));
    expect(call).toMatchObject({ state: 'at_centre', late: ['acknowledge', 'acknowledge'] });
    expect(sent([])).toMatchObject({ state: 'at_centre', reached: 0 });
  });

  test('whoever of those called acknowledges first has it; who is not called yet has no part', () => {
    expect(code(sent(), as('yi', 'called'), { action: 'acknowledge' }, at(0))).toBe('duty.not_your_part');
    const passed = take(sent(), clock, { action: 'run_out', clock: 'acknowledge' }, at(1));
    const call = take(passed, as('jia', 'called'), { action: 'acknowledge' }, at(1));
    expect(call.responder?.userId).toBe('jia');
  });

  test('arrives at the place, reports, closes; not from five kilometres away', () => {
    const me = as('jia', 'called', 'responder');
    let call = take(sent(), me, { action: 'acknowledge' }, at(0.5));
    expect(code(call, me, { action: 'arrive', point: [115.03, 31.225] }, at(5))).toBe('duty.too_far');
    expect(code(call, me, { action: 'report', text: '正常', files: [] }, at(5))).toBe('duty.wrong_state');
    call = take(call, me, { action: 'arrive', point: HERE }, at(6));
    call = take(call, me, { action: 'report', text: '已封路', files: [] }, at(20));
    call = take(call, me, { action: 'close', result: '已排除' }, at(90));
    expect(call).toMatchObject({ state: 'closed', arrivalMetres: 0, late: [] });
    expect(runningClocks(call)).toEqual([]);
  });

  test('of two at once the second is told', () => {
    const call = sent();
    const next = take(call, as('jia', 'called'), { action: 'acknowledge' }, at(0));
    const stale = decide(next, { action: 'acknowledge', expectedVersion: 1 }, as('jia', 'called'), at(0));
    expect('refused' in stale && stale.code).toBe('duty.stale_version');
  });
});

test('random walks: each clock once, one state at a time, an end without clocks', { timeout: 60_000 }, () => {
  const reached = new Set<string>();
  const move = fc.record({
    who: fc.constantFrom('jia', 'yi', 'centre', 'clock'),
    action: fc.constantFrom(...ACTIONS),
    minutes: fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 2 }) }, { weight: 1, arbitrary: fc.nat({ max: 800 }) }),
    wild: fc.nat({ max: 6 }).map((die) => die === 0),
    seed: fc.nat({ max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(move, { minLength: 3, maxLength: 40, size: 'max' }), (moves) => {
      let call = sent();
      let now = start;
      let told = 0;
      for (const made of moves) {
        now = new Date(now.getTime() + made.minutes * 60_000);
        for (;;) {
          const due = runningClocks(call).find((one) => new Date(one.dueAt) <= now);
          if (!due) break;
          call = take(call, clock, { action: 'run_out', clock: due.clock }, now);
          told += 1;
          expect(told).toBeLessThan(400);
        }
        const parties = partiesOf(call, made.who);
        const legal = LEGAL_ACTIONS.filter(
          (rule) => rule.from.includes(call.state) && rule.parties.some((one) => parties.has(one)),
        );
        const rare = (action: string) => !['hand_over', 'stand_down', 'reassign'].includes(action) || made.seed < 8;
        const chosen = made.wild ? made.action : legal.map((rule) => rule.action).find(rare);
        if (!chosen) continue;
        const before = call;
        const result = decide(
          call,
          { ...commandOf(chosen), expectedVersion: call.version },
          { id: made.who, parties },
          now,
        );
        if (!('refused' in result)) call = result.call;
        reached.add(call.state);
        expect(call === before || call.version === before.version + 1).toBe(true);
        expect(call.reached).toBeLessThanOrEqual(call.line.length);
        expect(isOpen(call) || runningClocks(call).length === 0).toBe(true);
        expect(isOpen(call)).toBe(call.endedAt === null);
        const others = call.late.filter((one) => one !== 'acknowledge');
        expect(new Set(others).size).toBe(others.length);
        expect(['acknowledged', 'arrived', 'reported'].includes(call.state) && call.responder === null).toBe(false);
      }
    }),
    { numRuns: 1500 },
  );
  expect(CALL_STATES.filter((state) => !reached.has(state))).toEqual([]);
});

function partiesOf(call: Call, who: string): ReadonlySet<Party> {
  const parties = new Set<Party>();
  if (call.line.slice(0, call.reached).some((one) => one.userId === who)) parties.add('called');
  if (call.responder?.userId === who) parties.add('responder');
  if (who === 'centre') parties.add('centre');
  return parties;
}

function commandOf(action: (typeof ACTIONS)[number]): CallCommand {
  switch (action) {
    case 'acknowledge':
      return { action };
    case 'arrive':
      return { action, point: HERE };
    case 'report':
      return { action, text: '情况', files: [] };
    case 'close':
      return { action, result: '好了' };
    case 'hand_over':
      return { action, reference: 'J1' };
    case 'reassign':
      return { action, teamId: 'other', line: [person('yi')], reason: '改派' };
    case 'stand_down':
      return { action, reason: '误报' };
    case 'run_out':
      return { action, clock: 'arrive' };
  }
}

describe('a roster', () => {
  const shift = (from: number, to: number) => ({
    ...{ id: `${from}`, line: ['post-jia'] },
    ...{ startsAt: at(from * 60).toISOString(), endsAt: at(to * 60).toISOString() },
  });

  test('shows its gaps, refuses overlaps, and is copied a week on', () => {
    const shifts = [shift(10, 20), shift(0, 8)];
    const hours = gapsBetween(at(0).toISOString(), at(24 * 60).toISOString(), shifts).map(
      (gap) => (Date.parse(gap.endsAt) - Date.parse(gap.startsAt)) / 3_600_000,
    );
    expect(hours).toEqual([2, 4]);
    expect(overlapWith(shift(7, 9), shifts)?.id).toBe('0');
    expect(overlapWith(shift(8, 10), shifts)).toBeNull();
    expect(shifted([shift(0, 8)], 7)[0]?.startsAt).toBe(at(7 * 24 * 60).toISOString());
  });
});

test('an urgent matter goes to the kind that names its class most closely', () => {
  expect(kindsFor(SHIPPED_KINDS, '0203').map((one) => one.kind)).toEqual(['mediation', 'emergency']);
  const own = { kind: 'emergency', nameZh: '应急', nameEn: 'Emergency', takes: ['04'] };
  expect(kindsFor(kindsWith([own]), '1101')).toEqual([]);
});

test('no telephone number and no identity card goes to the police line', () => {
  for (const text of ['请联系 13800138000', '电话１３８００１３８０００', '138 0013 8000', '证号 42118119900101123X']) {
    expect(namesPerson(text)).toBe(true);
  }
  for (const text of ['园林路 12 号有人打架', '编号 20260310-000001-3']) expect(namesPerson(text)).toBe(false);
});
