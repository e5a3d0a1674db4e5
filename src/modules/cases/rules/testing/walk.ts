import fc from 'fast-check';
import { isRefusal } from '../../../../kit/result.ts';
import { addDays, dayOf } from '../../../../kit/time.ts';
import { actingOn } from '../../standing.ts';
import { legalParty } from '../actions.ts';
import { availableActions } from '../available.ts';
import type { CaseCommand } from '../commands.ts';
import type { MasterFacts } from '../context.ts';
import { decide } from '../decide.ts';
import type { CaseState } from '../state.ts';
import { type Action, ACTIONS, JOINT_STEPS, SATISFACTION, SOLVED } from '../words.ts';
import { AREA, CAST, type ClassName, CLASSES, org, POINT, type Who } from './cast.ts';
import { contextFor, elsewhere, importation, registration, type Step, Story, type Surroundings } from './story.ts';

/** One move of a walk: who tries what, after how long. Numbers are reduced to what there is to choose from. */
export type Move = {
  readonly who: number;
  readonly action: number;
  /** Chooses among the details of the command. */
  readonly detail: number;
  readonly hours: number;
  /** True: any action by anybody, legal or not; false: one that the table offers to somebody. */
  readonly wild: boolean;
  readonly stale: boolean;
};

const number = fc.nat({ max: 1_000_000 });
const move: fc.Arbitrary<Move> = fc.record({
  who: number,
  action: number,
  detail: number,
  hours: fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 6 }) }, { weight: 1, arbitrary: fc.nat({ max: 900 }) }),
  wild: fc.nat({ max: 9 }).map((die) => die === 0),
  stale: fc.nat({ max: 29 }).map((die) => die === 0),
});

export type Walk = { readonly beginning: number; readonly moves: readonly Move[] };
export const walk: fc.Arbitrary<Walk> = fc.record({
  beginning: number,
  moves: fc.array(move, { minLength: 1, maxLength: 60, size: 'max' }),
});

const PEOPLE = Object.keys(CAST) as readonly Who[];
const CLASS_NAMES = Object.keys(CLASSES) as readonly ClassName[];

function pick<T>(from: readonly T[], seed: number): T {
  const found = from[seed % from.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}

/** How the case of a walk begins: mostly registered, sometimes settled at once or imported. */
export function begin(seed: number): Story {
  const drawn = pick(CLASS_NAMES, seed);
  const className = drawn === 'petition' && seed % 3 !== 0 ? 'lamp' : drawn;
  const story = new Story({ className, listed: seed % 3 === 0 ? [org('village')] : [] });
  const contactable = seed % 5 !== 0;
  const kind = Math.floor(seed / 100) % 12;
  if (kind === 0) story.open('clock', importation());
  else if (kind === 1) story.open('clock', importation({ closedAt: null, handledAt: null }));
  else if (kind < 4 && className === 'rubbish') {
    const settlement = { result: '清走了', beforeFiles: ['a'], afterFiles: ['b'] };
    story.open('wang', registration({ settlement, contactable, channel: 'grid' }));
  } else story.open('li', registration({ contactable, publicConsent: seed % 2 === 0 }));
  return story;
}

/** What happened to one move. */
export type Outcome = {
  readonly who: Who;
  readonly step: Step;
  readonly before: CaseState;
  readonly code: string | null;
};

/** Takes one move of a walk; time goes on whether it is refused or not. */
export function take(story: Story, made: Move): Outcome | null {
  story.pass(made.hours);
  const around = surroundings(story, made.detail);
  const offered = made.wild ? everything() : offers(story, around);
  // Where all that is left is to add notes, few are added.
  const idle = offered.length === 0 || (!made.wild && offered.length < 9 && made.detail % 8 !== 0);
  if (idle) return null;
  const [who, action] = pick(offered, made.who * 31 + made.action);
  const step = command(action, story, made.detail);
  const before = story.case;
  const version = made.stale ? before.version - 1 : before.version;
  story.set(around);
  return { who, step, before, code: story.tries(who, step, version)?.code ?? null };
}

function everything(): (readonly [Who, Action])[] {
  return PEOPLE.flatMap((who) => ACTIONS.map((action) => [who, action] as const));
}

/** Steps that carry a case to its end come up most, side ways less; the rest by few people, so as not to drown it. */
const ONWARD: readonly Action[] = [
  'dispatch',
  'accept',
  'object',
  'take_up',
  'rule',
  'start',
  'report_done',
  'begin_verification',
  'record_verification',
  'record_call_back',
  'close',
  'rate',
  'rework',
  'resume',
  'reopen',
];
const ASIDE: Readonly<Partial<Record<Action, number>>> = {
  request_extension: 8,
  decide_extension: 8,
  shelve: 2,
  settle: 6,
  refer: 1,
  merge: 1,
};
const BUSY: readonly Who[] = ['dong', 'shui', 'li', 'clock'];

function weightOf(action: Action, who: Who): number {
  if (ONWARD.includes(action)) return 12;
  return ASIDE[action] ?? (BUSY.includes(who) ? 1 : 0);
}

function offers(story: Story, around: Surroundings): (readonly [Who, Action])[] {
  const found: (readonly [Who, Action])[] = [];
  const context = contextFor(CAST.dong, story.case, story.now, around);
  for (const who of PEOPLE) {
    const theirs = { ...context, acting: actingOn(CAST[who], story.case) };
    for (const action of ACTIONS) {
      const weight = weightOf(action, who);
      if (weight === 0 || isRefusal(legalParty(action, story.case, theirs))) continue;
      for (let count = 0; count < weight; count += 1) found.push([who, action]);
    }
  }
  return found;
}

function surroundings(story: Story, seed: number): Surroundings {
  const states = ['in_progress', 'closed', 'withdrawn'] as const;
  const state = pick(states, seed);
  const master: MasterFacts = {
    id: 'case-9',
    number: '9',
    state,
    closedAt: state === 'closed' ? story.now.toISOString() : null,
    masterCaseId: null,
  };
  const changed = seed % 7 === 0 ? { className: pick(CLASS_NAMES, seed) } : {};
  return { ...story.around, ...changed, master };
}

/** What there is to choose from where a walk goes: invented offices, or those of a real county. */
export type Ground = {
  readonly now: Date;
  readonly state: CaseState;
  readonly organisations: readonly string[];
  /** Who owns what is shelved, and takes over what an office leaves. */
  readonly owner: string;
  readonly area: string;
  readonly master: string;
  readonly classCode: string;
  /** Photos that can be taken along. */
  readonly photos: readonly string[];
};

/** A command with details chosen by `seed`: mostly sound, now and then with something missing. */
export function command(action: Action, story: Story, seed: number): Step {
  return commandOn(action, seed, {
    now: story.now,
    state: story.case,
    organisations: (['water', 'power', 'roads', 'village', 'gone'] as const).map(org),
    owner: org('roads'),
    area: AREA,
    master: 'case-9',
    classCode: CLASSES[story.around.className ?? 'lamp'].code,
    photos: [`photo-${seed}`],
  });
}

export function commandOn(action: Action, seed: number, ground: Ground): Step {
  const { organisations, owner, state } = ground;
  const sound = seed % 11 !== 0;
  const text = sound ? '说明' : '';
  const files = sound ? ground.photos : [];
  const answer = { solved: pick(SOLVED, seed), satisfaction: pick(SATISFACTION, seed >> 2) };
  const leadId = pick(organisations, seed);
  const assistIds = seed % 4 === 0 ? [pick(organisations, seed >> 3)] : [];
  const today = dayOf(ground.now);
  switch (action) {
    case 'reject':
      return { action, reason: 'beyond_public_duty', answer: text, ...elsewhere };
    case 'refer':
      return { action, route: 'petition', ...elsewhere, answer: text, routeDeadline: null };
    case 'record_route':
      return { action, outcome: seed % 2 === 0 ? 'taken_up' : 'decided', report: text };
    case 'merge':
      return { action, masterCaseId: sound ? ground.master : state.id, reason: text };
    case 'adopt_duplicate':
    case 'release_duplicate':
      return { action, duplicateId: `case-${seed}` };
    case 'rehome': {
      const from = state.dispatch?.leadId ?? leadId;
      const succession = seed % 2 === 0 ? { from, to: owner } : null;
      return { action, areaCode: ground.area, commandCentreId: state.commandCentreId, succession };
    }
    case 'dispatch':
      return { action, leadId, assistIds, reason: text, instruction: null };
    case 'rule':
      return { action, kind: seed % 2 === 0 ? 'designate' : 'redirect', leadId, assistIds, reason: text };
    case 'object':
      return { action, legalBasis: text, reason: text };
    case 'accept':
    case 'take_up':
    case 'start':
    case 'begin_verification':
      return { action };
    case 'request_extension':
      return { action, amount: (seed % 32) + 1, reason: text };
    case 'decide_extension':
      return { action, granted: seed % 2 === 0, amount: null, reason: text };
    case 'shelve': {
      const ground = seed % 2 === 0 ? 'conditions_missing' : 'waiting_for_requester';
      const [reviewOn, endOn] = [addDays(today, (seed % 40) - 1), addDays(today, seed % 90)];
      return { action, ground, ownerOrganisationId: owner, reviewOn, endOn, reason: text };
    }
    case 'resume':
    case 'withdraw':
    case 'void':
    case 'unrelease':
    case 'rework':
      return { action, reason: text };
    case 'report_done':
      return { action, result: text, files };
    case 'record_verification': {
      const byCall = seed % 3 === 0 || ground.photos.length === 0;
      const how = byCall ? 'by_call' : 'on_site';
      return {
        action,
        passed: seed % 4 !== 0,
        how,
        point: POINT,
        answer: byCall ? answer : null,
        finding: text,
        files,
      };
    }
    case 'record_call_back':
      return seed % 3 === 0
        ? { action, answer: null, declined: seed % 2 === 0, sendBack: false, remark: text }
        : { action, answer, sendBack: seed % 5 === 0, remark: text };
    case 'close':
      return { action, explanation: text };
    case 'reopen':
      return { action, reason: text, files: [] };
    case 'rate':
      return { action, ...answer, comment: null };
    case 'note':
      return { action, text, contact: seed % 2 === 0 ? 'phone' : null, files: [] };
    case 'reply':
      return { action, text, files: [] };
    case 'settle':
      return { action, result: text, beforeFiles: files, afterFiles: files };
    case 'correct':
      return {
        action,
        areaCode: null,
        point: null,
        commandCentreId: null,
        classCode: seed % 2 === 0 ? null : ground.classCode,
        urgency: 'urgent',
        reason: text,
      };
    case 'release':
      return { action, answer: null, title: text, text, areaCode: ground.area.slice(0, 12), point: null, files: [] };
    case 'attach':
      return { action, files, text: null };
    case 'record_lateness':
      return { action, clock: pick(['stage', 'contact', 'total'], seed) };
    case 'record_joint_step': {
      const step = pick(JOINT_STEPS, seed);
      const told = { jointId: 'joint-1', organisationId: leadId, by: 'dong', texts: { reason: text }, files: [] };
      return {
        action,
        step,
        joins: step === 'whistled' ? [leadId] : [],
        leaves: step === 'left' ? [leadId] : [],
        ...told,
      };
    }
  }
}

/** True when the screen and the server agree on every action for one person. */
export function disagreement(story: Story, who: Who, seed: number): string | null {
  const context = contextFor(CAST[who], story.case, story.now, story.around);
  for (const shown of availableActions(story.case, context)) {
    if (shown.allowed) continue;
    const sent = { ...command(shown.action, story, seed), expectedVersion: story.case.version } as CaseCommand;
    const result = decide(story.case, sent, context);
    if (!isRefusal(result) || result.code !== shown.code) return shown.action;
  }
  return null;
}
