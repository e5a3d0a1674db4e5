/** The words of the lifecycle: the same in rules, API paths, texts and tests. */
export const STATES = [
  'registered',
  'rejected',
  'referred',
  'merged',
  'dispatched',
  'accepted',
  'objected',
  'adjudicating',
  'in_progress',
  'extension_requested',
  'shelved',
  'reported_done',
  'verifying',
  'call_back',
  'closed',
  'returned',
  'withdrawn',
  'voided',
  'reopened',
] as const;
export type StateName = (typeof STATES)[number];

/** Actions that create a case; they have no state to start from. */
export const OPENING_ACTIONS = ['register', 'import'] as const;

/** Action → the resource under `/api/cases/:id/`; null for what only the system does. */
export const RESOURCES = {
  reject: 'rejection',
  refer: 'referral',
  record_route: 'route-outcome',
  merge: 'merger',
  adopt_duplicate: null,
  rehome: null,
  release_duplicate: null,
  dispatch: 'dispatch',
  accept: 'acceptance',
  object: 'objection',
  take_up: 'adjudication',
  rule: 'ruling',
  start: 'handling',
  request_extension: 'extension-request',
  decide_extension: 'extension-decision',
  shelve: 'shelving',
  resume: 'resumption',
  report_done: 'completion',
  begin_verification: 'verification',
  record_verification: 'verification-result',
  record_call_back: 'call-back',
  close: 'closure',
  rework: 'rework',
  withdraw: 'withdrawal',
  void: 'voiding',
  reopen: 'reopening',
  rate: 'rating',
  note: 'notes',
  reply: 'replies',
  settle: 'settlement',
  correct: 'correction',
  release: 'release',
  unrelease: 'release-end',
  attach: 'files',
  record_lateness: null,
  record_joint_step: null,
} as const;
export type Action = keyof typeof RESOURCES;
export const ACTIONS = Object.keys(RESOURCES) as readonly Action[];

/** What a person is to one case, by his posts or as the one who asked; he may be several. */
export const PARTIES = [
  'requester',
  'dispatcher',
  'lead',
  'assist',
  'grid_worker',
  'community_worker',
  'verifier',
  'supervisor',
  'evaluator',
  'administrator',
  'auditor',
  'system',
] as const;
export type Party = (typeof PARTIES)[number];

/** 'Not handled': each still sends an answer that says where to go instead. */
export const REJECTION_REASONS = [
  'emergency_line',
  'legal_route',
  'repeat_without_news',
  'secret_or_private',
  'beyond_public_duty',
  'unlawful_demand',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Lawful routes that are not ours to handle. */
export const ROUTES = [
  'petition',
  'litigation',
  'arbitration',
  'administrative_review',
  'discipline',
  'disclosure',
  'other_authority',
] as const;
export type Route = (typeof ROUTES)[number];

/** What the other route did with it: took it up (the clock goes on), or one of three endings. */
export const ROUTE_OUTCOMES = ['taken_up', 'decided', 'not_accepted', 'passed_on'] as const;
export type RouteOutcome = (typeof ROUTE_OUTCOMES)[number];

/** Stages with a running clock; `handling` runs on the total deadline, `route` on that of the lawful route. */
export const STAGES = [
  'dispatch',
  'acceptance',
  'adjudication',
  'handling',
  'rework',
  'review',
  'verification',
  'call_back',
  'route',
] as const;
export type Stage = (typeof STAGES)[number];

/** The stages for which the catalogue keeps amounts. */
export const DEADLINE_STAGES = [
  'total',
  'dispatch',
  'acceptance',
  'objection',
  'adjudication',
  'contact',
  'verification',
  'call_back',
  'rating',
  'reopen_window',
  'rework',
] as const;
export type DeadlineStage = (typeof DEADLINE_STAGES)[number];

/** Clocks that can run late: the running stage, the first contact beside it, the whole. */
export const CLOCK_NAMES = ['stage', 'contact', 'total'] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

/** Why a total clock stands still. `checking`: reported done, others look at it. `other_route`: a petition gone there. */
export const PAUSE_REASONS = ['conditions_missing', 'waiting_for_requester', 'checking', 'other_route'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];
/** Why a case is shelved (挂账). */
export const SHELVING_GROUNDS = ['conditions_missing', 'waiting_for_requester'] as const;
export type ShelvingGround = (typeof SHELVING_GROUNDS)[number];

export const SOLVED = ['solved', 'partly', 'unsolved'] as const;
export type Solved = (typeof SOLVED)[number];
export const SATISFACTION = ['satisfied', 'basically', 'unsatisfied'] as const;
export type Satisfaction = (typeof SATISFACTION)[number];

/**
 * How a case closed. `requester`: his own word. `verification`: someone independent checked it, and he was asked or
 * cannot be. `unreachable`: checked, and he did not answer. `imported`: it came closed, outside rates and rules.
 */
export const CLOSURES = ['requester', 'verification', 'unreachable', 'imported'] as const;
export type ClosureKind = (typeof CLOSURES)[number];

export const CHANNELS = ['portal', 'phone', 'counter', 'grid', 'import', 'letter', 'system'] as const;
export type Channel = (typeof CHANNELS)[number];
export const SENSITIVITIES = ['normal', 'confidential', 'sealed'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];
export const URGENCIES = ['normal', 'urgent'] as const;
export type Urgency = (typeof URGENCIES)[number];
/**
 * What a joint handling (街道吹哨、部门报到) or a duty call comes to, told in the file of the case it serves. What is legal there is the
 * rule of the module above.
 */
export const JOINT_STEPS = [
  'asked',
  'declined',
  'whistled',
  'cancelled',
  'called',
  'answered',
  'refused',
  'must_come',
  'excused',
  'arrived',
  'absent',
  'assigned',
  'part_done',
  'leave_asked',
  'leave_refused',
  'left',
  'lead_named',
  'overdue',
  'replaced',
  'gone',
  'closed',
  'rated',
  'whistle_rated',
  'ended',
  // An urgent matter sent to who is on duty.
  'duty_sent',
  'duty_at_centre',
  'duty_acknowledged',
  'duty_arrived',
  'duty_reported',
  'duty_closed',
  'duty_handed_over',
  'duty_stood_down',
  'duty_overdue',
] as const;
export type JointStep = (typeof JOINT_STEPS)[number];
export const CONTACT_WAYS = ['phone', 'visit', 'message'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];
export const VERIFICATION_WAYS = ['on_site', 'by_call'] as const;
export type VerificationWay = (typeof VERIFICATION_WAYS)[number];
/**
 * Who or what opened a closed case again, or sent a failed settlement to be dispatched. `call_back`: asked after the
 * closing, the requester said that it is not solved.
 */
export const REOPENING_GROUNDS = ['requester', 'officer', 'settlement_failed', 'call_back'] as const;
export type ReopeningGround = (typeof REOPENING_GROUNDS)[number];
