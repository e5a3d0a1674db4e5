/** The words of supervision: the same in rules, tables, API and texts. */
export const COLOURS = ['blue', 'yellow', 'red'] as const;
export type Colour = (typeof COLOURS)[number];

/** `accepted`, `lifted` and `ended` are over; the rest asks something of somebody. */
export const ORDER_STATES = ['open', 'answered', 'accepted', 'lifted', 'ended'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Why an order was raised, or climbed. */
export const GROUNDS = [
  'near_due',
  'late',
  'not_accepted',
  'sent_back',
  'bad_rating',
  'unresolved',
  'shelving_over',
  'undecided',
  'queue_waiting',
  'joint_overdue',
  'duty_overdue',
  'by_hand',
] as const;
export type Ground = (typeof GROUNDS)[number];

/** Queues that nobody may leave lying: those of a command centre, and answers that wait for review. */
export const WATCHED_QUEUES = ['to_dispatch', 'disputes', 'to_verify', 'to_call_back', 'answers'] as const;
export type WatchedQueue = (typeof WATCHED_QUEUES)[number];

export const ORDER_EVENTS = [
  'issued',
  'climbed',
  'repeated',
  'answered',
  'sent_back',
  'accepted',
  'lift_asked',
  'lift_refused',
  'lifted',
  'lapsed',
  'moved',
  'held',
  'readdressed',
  'ended',
] as const;
export type OrderEventKind = (typeof ORDER_EVENTS)[number];

/** Why an order ended without an answer: what it demanded came to pass, or is another's now. */
export const ENDINGS = [
  'done_in_time',
  'extended',
  'shelved',
  'passed_on',
  'objected',
  'case_over',
  'cleared',
  'decided',
  'handling_over',
] as const;
export type Ending = (typeof ENDINGS)[number];

export const LEADER_OUTCOMES = ['settled', 'not_settled', 'handed_over'] as const;
export type LeaderOutcome = (typeof LEADER_OUTCOMES)[number];

export const ORDER_ACTIONS = ['answer', 'accept', 'send_back', 'climb', 'lift', 'refuse_lift'] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

export function isOver(state: OrderState): boolean {
  return state === 'accepted' || state === 'lifted' || state === 'ended';
}

/** How grave a colour is: blue 0, yellow 1, red 2. */
export function gravity(colour: Colour): number {
  return COLOURS.indexOf(colour);
}
