import fc from 'fast-check';
import { expect, test } from 'vitest';
import { availableActions, legalParty } from './actions.ts';
import { runningClocks } from './clocks.ts';
import type { Joint } from './state.ts';
import { contextFor, FAR, HERE, type Step, Story } from './testing/story.ts';
import { type Action, ACTIONS, isSettled, JOINT_STATES, MEMBER_STATES } from './words.ts';

/** Random people take random steps while time goes on and clocks fire; every check restates its rule on its own. */
const PEOPLE = ['town', 'village', 'county', 'housing', 'water', 'market', 'team', 'clock'] as const;
const move = fc.record({
  who: fc.constantFrom(...PEOPLE),
  action: fc.constantFrom(...ACTIONS),
  about: fc.constantFrom('housing', 'water', 'market', 'team'),
  seed: fc.nat({ max: 1000 }),
  minutes: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 12 }) }, { weight: 1, arbitrary: fc.nat({ max: 2000 }) }),
  /** Mostly a step that somebody may take; now and then any step by anybody. */
  wild: fc.nat({ max: 7 }).map((die) => die === 0),
});

const reached = new Map<string, number>();
const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);

function stepOf(action: Action, organisationId: string, seed: number): Step {
  const even = seed % 2 === 0;
  const reason = seed % 5 === 0 ? null : '说明';
  switch (action) {
    case 'confirm':
    case 'end':
      return { action };
    case 'decline':
    case 'cancel':
      return { action, reason: '说明' };
    case 'call':
      return { action, organisationId: 'team', task: '任务' };
    case 'answer':
      return { action, organisationId, remark: null };
    case 'refuse':
      return { action, organisationId, legalBasis: '依据', reason: '理由' };
    case 'rule':
      return { action, organisationId, ruling: even ? 'must_come' : 'excused', reason: '说明' };
    case 'arrive':
      return { action, organisationId, point: seed % 4 === 0 ? FAR : HERE };
    case 'assign':
      return { action, organisationId, task: '改任务', minutes: even ? null : (seed % 900) + 1 };
    case 'finish_part':
      return { action, organisationId, result: '好了', files: [] };
    case 'decide_leave':
      return { action, organisationId, granted: even, reason };
    case 'close':
      return { action, result: '结束' };
    case 'rate_member':
      return { action, organisationId, timeliness: even ? 'good' : 'poor', result: 'fair', reason };
    case 'rate_whistle':
      return { action, organisationId: seed % 3 === 0 ? null : organisationId, justified: even, needed: true, reason };
    case 'record_overdue':
      return { action, organisationId, clock: even ? 'arrival' : 'part' };
    case 'succeed':
      return { action, organisationId, successorId: even ? 'team' : null };
    case 'confirm_arrival':
    case 'release':
    case 'ask_leave':
    case 'name_lead':
      return { action, organisationId, reason: '说明' };
  }
}

/** Ways aside come up seldom, or no walk would reach its end. */
const RARE: readonly Action[] = ['end', 'cancel', 'succeed', 'assign', 'call'];

function offered(story: Story, seed: number): { who: string; action: Action; about: string } | null {
  const found = PEOPLE.flatMap((who) => {
    const context = contextFor(who, story.joint, story.now);
    return ACTIONS.flatMap((action) =>
      story.joint.members.flatMap(({ organisationId: about }) => {
        if (RARE.includes(action) && seed % 12 !== 0) return [];
        return 'refused' in legalParty(action, story.joint, context, about) ? [] : [{ who, action, about }];
      }),
    );
  });
  return found[seed % Math.max(1, found.length)] ?? null;
}

function faults(before: Joint, joint: Joint): string[] {
  const clocks = runningClocks(joint).map((one) => `${one.clock} ${one.organisationId}`);
  const open = joint.state === 'asked' || joint.state === 'called';
  const ids = joint.members.map((one) => one.organisationId);
  return [
    new Set(clocks).size === clocks.length ? '' : 'a clock runs twice',
    open || clocks.length === 0 ? '' : 'over, and a clock still runs',
    new Set(ids).size === ids.length ? '' : 'called twice',
    ids.includes(joint.leadId) ? '' : 'the lead was never called',
    (joint.endedAt === null) === open ? '' : 'open with an end, or over without one',
    before.members.every((one) => ids.includes(one.organisationId)) ? '' : 'a member vanished',
    joint.members.every((one) => new Set(one.late).size === one.late.length) ? '' : 'told late twice',
    joint.state !== 'closed' || joint.members.every((one) => isSettled(one.state)) ? '' : 'closed with a part open',
    joint.members.every((one) => one.state !== 'done' || one.arrivedAt !== null) ? '' : 'done without having come',
    joint.members.every((one) => one.state !== 'excused' || one.ruling === 'excused') ? '' : 'excused by nobody',
    joint.state !== 'called' || owedOrSettled(joint) ? '' : 'somebody owes a step and no clock watches it',
  ].filter((fault) => fault !== '');
}

/** Whoever owes something has a running clock, or has been told that he is late. */
function owedOrSettled(joint: Joint): boolean {
  const watched = new Set(runningClocks(joint).map((one) => one.organisationId));
  return joint.members.every((one) => isSettled(one.state) || watched.has(one.organisationId) || one.late.length > 0);
}

test('no random walk breaks a rule', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(move, { minLength: 5, maxLength: 70, size: 'max' }), (asked, moves) => {
      const story = new Story(asked ? { askerId: 'village' } : {});
      for (const made of moves) {
        story.pass(made.minutes).tick();
        const chosen = made.wild ? made : offered(story, made.seed);
        if (!chosen) continue;
        const before = story.joint;
        const refusal = story.tries(chosen.who, stepOf(chosen.action, chosen.about, made.seed >> 1));
        count(refusal?.code ?? `took ${chosen.action}`);
        count(story.joint.state);
        for (const member of story.joint.members) count(`member ${member.state}`);
        expect(faults(before, story.joint)).toEqual([]);
        if (refusal) expect(story.joint).toBe(before);
        else expect(story.joint.version).toBe(before.version + 1);
        expect(JSON.parse(JSON.stringify(story.joint))).toEqual(story.joint);
      }
    }),
    { numRuns: 1500 },
  );
});

test('the walks go everywhere, or they would prove nothing', () => {
  expect(JOINT_STATES.filter((state) => (reached.get(state) ?? 0) < 5)).toEqual([]);
  expect(MEMBER_STATES.filter((state) => (reached.get(`member ${state}`) ?? 0) < 5)).toEqual([]);
  expect(ACTIONS.filter((action) => (reached.get(`took ${action}`) ?? 0) < 3)).toEqual(['record_overdue']);
});

test('what the screen offers is what the table allows', () => {
  const story = new Story().pass(11);
  for (const who of PEOPLE) {
    const context = contextFor(who, story.joint, story.now);
    for (const shown of availableActions(story.joint, context)) {
      const found = legalParty(shown.action, story.joint, context, shown.organisationId);
      expect(shown.allowed).toBe(!('refused' in found));
    }
  }
});
