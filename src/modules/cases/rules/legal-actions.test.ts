import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import { LEGAL_ACTIONS, legalParty } from './actions.ts';
import { availableActions } from './available.ts';
import type { CaseCommand } from './commands.ts';
import type { Acting, Context } from './context.ts';
import { decide } from './decide.ts';
import { CAST, org } from './testing/cast.ts';
import { SAMPLES } from './testing/samples.ts';
import { called, contextFor, elsewhere, objection, reopening, shelving, Story } from './testing/story.ts';
import { type Action, ACTIONS, PARTIES, type Party, type StateName, STATES } from './words.ts';

/**
 * Who may do what in which state: the table a person reviews. Rows are actions, columns states; a letter stands for a
 * party that may take the action, a letter with a digit for one that is refused by the numbered reason, a dot for
 * nobody. A party with no letter in the row is refused with `cases.not_your_part` everywhere; one with a letter
 * elsewhere in the row with `cases.wrong_state`.
 */
const LETTERS: Readonly<Record<string, Party>> = {
  R: 'requester',
  D: 'dispatcher',
  L: 'lead',
  A: 'assist',
  G: 'grid_worker',
  C: 'community_worker',
  V: 'verifier',
  S: 'supervisor',
  E: 'evaluator',
  M: 'administrator',
  U: 'auditor',
  Y: 'system',
};
/** Parties that often go together: officers, the case's people, who checks on site, who calls back, who takes down. */
const GROUPS: Readonly<Record<string, string>> = { '*': 'DLAGCVSEM', '+': 'RDLAGCV', c: 'GCV', k: 'DVE', '-': 'RDS' };
const REASONS: Readonly<Record<string, string>> = {
  1: 'cases.not_verified_yet',
  2: 'cases.master_still_open',
  3: 'cases.verification_claimed',
  4: 'cases.verification_not_yours',
  5: 'cases.call_back_outstanding',
  6: 'cases.not_released',
  7: 'cases.already_answered',
  8: 'cases.not_merged_here',
};

const GOLDEN = `
                     reg  rej  ref  mer  dis  acc  obj  adj  inp  ext  she  don  ver  cal  clo  ret  wit  voi  reo
reject               D    .    .    .    .    .    .    D    .    .    .    .    .    .    .    .    .    .    .
refer                D    .    .    .    .    .    .    D    .    .    .    .    .    .    .    .    .    .    D
record_route         .    .    D    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
merge                DY   .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    DY
adopt_duplicate      DY   .    .    .    DY   DY   DY   DY   DY   DY   DY   DY   DY   DY   .    DY   .    .    DY
rehome               Y    .    Y    .    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    .    Y    .    .    Y
release_duplicate    Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8   Y8
dispatch             D    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    D
accept               .    .    .    .    L    .    .    .    .    .    .    .    .    .    .    .    .    .    .
object               .    .    .    .    L    .    .    .    .    .    .    .    .    .    .    .    .    .    .
take_up              .    .    .    .    .    .    D    .    .    .    .    .    .    .    .    .    .    .    .
rule                 .    .    .    .    .    .    .    D    .    .    .    .    .    .    .    .    .    .    .
start                .    .    .    .    .    L    .    .    .    .    .    .    .    .    .    .    .    .    .
request_extension    .    .    .    .    .    .    .    .    L    .    .    .    .    .    .    .    .    .    .
decide_extension     .    .    .    .    .    .    .    .    .    DS   .    .    .    .    .    .    .    .    .
shelve               .    .    .    .    .    .    .    .    DS   .    DS   .    .    .    .    DS   .    .    .
resume               .    .    .    .    .    .    .    .    .    .    DLS  .    .    .    .    .    .    .    .
report_done          .    .    .    .    .    .    .    .    L    L    .    .    .    .    .    .    .    .    .
begin_verification   .    .    .    .    .    .    .    .    .    .    .    c    c3   .    .    .    .    .    .
record_verification  .    .    .    .    .    .    .    .    .    .    .    .    c4   .    .    .    .    .    .
record_call_back     .    .    .    k2   .    .    .    .    .    .    .    k1   .    k    k7   .    .    .    .
close                .    .    .    .    .    .    .    .    .    .    .    .    .    D5S5 .    .    .    .    .
rework               .    .    .    .    .    .    .    .    .    .    .    .    .    DVS  .    L    .    .    .
withdraw             R    .    .    .    R    R    R    R    R    R    R    .    .    .    .    R    .    .    R
void                 DM   .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
reopen               .    .    .    R2DS .    .    .    .    .    .    .    .    .    .    RDS  .    .    .    .
rate                 .    .    .    R2   .    .    .    .    .    .    .    R1   .    R    R    .    .    .    .
note                 *    *    *    *    *    *    *    *    *    *    *    *    *    *    *    *    *    *    *
reply                DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  DLS  .    DLS
settle               GC   .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
correct              D    .    .    .    .    .    .    D    .    .    .    .    .    .    .    .    .    .    D
release              D    .    D    .    D    D    D    D    D    D    D    D    D    D    D    D    .    .    D
unrelease            -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6   -6
attach               +    .    +    .    +    +    +    +    +    +    +    +    +    +    .    +    .    .    +
record_lateness      Y    .    Y    .    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    .    Y    .    .    Y
record_joint_step    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y    Y
`;

const master = { id: 'case-9', number: '9', state: 'registered', closedAt: null, masterCaseId: null } as const;

/** The cases the table is tried on: contactable, published with consent, of a class that may be settled on the spot. */
function fixtures(): Readonly<Record<StateName, Story>> {
  const rubbish = { className: 'rubbish' } as const;
  const make = (from: (changes: object, around: typeof rubbish) => Story) => from({}, rubbish);
  const say = { answer: '请找别处', reason: '理由' };
  return {
    registered: make(Story.registered),
    rejected: make(Story.registered).does('dong', {
      action: 'reject',
      reason: 'legal_route',
      answer: say.answer,
      ...elsewhere,
    }),
    referred: make(Story.registered).does('dong', {
      action: 'refer',
      route: 'litigation',
      ...elsewhere,
      answer: say.answer,
      routeDeadline: null,
    }),
    merged: make(Story.registered)
      .set({ master })
      .does('dong', { action: 'merge', masterCaseId: 'case-9', reason: say.reason }),
    dispatched: make(Story.dispatched),
    accepted: make(Story.dispatched).does('shui', { action: 'accept' }),
    objected: make(Story.dispatched).does('shui', objection),
    adjudicating: make(Story.dispatched).does('shui', objection).does('dong', { action: 'take_up' }),
    in_progress: make(Story.inProgress),
    extension_requested: make(Story.inProgress).does('shui', {
      action: 'request_extension',
      amount: 2,
      reason: say.reason,
    }),
    shelved: make(Story.inProgress).does('dong', shelving),
    reported_done: make(Story.reportedDone),
    verifying: make(Story.verifying),
    call_back: make(Story.callBack),
    closed: make(Story.closed),
    returned: make(Story.callBack).does('dong', called('unsolved', true)),
    withdrawn: make(Story.registered).does('li', { action: 'withdraw', reason: say.reason }),
    voided: make(Story.registered).does('dong', { action: 'void', reason: say.reason }),
    reopened: make(Story.closed).does('li', reopening),
  };
}

/** A person who is this party and nothing else, of the party's own organisation. */
function actingAs(party: Party): Acting {
  const organisation = party === 'lead' ? org('water') : party === 'assist' ? org('power') : org('county');
  const person = party === 'requester' || party === 'system';
  return {
    id: `the-${party}`,
    standing: new Map([[party, person ? null : organisation]]),
    organisationIds: person ? [] : [organisation],
  };
}

function contextAs(party: Party, story: Story): Context {
  return { ...contextFor(CAST.dong, story.case, story.now, { master }), acting: actingAs(party) };
}

type Expected = ReadonlyMap<Action, ReadonlyMap<StateName, ReadonlyMap<Party, string>>>;

/** Reads the table: action → state → party → 'allowed' or the reason's code. */
function readGolden(): Expected {
  const [, ...rows] = GOLDEN.trim().split('\n');
  return new Map(
    rows.map((line) => {
      const [action, ...cells] = line.trim().split(/\s+/);
      expect(cells, `columns of ${action}`).toHaveLength(STATES.length);
      const byState = STATES.map((state, column) => [state, readCell(cells[column] ?? '')] as const);
      return [action as Action, new Map(byState)];
    }),
  );
}

function readCell(cell: string): ReadonlyMap<Party, string> {
  const found = new Map<Party, string>();
  for (const [, sign = '', digit] of cell.matchAll(/([A-Zck*+-])(\d?)/g)) {
    for (const letter of GROUPS[sign] ?? sign) {
      const party = LETTERS[letter];
      if (!party) throw new Error(`unknown letter ${letter}`);
      found.set(party, digit ? (REASONS[digit] ?? `unknown reason ${digit}`) : 'allowed');
    }
  }
  return found;
}

function expected(golden: Expected, action: Action, state: StateName, party: Party): string {
  const row = golden.get(action);
  const here = row?.get(state)?.get(party);
  if (here) return here;
  const inOther = [...(row?.values() ?? [])].some((cell) => cell.has(party));
  return inOther ? 'cases.wrong_state' : 'cases.not_your_part';
}

describe('the table of legal actions', () => {
  const golden = readGolden();
  const stories = fixtures();

  it('has a row for every action and a case for every state', () => {
    expect([...golden.keys()].sort()).toEqual([...ACTIONS].sort());
    for (const state of STATES) expect(stories[state].case.state).toBe(state);
    expect(new Set(LEGAL_ACTIONS.map((rule) => rule.action))).toEqual(new Set(ACTIONS));
  });

  it.each(STATES)('says in %s for every action and party what a person reviewed', (state) => {
    const story = stories[state];
    for (const party of PARTIES) {
      const context = contextAs(party, story);
      for (const action of ACTIONS) {
        const found = legalParty(action, story.case, context);
        const got = isRefusal(found) ? found.code : 'allowed';
        expect(got, `${party} ${action} in ${state}`).toBe(expected(golden, action, state, party));
        if (got === 'allowed') expect(found).toBe(party);
      }
    }
  });

  it.each(STATES)('is what the server decides by and the screen shows in %s', (state) => {
    const story = stories[state];
    const expectedVersion = story.case.version;
    for (const party of PARTIES) {
      const context = contextAs(party, story);
      for (const shown of availableActions(story.case, context)) {
        // Allowed wherever a clock may run, and then refused because none has run out.
        if (shown.action === 'record_lateness') continue;
        const result = decide(story.case, { ...SAMPLES[shown.action], expectedVersion } as CaseCommand, context);
        const code = isRefusal(result) ? result.code : null;
        expect(shown.code, `${party} ${shown.action} in ${state}`).toBe(code);
        expect(shown.allowed).toBe(code === null);
      }
    }
  });
});
