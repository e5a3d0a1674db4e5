import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from './chain.ts';
import { evolve } from './evolve.ts';
import { isOpen, responsibleOrganisation } from './responsible.ts';
import type { CaseState } from './state.ts';
import { CAST, ORGANISATIONS, org } from './testing/cast.ts';
import { chained } from './testing/chained.ts';
import type { RecordedEvent, Story } from './testing/story.ts';
import { begin, disagreement, type Outcome, take, type Walk, walk } from './testing/walk.ts';
import { STATES } from './words.ts';

/**
 * Random people take random steps while time goes on: 1,200 walks of up to 60 steps, one play of them for all that
 * must hold. Every check is an independent restatement of its rule, from the events alone.
 */
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const WALKS = 1200;

const reached = new Map<string, number>();
const count = (what: string): unknown => reached.set(what, (reached.get(what) ?? 0) + 1);

function folded(events: readonly RecordedEvent[]): CaseState | null {
  return events.reduce<CaseState | null>((state, event) => evolve(state, event), null);
}

function organisationsOf(actorId: string): readonly string[] {
  const person = Object.values(CAST).find((actor) => actor.kind === 'officer' && actor.userId === actorId);
  return person?.kind === 'officer' ? person.posts.map((post) => post.organisationId) : [];
}

/** Plays a walk; looks at the case at its beginning and after every step. */
function play({ beginning, moves }: Walk, look: (story: Story, outcome: Outcome | null) => void): Story {
  const story = begin(beginning);
  look(story, null);
  for (const made of moves) {
    const outcome = take(story, made);
    if (outcome) look(story, outcome);
  }
  return story;
}

/** What is wrong with the case after a step; nothing, if the rules are right. */
function faults(story: Story, outcome: Outcome | null): string[] {
  const { case: state, events } = story;
  count(state.state);
  if (outcome) count(outcome.code ?? `took ${outcome.step.action}`);
  return [
    outcome?.code && state !== outcome.before ? 'a refused step left a trace' : '',
    state.version === events.length ? '' : 'version and events differ',
    ...answerFaults(state),
    ...clockFaults(state),
  ].filter((fault) => fault !== '');
}

const KNOWN: readonly string[] = Object.values(ORGANISATIONS).map(({ id }) => id);
const PAUSED: readonly string[] = ['shelved', 'reported_done', 'verifying', 'call_back', 'referred'];

function answerFaults(state: CaseState): string[] {
  const { stage, contact, total } = state.clocks;
  const open = isOpen(state);
  const standing = total.pauses.filter((pause) => pause.to === null).length;
  return [
    KNOWN.includes(responsibleOrganisation(state)) ? '' : 'nobody answers',
    (stage !== null) === open ? '' : 'open without a stage clock, or over with one',
    open || contact === null ? '' : 'over, and still waiting for contact',
    state.state !== 'shelved' || stage?.name === 'review' ? '' : 'shelved without a review',
    standing === (open && PAUSED.includes(state.state) ? 1 : 0) ? '' : `${standing} pauses open in ${state.state}`,
  ];
}

function clockFaults({ clocks, late }: CaseState): string[] {
  const { stage, contact, total } = clocks;
  const told = late.map((one) => `${one.clock} ${one.name} ${one.dueAt}`);
  const valid = [stage, contact, total].every((clock) => !clock || new Date(clock.dueAt).toISOString() === clock.dueAt);
  return [
    valid ? '' : 'a due time that is none',
    total.pauses.every((pause) => pause.to === null || pause.to >= pause.from)
      ? ''
      : 'a pause that ends before it began',
    total.extensions.every((extension) => extension.to > extension.from) ? '' : 'an extension that shortens',
    new Set(told).size === told.length ? '' : 'told late twice',
  ];
}

/** No closing without an independent person's check or the requester's own word, both of the same round. */
function closedRight(events: readonly RecordedEvent[], at: number): void {
  const earlier = events.slice(0, at);
  const before = folded(earlier);
  const begun = earlier.findLastIndex((event) => event.kind === 'reopened' || event.kind === 'returned');
  const round = earlier.slice(begun + 1);
  const handling = new Set([before?.dispatch?.leadId, ...(before?.dispatch?.assistIds ?? [])]);
  const worked = new Set(
    earlier.filter((event) => event.party === 'lead' && event.kind !== 'objected').map((event) => event.actorId),
  );
  const outsider = ({ actorId }: RecordedEvent): boolean =>
    !worked.has(actorId) && !organisationsOf(actorId).some((id) => handling.has(id));
  const justified = round.some((event) => {
    if (event.kind === 'verified') return event.payload.passed && outsider(event);
    if (event.kind === 'called_back') return event.payload.answer?.solved === 'solved' && outsider(event);
    return event.kind === 'rated' && event.party === 'requester' && event.payload.solved === 'solved';
  });
  expect(justified, `closed by ${round.map((event) => event.kind)}`).toBe(true);
}

function nothingLost(story: Story): void {
  const stored = JSON.parse(JSON.stringify(story.events)) as RecordedEvent[];
  expect(stored.map((event) => event.seq)).toEqual(stored.map((_, index) => index + 1));
  expect(folded(stored)).toEqual(story.case);
  expect(JSON.parse(JSON.stringify(story.case))).toEqual(story.case);
}

function chainHolds({ events }: Story, seed: number): void {
  const { stored, end } = chained('case-1', events, sha256);
  expect(verifyChain(stored, end, sha256)).toEqual({ ok: true, erased: [] });
  const seq = (seed % stored.length) + 1;
  const tampered = stored.map((event) => (event.seq === seq ? { ...event, actorId: 'another' } : event));
  expect(verifyChain(tampered, end, sha256)).toMatchObject({ ok: false, seq });
  expect(verifyChain(stored.slice(0, seq - 1), end, sha256)).toMatchObject({ ok: false, seq });
}

/** Designated is not objected to, nobody objects twice or rules on his own objection, only the requester rates. */
function disputesRight(story: Story): void {
  let designated = false;
  const objectors: string[] = [];
  for (const event of story.events) {
    if (event.kind === 'dispatched' || event.kind === 'ruled') {
      if (event.kind === 'ruled') expect(organisationsOf(event.actorId)).not.toContain(objectors.at(-1));
      const { dispatch } = event.payload;
      designated = dispatch.designated;
      if ([dispatch.leadId, ...dispatch.assistIds].includes(org('village'))) {
        expect(story.around.listed, 'given to a village off the list').toContain(org('village'));
      }
      expect(folded(story.events.slice(0, event.seq))?.caseClass.petition, 'a petition was handled').toBe(false);
    }
    if (event.kind === 'objected') {
      expect(designated).toBe(false);
      expect(objectors).not.toContain(event.payload.organisationId);
      objectors.push(event.payload.organisationId);
    }
    if (event.kind === 'rated') expect(event.party).toBe('requester');
  }
}

describe('on random walks', () => {
  it('no rule is ever broken', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(walk, fc.nat(), (made, seed) => {
        const wrong: string[] = [];
        const story = play(made, (now, outcome) => wrong.push(...faults(now, outcome)));
        expect(wrong).toEqual([]);
        for (const [at, event] of story.events.entries()) if (event.kind === 'closed') closedRight(story.events, at);
        nothingLost(story);
        chainHolds(story, seed);
        disputesRight(story);
      }),
      { numRuns: WALKS },
    );
  });

  it('and the walks go everywhere, or they would prove nothing', () => {
    expect(STATES.filter((state) => (reached.get(state) ?? 0) < 5)).toEqual([]);
    const wanted = ['took object', 'took close', 'took rate', 'took reopen', 'took settle', 'cases.stale_version'];
    expect(wanted.filter((what) => (reached.get(what) ?? 0) < 3)).toEqual([]);
  });

  it('the screen and the server agree on what is not allowed, and why', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(walk, fc.nat(), (made, seed) => {
        const story = play(made, () => {});
        for (const who of Object.keys(CAST) as (keyof typeof CAST)[]) expect(disagreement(story, who, seed)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });
});
