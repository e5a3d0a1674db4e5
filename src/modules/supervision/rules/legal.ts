import type { Refusal } from '../../../kit/result.ts';
import { refuse } from '../../../kit/result.ts';
import type { Order } from './order.ts';
import { type OrderAction, type OrderState, isOver } from './words.ts';

/** What the rules need of who acts: his posts by organisation and role, and whether they cover the order's area. */
export type Standing = {
  readonly userId: string;
  readonly organisationIds: readonly string[];
  /** Roles held in the order's addressee, reviewer; roles whose scope covers the order's area. */
  readonly inAddressee: boolean;
  readonly inReviewer: boolean;
  readonly supervisesArea: boolean;
};

type Guard = { readonly code: string; readonly holds: (order: Order, who: Standing) => boolean };
type Row = {
  readonly action: OrderAction;
  readonly from: readonly OrderState[];
  readonly who: (order: Order, who: Standing) => boolean;
  readonly guards: readonly Guard[];
};

/** The reviewing organisation, and supervisors of the area; who answered does not judge his own answer. */
const reviews = (_order: Order, who: Standing): boolean => who.inReviewer || who.supervisesArea;
const supervises = (_order: Order, who: Standing): boolean => who.supervisesArea;

const notOwnAnswer: Guard = {
  code: 'supervision.own_answer',
  holds: (order, who) => order.answeredBy !== who.userId,
};
/** An office does not release itself; a supervisor of the area may, for the county's own centre has nobody above. */
const notOwnOrder: Guard = {
  code: 'supervision.own_order',
  holds: (order, who) => !who.organisationIds.includes(order.addresseeId) || who.supervisesArea,
};
const notRed: Guard = { code: 'supervision.already_red', holds: (order) => order.colour !== 'red' };
const secondPerson: Guard = {
  code: 'supervision.second_person_needed',
  holds: (order, who) => order.liftAskedBy === null || order.liftAskedBy !== who.userId,
};
const liftAsked: Guard = { code: 'supervision.no_lift_asked', holds: (order) => order.liftAskedBy !== null };

/** The one table: who may do what with an order. Server and screen go by it. */
const LEGAL: readonly Row[] = [
  { action: 'answer', from: ['open'], who: (_order, who) => who.inAddressee, guards: [] },
  { action: 'accept', from: ['answered'], who: reviews, guards: [notOwnAnswer, notOwnOrder] },
  { action: 'send_back', from: ['answered'], who: reviews, guards: [notOwnAnswer, notOwnOrder] },
  { action: 'climb', from: ['open', 'answered'], who: reviews, guards: [notRed, notOwnOrder] },
  { action: 'lift', from: ['open', 'answered'], who: supervises, guards: [secondPerson] },
  { action: 'refuse_lift', from: ['open', 'answered'], who: supervises, guards: [liftAsked, secondPerson] },
];

/** Why the action is not for this person now, or null. */
export function refuseAction(action: OrderAction, order: Order, who: Standing): Refusal | null {
  const row = LEGAL.find((each) => each.action === action);
  if (!row?.who(order, who)) return refuse('supervision.not_your_part', { action });
  if (!row.from.includes(order.state)) {
    return refuse(isOver(order.state) ? 'supervision.order_over' : 'supervision.wrong_state', { state: order.state });
  }
  const failed = row.guards.find((guard) => !guard.holds(order, who));
  return failed ? refuse(failed.code) : null;
}
