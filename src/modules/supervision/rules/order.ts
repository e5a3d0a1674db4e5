import type { Colour, Ending, Ground, OrderEventKind, OrderState, WatchedQueue } from './words.ts';
import { gravity, isOver } from './words.ts';

/** An order (督办单) as the rules know it. */
export type Order = {
  readonly id: string;
  readonly version: number;
  readonly matter: string;
  readonly caseId: string;
  readonly queue: WatchedQueue | null;
  readonly areaCode: string;
  /** Null for a queue. */
  readonly lane: string | null;
  readonly addresseeId: string;
  /** Null: the clock issued it. */
  readonly issuerId: string | null;
  readonly issuedBy: string;
  readonly reviewerId: string;
  readonly ground: Ground;
  readonly triggers: readonly string[];
  readonly colour: Colour;
  readonly state: OrderState;
  readonly demand: string | null;
  readonly issuedAt: Date;
  readonly colourSince: Date;
  readonly dueAt: Date | null;
  readonly lapsed: boolean;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly liftAskedBy: string | null;
  readonly liftReason: string | null;
  readonly endedAt: Date | null;
};

/** What happened to an order; the store appends it and writes the order beside it. */
export type OrderEvent = {
  readonly kind: OrderEventKind;
  readonly ground: Ground | Ending | null;
  readonly words: string | null;
};
export type Change = { readonly order: Order; readonly events: readonly OrderEvent[] };

/** Something that calls for an order. `key` names the occasion, so that it counts once however often it is told. */
export type Trigger = { readonly ground: Ground; readonly colour: Colour; readonly key: string };

/** Until when an order of a colour is to be answered, counted from `from`. */
export type LimitOf = (colour: Colour, from: Date) => Date;

/** What a new order is made of. */
export type Beginning = Pick<
  Order,
  | 'id'
  | 'matter'
  | 'caseId'
  | 'queue'
  | 'areaCode'
  | 'lane'
  | 'addresseeId'
  | 'issuerId'
  | 'issuedBy'
  | 'reviewerId'
  | 'demand'
>;

function event(kind: OrderEventKind, ground: OrderEvent['ground'] = null, words: string | null = null): OrderEvent {
  return { kind, ground, words };
}

function changed(order: Order, patch: Partial<Order>, ...events: readonly OrderEvent[]): Change {
  return { order: { ...order, ...patch, version: order.version + 1 }, events };
}

/** A new order. A blue one by the clock lasts until the deadline it warns of; every other as long as its colour. */
export function issue(beginning: Beginning, trigger: Trigger, dueAt: Date, now: Date): Change {
  const order: Order = {
    ...beginning,
    version: 1,
    ground: trigger.ground,
    triggers: [trigger.key],
    colour: trigger.colour,
    state: 'open',
    issuedAt: now,
    colourSince: now,
    dueAt,
    lapsed: false,
    answeredBy: null,
    answeredAt: null,
    liftAskedBy: null,
    liftReason: null,
    endedAt: null,
  };
  return { order, events: [event('issued', trigger.ground, beginning.demand)] };
}

/**
 * A trigger meets the open order of its matter: a graver one climbs in the same order and asks anew, also when an
 * answer waits; an equal or lesser one is put on record. Null: this occasion has been counted already.
 */
export function meet(order: Order, trigger: Trigger, limitOf: LimitOf, now: Date): Change | null {
  if (isOver(order.state) || order.triggers.includes(trigger.key)) return null;
  const triggers = [...order.triggers, trigger.key];
  if (gravity(trigger.colour) > gravity(order.colour)) return climb(order, trigger, limitOf, now, triggers);
  // What stood still because the work was reported done runs again once it proves not to be.
  const dueAt = order.state === 'open' && order.dueAt === null ? limitOf(order.colour, now) : order.dueAt;
  return changed(order, { triggers, dueAt }, event('repeated', trigger.ground));
}

function climb(order: Order, trigger: Trigger, limitOf: LimitOf, now: Date, triggers: readonly string[]): Change {
  const { colour, ground } = trigger;
  const patch = { colour, ground, triggers, state: 'open', colourSince: now, dueAt: limitOf(colour, now) } as const;
  // Who asked to lift the milder order did not ask for this one.
  return changed(order, { ...patch, liftAskedBy: null, liftReason: null }, event('climbed', ground));
}

/**
 * The limit of an open order passed: blue becomes yellow, yellow red; a red one is told upward once and stays. Null
 * when nothing lapsed: answered, moved meanwhile, over. `lateAs` is the ground on which a warning turns yellow.
 */
export function lapse(order: Order, limitOf: LimitOf, now: Date, lateAs: Ground = 'late'): Change | null {
  if (order.state !== 'open' || order.dueAt === null || order.dueAt > now) return null;
  if (order.colour === 'red') return changed(order, { dueAt: null, lapsed: true }, event('lapsed', order.ground));
  const colour = order.colour === 'blue' ? 'yellow' : 'red';
  const ground = order.ground === 'near_due' ? lateAs : order.ground;
  const key = order.ground === 'near_due' ? `late:${order.dueAt.toISOString()}` : `lapse:${order.dueAt.toISOString()}`;
  return climb(order, { ground, colour, key }, limitOf, now, [...order.triggers, key]);
}

/** Made graver by hand, with a reason. */
export function raiseByHand(order: Order, colour: Colour, reason: string, limitOf: LimitOf, now: Date): Change {
  const triggers = [...order.triggers, `hand:${order.version}`];
  const raised = climb(order, { ground: 'by_hand', colour, key: '' }, limitOf, now, triggers);
  return { ...raised, events: [event('climbed', 'by_hand', reason)] };
}

export function answer(order: Order, words: string, by: string, now: Date): Change {
  const patch = { state: 'answered', answeredBy: by, answeredAt: now, dueAt: null } as const;
  return changed(order, patch, event('answered', null, words));
}

export function accept(order: Order, words: string | null, now: Date): Change {
  return changed(order, { state: 'accepted', endedAt: now, dueAt: null }, event('accepted', null, words));
}

/** Not answered well: the limit of its colour runs anew. */
export function sendBack(order: Order, reason: string, limitOf: LimitOf, now: Date): Change {
  const patch = { state: 'open', dueAt: limitOf(order.colour, now), answeredBy: null, answeredAt: null } as const;
  return changed(order, patch, event('sent_back', null, reason));
}

/** One person lifts a blue or yellow order; a red one only asks, and a second person lifts. */
export function lift(order: Order, reason: string, by: string, now: Date): Change {
  if (order.colour === 'red' && order.liftAskedBy === null) {
    return changed(order, { liftAskedBy: by, liftReason: reason }, event('lift_asked', null, reason));
  }
  return changed(order, { state: 'lifted', endedAt: now, dueAt: null }, event('lifted', null, reason));
}

export function refuseLift(order: Order, reason: string): Change {
  return changed(order, { liftAskedBy: null, liftReason: null }, event('lift_refused', null, reason));
}

export function end(order: Order, why: Ending, now: Date): Change {
  return changed(order, { state: 'ended', endedAt: now, dueAt: null }, event('ended', why));
}

/** Another limit, because the case's own moved; null stands still. What is answered has no limit to move. */
export function move(order: Order, dueAt: Date | null): Change | null {
  if (order.state !== 'open' || order.lapsed || order.dueAt?.getTime() === dueAt?.getTime()) return null;
  return changed(order, { dueAt }, event(dueAt === null ? 'held' : 'moved'));
}

/** The addressee was abolished; its successor answers, in a matter of its own where matters go by office. */
export function readdress(order: Order, addresseeId: string, reviewerId: string, matter = order.matter): Change {
  return changed(order, { addresseeId, reviewerId, matter }, event('readdressed'));
}
