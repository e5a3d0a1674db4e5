import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../kit/time.ts';
import { follow, latenessGround, nearAt, type CaseLines } from './follow.ts';
import { refuseAction, type Standing } from './legal.ts';
import * as rules from './order.ts';
import { COLOURS, type Colour, gravity, isOver } from './words.ts';

const start = new Date('2026-03-10T01:00:00Z');
const hoursOn = (hours: number) => new Date(start.getTime() + hours * HOUR);
const limitOf: rules.LimitOf = (colour, from) => new Date(from.getTime() + (colour === 'red' ? 8 : 24) * HOUR);
const beginning: rules.Beginning = {
  id: 'o1',
  matter: 'case:c1',
  caseId: 'c1',
  queue: null,
  areaCode: '421181001001',
  lane: 'services',
  addresseeId: 'housing',
  issuerId: null,
  issuedBy: 'system:supervision',
  reviewerId: 'centre',
  demand: null,
};
const blue = rules.issue(beginning, { ground: 'near_due', colour: 'blue', key: 'near' }, hoursOn(4), start).order;
const late = { ground: 'late', colour: 'yellow', key: 'late' } as const;
const handling = { name: 'handling', startedAt: start, dueAt: hoursOn(40) };
const lines: CaseLines = {
  state: 'in_progress',
  leadId: 'housing',
  responsibleId: 'housing',
  stage: handling,
  totalDueAt: hoursOn(40),
};

test('the same occasion counts once, a graver one climbs in the same order', () => {
  const yellow = rules.meet(blue, late, limitOf, hoursOn(4))?.order;
  expect(yellow).toMatchObject({ id: 'o1', colour: 'yellow', dueAt: hoursOn(28) });
  expect(yellow && rules.meet(yellow, late, limitOf, hoursOn(5))).toBeNull();
});

test('a warning whose deadline passes is the lateness it warned of', () => {
  const lapsed = rules.lapse(blue, limitOf, hoursOn(4), 'not_accepted')?.order;
  expect(lapsed).toMatchObject({ colour: 'yellow', ground: 'not_accepted' });
  const told = { ...late, key: `late:${hoursOn(4).toISOString()}` };
  expect(lapsed && rules.meet(lapsed, told, limitOf, hoursOn(4))).toBeNull();
});

test('what is answered does not lapse; what is sent back counts anew', () => {
  const answered = rules.answer(blue, '明天到场', 'h1', hoursOn(1)).order;
  expect(rules.lapse(answered, limitOf, hoursOn(99))).toBeNull();
  expect(rules.sendBack(answered, '请写明时间', limitOf, hoursOn(2)).order.dueAt).toEqual(hoursOn(26));
});

test('near is a share of the time of the stage', () => {
  expect(nearAt(start, hoursOn(10), 80)).toEqual(hoursOn(8));
});

test('a lateness counts while the deadline it names still stands', () => {
  expect(latenessGround(lines, hoursOn(40))).toBe('late');
  expect(latenessGround(lines, hoursOn(39))).toBeNull();
  expect(latenessGround({ ...lines, stage: { ...handling, name: 'verification' } }, hoursOn(40))).toBeNull();
});

describe('what a step of the case does to the order', () => {
  const yellow = rules.meet(blue, late, limitOf, hoursOn(4))?.order ?? blue;
  test.each([
    ['case.closed', blue, { kind: 'end', why: 'case_over' }],
    ['case.closed', { ...yellow, ground: 'bad_rating' } as rules.Order, { kind: 'keep' }],
    ['case.reported_done', yellow, { kind: 'hold' }],
    ['case.reported_done', blue, { kind: 'end', why: 'done_in_time' }],
    ['case.extension_decided', yellow, { kind: 'move', dueAt: hoursOn(40) }],
    ['case.shelved', blue, { kind: 'end', why: 'shelved' }],
    ['case.resumed', yellow, { kind: 'restart' }],
    ['case.ruled', { ...yellow, addresseeId: 'roads' }, { kind: 'end', why: 'passed_on' }],
    ['case.started', yellow, { kind: 'keep' }],
  ] as const)('%s', (kind, order, expected) => {
    expect(follow(kind, order, lines)).toEqual(expected);
  });
});

describe('who may', () => {
  const who = (over: Partial<Standing>): Standing => ({
    userId: 'u1',
    organisationIds: [],
    inAddressee: false,
    inReviewer: false,
    supervisesArea: false,
    ...over,
  });
  const answered = rules.answer(blue, '明天到场', 'u1', hoursOn(1)).order;
  const red = { ...blue, colour: 'red', liftAskedBy: 'u1' } as const;

  test.each([
    ['answer', blue, who({ inAddressee: true }), null],
    ['answer', blue, who({ inReviewer: true }), 'supervision.not_your_part'],
    ['accept', answered, who({ inReviewer: true }), 'supervision.own_answer'],
    ['accept', answered, who({ userId: 'u2', inReviewer: true }), null],
    [
      'accept',
      answered,
      who({ userId: 'u2', inReviewer: true, organisationIds: ['housing'] }),
      'supervision.own_order',
    ],
    ['accept', blue, who({ inReviewer: true }), 'supervision.wrong_state'],
    ['lift', red, who({ supervisesArea: true }), 'supervision.second_person_needed'],
    ['lift', red, who({ userId: 'u2', supervisesArea: true }), null],
    ['climb', red, who({ inReviewer: true }), 'supervision.already_red'],
  ] as const)('%s', (action, order, standing, code) => {
    expect(refuseAction(action, order, standing)?.code ?? null).toBe(code);
  });
});

type Move = { readonly hours: number; readonly what: number };
const moves = fc.array(fc.record({ hours: fc.nat({ max: 40 }), what: fc.nat({ max: 7 }) }), { maxLength: 40 });

/** One move on an order; null when nothing comes of it. */
function play(order: rules.Order, { what }: Move, now: Date): rules.Change | null {
  const keys = order.triggers.length;
  switch (what) {
    case 0:
    case 1:
      return rules.lapse(order, limitOf, now);
    case 2:
      return rules.meet(order, { ...late, key: `late${keys % 3}` }, limitOf, now);
    case 3:
      return order.state === 'open' ? rules.answer(order, '办', 'h1', now) : null;
    case 4:
      return order.state === 'answered' ? rules.sendBack(order, '再办', limitOf, now) : null;
    case 5:
      return rules.move(order, null);
    case 6:
      return rules.move(order, new Date(now.getTime() + 5 * HOUR));
    default:
      return keys % 5 === 4 && !isOver(order.state) ? rules.end(order, 'case_over', now) : null;
  }
}

test('on random ways no order grows milder, none is counted twice, and an open one has a limit or says why not', () => {
  fc.assert(
    fc.property(moves, (made) => {
      let order = blue;
      let now = start;
      for (const move of made) {
        now = new Date(now.getTime() + move.hours * HOUR);
        if (isOver(order.state)) break;
        const change = play(order, move, now);
        if (!change) continue;
        expect(gravity(change.order.colour)).toBeGreaterThanOrEqual(gravity(order.colour));
        expect(change.order.version).toBe(order.version + 1);
        expect(change.order.triggers.length).toBe(new Set(change.order.triggers).size);
        const { state, dueAt, lapsed } = change.order;
        const held = change.events.some((event) => event.kind === 'held') || order.dueAt === null;
        expect(state !== 'open' || dueAt !== null || lapsed || held).toBe(true);
        expect(isOver(state) ? dueAt : null).toBeNull();
        order = change.order;
      }
      expect(COLOURS.includes(order.colour satisfies Colour)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
