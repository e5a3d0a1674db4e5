import { isRefusal, type Refusal } from '../../../../kit/result.ts';
import { HOUR } from '../../../../kit/time.ts';
import type { Deadline } from '../../../../kit/deadline.ts';
import type { Actor } from '../../../../platform/auth/actor.ts';
import { chineseCalendar, workClock } from '../../../catalogue/rules/clock.ts';
import { actingAtOpening, actingOn } from '../../standing.ts';
import type { CaseCommand, Command, ImportCommand, RegisterCommand } from '../commands.ts';
import { type CaseSettings, type Context, defaultSettings, type DispatchTarget, type MasterFacts } from '../context.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../events.ts';
import type { CaseState } from '../state.ts';
import type { DeadlineStage } from '../words.ts';
import { AREA, CAST, CLASSES, type ClassName, ORGANISATIONS, org, POINT, type Who } from './cast.ts';

export const clock = workClock(chineseCalendar());

export const DEADLINES: Readonly<Record<DeadlineStage, Deadline>> = {
  total: { amount: 5, clock: 'working_days' },
  dispatch: { amount: 2, clock: 'office_hours' },
  acceptance: { amount: 4, clock: 'office_hours' },
  objection: { amount: 1, clock: 'working_days' },
  adjudication: { amount: 2, clock: 'working_days' },
  contact: { amount: 24, clock: 'round_the_clock' },
  verification: { amount: 2, clock: 'working_days' },
  call_back: { amount: 2, clock: 'working_days' },
  rating: { amount: 10, clock: 'working_days' },
  reopen_window: { amount: 15, clock: 'working_days' },
  rework: { amount: 3, clock: 'working_days' },
};

export const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`);

type Without<T> = T extends unknown ? Omit<T, 'expectedVersion'> : never;
export type Step = Without<CaseCommand>;
export type Surroundings = {
  readonly className?: ClassName;
  readonly suggestion?: string;
  readonly listed?: readonly string[];
  readonly master?: MasterFacts;
  readonly settings?: Partial<CaseSettings>;
  readonly areaOpen?: boolean;
  readonly pointInside?: boolean | null;
  readonly classOpen?: boolean;
};

/** Every organisation of the cast as a target; villages only when listed. */
function targets(listed: readonly string[]): DispatchTarget[] {
  return Object.values(ORGANISATIONS).map(({ id, level }) => ({
    organisationId: id,
    level,
    active: id !== org('gone'),
    entry: level !== 'village' || listed.includes(id) ? { id: `entry-${id}`, number: '12' } : null,
  }));
}

export function contextFor(actor: Actor, state: CaseState | null, now: Date, around: Surroundings = {}): Context {
  return {
    now,
    acting: state === null ? actingAtOpening(actor, AREA) : actingOn(actor, state),
    deadline: (stage) => DEADLINES[stage],
    clock,
    settings: { ...defaultSettings, ...around.settings },
    lastEvent: { kind: 'noted', at: now.toISOString(), actorName: 'dong' },
    classFacts: { ...CLASSES[around.className ?? 'lamp'], open: around.classOpen ?? true },
    place: { areaOpen: around.areaOpen ?? true, pointInside: around.pointInside ?? true },
    targets: targets(around.listed ?? []),
    suggestion: around.suggestion === undefined ? null : { organisationId: around.suggestion },
    master: around.master ?? null,
  };
}

export function registration(changes: Partial<RegisterCommand> = {}): RegisterCommand {
  return {
    action: 'register',
    caseId: 'case-1',
    number: '20240304-000001-3',
    areaCode: AREA,
    point: POINT,
    channel: 'portal',
    urgency: 'normal',
    confidential: false,
    commandCentreId: org('centre'),
    requesterId: 'requester-1',
    requesterCommitment: 'c0ffee',
    contactable: true,
    publicConsent: true,
    openedAt: null,
    title: '路灯不亮',
    description: '三号路口的路灯坏了一周',
    place: '三号路口',
    files: [],
    settlement: null,
    ...changes,
  };
}

export function importation(changes: Partial<ImportCommand> = {}): ImportCommand {
  return {
    action: 'import',
    caseId: 'case-1',
    number: '20180304-000001-2',
    areaCode: AREA,
    point: null,
    urgency: 'normal',
    commandCentreId: org('centre'),
    source: 'old',
    sourceId: '17',
    openedAt: '2018-03-04T02:00:00.000Z',
    handledAt: '2018-03-06T02:00:00.000Z',
    closedAt: '2018-03-07T02:00:00.000Z',
    solved: null,
    satisfaction: null,
    title: '路灯',
    description: '路灯坏了',
    place: null,
    answer: '已修',
    ...changes,
  };
}

export type RecordedEvent = Decision['events'][number];

/** One case on its way, told as given / when / then. Begins on Monday 2024-03-04, 09:00 in Shanghai. */
export class Story {
  state: CaseState | null = null;
  events: RecordedEvent[] = [];
  now = at('2024-03-04 09:00');
  around: Surroundings;

  constructor(around: Surroundings = {}) {
    this.around = around;
  }

  /** A case that `li` registered. */
  static registered(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    const story = new Story(around);
    story.open('li', registration(changes));
    return story;
  }

  /** Registered and dispatched to the water bureau. */
  static dispatched(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    return Story.registered(changes, around).does('dong', toWater);
  }

  static inProgress(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    return Story.dispatched(changes, around).does('shui', { action: 'accept' }).does('shui', { action: 'start' });
  }

  static reportedDone(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    return Story.inProgress(changes, around).does('shui', done);
  }

  static verifying(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    return Story.reportedDone(changes, around).does('yan', { action: 'begin_verification' });
  }

  static callBack(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    return Story.verifying(changes, around).does('yan', onSite());
  }

  static closed(changes: Partial<RegisterCommand> = {}, around: Surroundings = {}): Story {
    return Story.callBack(changes, around).does('dong', called('solved'));
  }

  get case(): CaseState {
    if (this.state === null) throw new Error('no case yet');
    return this.state;
  }

  get last(): RecordedEvent {
    const event = this.events.at(-1);
    if (!event) throw new Error('nothing happened yet');
    return event;
  }

  kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  context(who: Who): Context {
    return contextFor(CAST[who], this.state, this.now, this.around);
  }

  /** Hours pass. */
  pass(hours: number): this {
    this.now = new Date(this.now.getTime() + hours * HOUR);
    return this;
  }

  until(text: string): this {
    this.now = at(text);
    return this;
  }

  set(around: Surroundings): this {
    this.around = { ...this.around, ...around };
    return this;
  }

  open(who: Who, command: RegisterCommand | ImportCommand): Decision | Refusal {
    return this.take(decide(null, command, this.context(who)));
  }

  /** Decides and records; answers the refusal, if any. */
  tries(who: Who, step: Step, expectedVersion = this.case.version): Refusal | null {
    const command = { ...step, expectedVersion } as Command;
    const result = this.take(decide(this.case, command, this.context(who)));
    return isRefusal(result) ? result : null;
  }

  /** The code with which the step is refused; null when it was taken. */
  refuses(who: Who, step: Step): string | null {
    return this.tries(who, step)?.code ?? null;
  }

  /** Takes a step that must be allowed. */
  does(who: Who, step: Step): this {
    const refusal = this.tries(who, step);
    if (refusal) throw new Error(`${who} ${step.action}: ${refusal.code} ${JSON.stringify(refusal.details)}`);
    return this;
  }

  private take(result: Decision | Refusal): Decision | Refusal {
    if (isRefusal(result)) return result;
    this.state = result.state;
    this.events.push(...result.events);
    return result;
  }
}

/** Where somebody is sent who is not helped here. */
export const elsewhere = { where: '县法院', phone: '0713-1234567', address: null } as const;

/** Steps that many stories take. */
export const toWater: Step = {
  action: 'dispatch',
  leadId: org('water'),
  assistIds: [org('power')],
  reason: null,
  instruction: null,
};
export const done: Step = { action: 'report_done', result: '已换灯', files: ['photo-1'] };
export const objection: Step = { action: 'object', legalBasis: '城市道路照明规定第三条', reason: '归电力局' };

export function ruling(kind: 'designate' | 'redirect', leadId: string, assistIds: readonly string[] = []): Step {
  return { action: 'rule', kind, leadId, assistIds, reason: '按责任清单' };
}

export function onSite(passed = true): Step {
  return {
    action: 'record_verification',
    passed,
    how: 'on_site',
    point: POINT,
    answer: null,
    finding: passed ? '灯亮了' : '灯还是不亮',
    files: ['photo-2'],
  };
}

export function called(solved: 'solved' | 'partly' | 'unsolved', sendBack = false, remark: string | null = null): Step {
  const satisfaction = solved === 'solved' ? 'satisfied' : 'basically';
  return { action: 'record_call_back', answer: { solved, satisfaction }, sendBack, remark };
}
export const missed: Step = { action: 'record_call_back', answer: null, sendBack: false, remark: null };

export function rating(solved: 'solved' | 'partly' | 'unsolved'): Step {
  return { action: 'rate', solved, satisfaction: 'basically', comment: null };
}
export const reopening: Step = { action: 'reopen', reason: '又坏了', files: [] };
export const shelving: Step = {
  action: 'shelve',
  ground: 'conditions_missing',
  ownerOrganisationId: org('roads'),
  reviewOn: '2024-03-18',
  endOn: '2024-06-28',
  reason: '等道路改造',
};
export const settlement: Step = {
  action: 'settle',
  result: '当场清走',
  beforeFiles: ['photo-a'],
  afterFiles: ['photo-b'],
};
