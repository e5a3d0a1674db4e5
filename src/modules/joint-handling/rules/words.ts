/** The words of joint handling: the same in rules, addresses, texts and tests. */

/** The three lawful reasons to whistle: what people ask for, enforcement that needs several offices, an emergency. */
export const GROUNDS = ['public_demand', 'joint_enforcement', 'emergency'] as const;
export type Ground = (typeof GROUNDS)[number];

/** `asked`: a community asked its town. `ended`: the case it served is over. */
export const JOINT_STATES = ['asked', 'declined', 'called', 'closed', 'cancelled', 'ended'] as const;
export type JointState = (typeof JOINT_STATES)[number];
export const OPEN_STATES = ['asked', 'called'] as const satisfies readonly JointState[];

export const MEMBER_STATES = [
  'called',
  'refused',
  'coming',
  'arrived',
  'leave_asked',
  'done',
  'left',
  'excused',
  'absent',
  'replaced',
  'gone',
] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

/** A part is settled when nothing more is owed on it. */
const SETTLED: ReadonlySet<MemberState> = new Set(['done', 'left', 'excused', 'absent', 'replaced', 'gone']);
export function isSettled(state: MemberState): boolean {
  return SETTLED.has(state);
}

/** Action → the resource under `/api/joint-handlings/:id/`; null for what only the system does. */
export const RESOURCES = {
  confirm: 'confirmation',
  decline: 'declining',
  cancel: 'cancellation',
  call: 'calls',
  answer: 'answer',
  refuse: 'refusal',
  rule: 'ruling',
  arrive: 'arrival',
  confirm_arrival: 'arrival-confirmation',
  release: 'absence',
  assign: 'assignment',
  finish_part: 'part',
  ask_leave: 'leave-request',
  decide_leave: 'leave-decision',
  name_lead: 'lead',
  close: 'closure',
  rate_member: 'rating',
  rate_whistle: 'whistle-rating',
  record_overdue: null,
  succeed: null,
  end: null,
} as const;
export type Action = keyof typeof RESOURCES;
export const ACTIONS = Object.keys(RESOURCES) as readonly Action[];

/** What somebody is to one joint handling, by his posts. */
export const PARTIES = ['asker', 'whistler', 'lead', 'member', 'centre', 'system'] as const;
export type Party = (typeof PARTIES)[number];

/** Deadlines that run: the town confirms what a community asked, a called office answers, arrives and does its part. */
export const CLOCKS = ['confirmation', 'answer', 'ruling', 'arrival', 'part'] as const;
export type Clock = (typeof CLOCKS)[number];

export const MARKS = ['good', 'fair', 'poor'] as const;
export type Mark = (typeof MARKS)[number];
