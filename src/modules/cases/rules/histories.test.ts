import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import { clockTimers } from '../record.ts';
import { legalParty } from './actions.ts';
import { totalRuns } from './clocks.ts';
import { evolve } from './evolve.ts';
import { isOpen, responsibleOrganisation } from './responsible.ts';
import type { CaseState, StageClock } from './state.ts';
import { ORGANISATIONS } from './testing/cast.ts';
import { registration, Story } from './testing/story.ts';
import { begin, take, walk, type Walk } from './testing/walk.ts';

/**
 * Random histories under a simulated clock with the timers that the platform would have set: what is due fires first,
 * in order, as the workers do. The same histories each time, so that a red run can be run again; GONGZHI_SEED plays
 * others, GONGZHI_HISTORIES says how many.
 */
const SEED = Number(process.env['GONGZHI_SEED'] ?? 20_260_401);
const HISTORIES = Number(process.env['GONGZHI_HISTORIES'] ?? 10_000);
const KNOWN: readonly string[] = Object.values(ORGANISATIONS).map(({ id }) => id);

type Due = ReturnType<typeof clockTimers>[number];
/** Two stages may end at the same moment; a clock is told once for each. */
const keyOf = (timer: Due, { clocks }: CaseState): string =>
  `${timer.name} ${timer.name === 'stage' ? clocks.stage?.name : ''} ${timer.dueAt.toISOString()}`;

/** The timer table of one case: rewritten when what it should hold changed, as `recordState` does. */
class Timers {
  #set: readonly Due[] = [];
  readonly fired: string[] = [];
  readonly wrong: string[] = [];

  follow(before: CaseState | null, state: CaseState): void {
    const wanted = clockTimers(1, state);
    if (before && JSON.stringify(clockTimers(1, before)) === JSON.stringify(wanted)) return;
    if (new Set(wanted.map((timer) => timer.name)).size !== wanted.length) this.wrong.push('a timer set twice');
    this.#set = wanted;
  }

  /** Fires what is due, one after the other, each in a step of its own that may set others. */
  fire(story: Story): void {
    for (let guard = 0; guard < 20; guard += 1) {
      const due = this.#set
        .filter((timer) => timer.dueAt <= story.now)
        .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
      const [next] = due;
      if (!next) return;
      this.#set = this.#set.filter((timer) => timer !== next);
      const before = story.case;
      const key = keyOf(next, before);
      const refused = story.tries('clock', { action: 'record_lateness', clock: next.name });
      if (refused) this.wrong.push(`the timer ${key} fired for nothing: ${refused.code}`);
      if (this.fired.includes(key)) this.wrong.push(`told twice: ${key}`);
      this.fired.push(key);
      this.follow(before, story.case);
    }
    this.wrong.push('timers without an end');
  }

  /** A clock that ran out and was told by nobody. */
  lost(story: Story): string[] {
    return clockTimers(1, story.case)
      .filter((timer) => timer.dueAt <= story.now)
      .map((timer) => `lost: ${keyOf(timer, story.case)} in ${story.case.state}`);
  }
}

/** Every open case has a running clock and one organisation that answers, of those there are. */
function standing(state: CaseState): string[] {
  const { stage } = state.clocks;
  const open = isOpen(state);
  return [
    open && !stage ? `open without a clock in ${state.state}` : '',
    !open && (stage || totalRuns(state)) ? `over and a clock runs in ${state.state}` : '',
    KNOWN.includes(responsibleOrganisation(state)) ? '' : `nobody answers in ${state.state}`,
  ].filter((fault) => fault !== '');
}

function play(made: Walk): { story: Story; timers: Timers; faults: string[] } {
  const story = begin(made.beginning);
  const timers = new Timers();
  timers.follow(null, story.case);
  const faults: string[] = standing(story.case);
  for (const move of made.moves) {
    const before = story.case;
    // Time passes first; what fell due meanwhile is told before anybody acts.
    story.pass(move.hours);
    timers.fire(story);
    faults.push(...timers.lost(story));
    const acted = story.case;
    if (take(story, { ...move, hours: 0 })) timers.follow(acted, story.case);
    if (story.case !== before) faults.push(...standing(story.case));
  }
  return { story, timers, faults: [...faults, ...timers.wrong] };
}

/** The stages of a case follow each other without gap or overlap from its beginning to its end, reopenings anew. */
function stagesTile({ events }: Story): string[] {
  const faults: string[] = [];
  let state: CaseState | null = null;
  let running: StageClock | null = null;
  let spent = 0;
  for (const event of events) {
    const before: CaseState | null = state;
    state = evolve(state, event);
    const { stage, total } = state.clocks;
    const began = before === null || total.startedAt !== before.clocks.total.startedAt;
    if (running && (stage === null || stage.startedAt !== running.startedAt || stage.name !== running.name)) {
      spent += Date.parse(event.at) - Date.parse(running.startedAt);
      if (stage && stage.startedAt !== event.at) faults.push(`a gap before ${stage.name} at ${event.kind}`);
    }
    if (running && (stage === null || began)) {
      const whole = Date.parse(event.at) - Date.parse(before?.clocks.total.startedAt ?? event.at);
      if (spent !== whole) faults.push(`stages took ${spent} ms of ${whole} ms until ${event.kind}`);
    }
    if (began) spent = 0;
    running = stage;
  }
  return faults;
}

const reached = new Map<string, number>();
const count = (what: string): unknown => reached.set(what, (reached.get(what) ?? 0) + 1);

test(`${HISTORIES} histories: no timer is lost or doubled, every open case has a clock and one office, stages add up`, {
  timeout: 900_000,
}, () => {
  process.stdout.write(`histories: GONGZHI_SEED=${SEED}, ${HISTORIES} histories\n`);
  fc.assert(
    fc.property(walk, (made) => {
      const { story, timers, faults } = play({ ...made, moves: made.moves.slice(0, 30) });
      expect([...faults, ...stagesTile(story)]).toEqual([]);
      for (const fired of timers.fired) count(`fired ${fired.split(' ')[0]}`);
      for (const event of story.events) count(event.kind);
    }),
    { numRuns: HISTORIES, seed: SEED },
  );
  const told = ['fired stage', 'fired total', 'fired contact', 'closed', 'shelved', 'extension_decided', 'reopened'];
  expect(told.filter((what) => (reached.get(what) ?? 0) < HISTORIES / 1000)).toEqual([]);
});

/** A master and those whose requests are merged into it. */
type Joining = { readonly joined: readonly number[]; readonly end: number };
const joining: fc.Arbitrary<Joining> = fc.record({
  joined: fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 5 }),
  end: fc.nat({ max: 2 }),
});

test('merged callers are never dropped: each keeps his own word when the master has ended', {
  timeout: 300_000,
}, () => {
  fc.assert(
    fc.property(joining, ({ joined, end }) => {
      const master = Story.inProgress({ caseId: 'master' });
      const others = joined.map((seed, index) => {
        const story = Story.registered({ ...registration(), caseId: `caller-${index}`, contactable: seed % 7 !== 0 });
        const facts = { id: 'master', number: '1', state: master.case.state, closedAt: null, masterCaseId: null };
        story.now = master.now;
        story.set({ master: facts }).does('dong', { action: 'merge', masterCaseId: 'master', reason: '同一盏灯' });
        master.does('clock', { action: 'adopt_duplicate', duplicateId: story.case.id });
        return story;
      });
      expect(master.case.duplicateIds).toEqual(others.map((story) => story.case.id));
      const closed = Story.closed().case;
      const ended = end === 0 ? ('withdrawn' as const) : closed.state;
      const closedAt = end === 0 ? null : master.now.toISOString();
      for (const story of others) {
        story.set({ master: { id: 'master', number: '1', state: ended, closedAt, masterCaseId: null } });
        expect(story.case.requesterId).toBe('requester-1');
        const may = (action: Parameters<typeof legalParty>[0], who: Parameters<Story['context']>[0]) =>
          !isRefusal(legalParty(action, story.case, story.context(who)));
        // His own call-back and rating after an answer; his own way again when there was none.
        const heard = closedAt === null ? may('reopen', 'li') : may('rate', 'li');
        expect(heard).toBe(true);
        if (closedAt !== null && story.case.contactable) expect(may('record_call_back', 'dong')).toBe(true);
      }
    }),
    { numRuns: Math.min(HISTORIES, 2000), seed: SEED },
  );
});
