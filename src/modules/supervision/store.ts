import { sql } from 'kysely';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { publishAll } from '../../platform/outbox/outbox.ts';
import { clearTimers, setTimer } from '../../platform/timers/timers.ts';
import type { Change, Order, OrderEvent } from './rules/order.ts';
import type { Colour, Ground, OrderEventKind, OrderState, WatchedQueue } from './rules/words.ts';
import { isOver } from './rules/words.ts';

export const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** Fires when an open order's limit passes; its subject is the order. */
export const LAPSE_TIMER = 'supervision.lapse';

export type OrderRow = {
  id: string;
  version: number;
  matter: string;
  case_id: string;
  queue: WatchedQueue | null;
  area_code: string;
  lane: string | null;
  addressee_id: string;
  issuer_id: string | null;
  issued_by: string;
  reviewer_id: string;
  ground: Ground;
  triggers: string[];
  colour: Colour;
  state: OrderState;
  demand: string | null;
  issued_at: Date;
  colour_since: Date;
  due_at: Date | null;
  lapsed: boolean;
  answered_by: string | null;
  answered_at: Date | null;
  lift_asked_by: string | null;
  lift_reason: string | null;
  ended_at: Date | null;
};

export const ORDER_COLUMNS = sql`o.id, o.version, o.matter, o.case_id, o.queue, o.area_code, o.lane, o.addressee_id, o.issuer_id,
  o.issued_by, o.reviewer_id, o.ground, o.triggers, o.colour, o.state, o.demand, o.issued_at, o.colour_since, o.due_at,
  o.lapsed, o.answered_by, o.answered_at, o.lift_asked_by, o.lift_reason, o.ended_at`;

export function toOrder(row: OrderRow): Order {
  return {
    id: row.id,
    version: row.version,
    matter: row.matter,
    caseId: row.case_id,
    queue: row.queue,
    areaCode: row.area_code,
    lane: row.lane,
    addresseeId: row.addressee_id,
    issuerId: row.issuer_id,
    issuedBy: row.issued_by,
    reviewerId: row.reviewer_id,
    ground: row.ground,
    triggers: row.triggers,
    colour: row.colour,
    state: row.state,
    demand: row.demand,
    issuedAt: row.issued_at,
    colourSince: row.colour_since,
    dueAt: row.due_at,
    lapsed: row.lapsed,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at,
    liftAskedBy: row.lift_asked_by,
    liftReason: row.lift_reason,
    endedAt: row.ended_at,
  };
}

/** One order by id; null when there is none. `lock` keeps others from changing it until the transaction ends. */
export async function findOrder(tx: ReadTx, id: string, lock = false): Promise<Order | null> {
  const { rows } = await sql<OrderRow>`
    SELECT ${ORDER_COLUMNS} FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.id = ${id}::uuid ${lock ? sql`FOR UPDATE` : sql``}`.execute(tx);
  return rows[0] ? toOrder(rows[0]) : null;
}

/** The open order of a matter, locked. */
export async function openOrderOf(tx: WriteTx, matter: string): Promise<Order | null> {
  const { rows } = await sql<OrderRow>`
    SELECT ${ORDER_COLUMNS} FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.matter = ${matter} AND o.state IN ('open', 'answered') FOR UPDATE`.execute(tx);
  return rows[0] ? toOrder(rows[0]) : null;
}

/** The open orders about a case in every matter whose name begins so, locked; a handful at most. */
export async function openOrdersUnder(tx: WriteTx, caseId: string, prefix: string): Promise<readonly Order[]> {
  const { rows } = await sql<OrderRow>`
    SELECT ${ORDER_COLUMNS} FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.case_id = ${caseId}::uuid AND starts_with(o.matter, ${prefix})
      AND o.state IN ('open', 'answered')
    ORDER BY o.id FOR UPDATE`.execute(tx);
  return rows.map(toOrder);
}

/** Whether an occasion was counted in any order of the matter, over or not. */
export async function isCounted(tx: ReadTx, caseId: string, matter: string, key: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.case_id = ${caseId}::uuid AND o.matter = ${matter} AND ${key} = ANY(o.triggers)
    LIMIT 1`.execute(tx);
  return rows.length > 0;
}

export type Told = {
  readonly actor: Actor;
  readonly organisationId: string | null;
  /** Above the addressee, by line and by area; told of yellow and red. */
  readonly superiorIds: readonly string[];
};

/** Writes what the rules decided: the order, its history, its timer and what others may follow. */
export async function record(tx: WriteTx, told: Told, change: Change, now: Date): Promise<Order> {
  const { order } = change;
  await (order.version === 1 ? insertOrder(tx, order) : updateOrder(tx, order));
  await insertEvents(tx, told, change, now);
  await clearTimers(tx, told.actor.tenant, LAPSE_TIMER, order.id);
  if (order.state === 'open' && order.dueAt) {
    await setTimer(tx, { tenant: told.actor.tenant, kind: LAPSE_TIMER, subject: order.id, dueAt: order.dueAt });
  }
  await publishAll(
    tx,
    change.events.map((event) => outboxEvent(told, order, event, now)),
  );
  return order;
}

async function insertOrder(tx: WriteTx, order: Order): Promise<void> {
  await sql`
    INSERT INTO supervision.supervision_order (tenant_id, id, version, matter, case_id, queue, area_code, lane, addressee_id,
      issuer_id, issued_by, reviewer_id, ground, triggers, colour, state, demand, issued_at, colour_since, due_at)
    VALUES (${tenant}, ${order.id}::uuid, 1, ${order.matter}, ${order.caseId}::uuid, ${order.queue}, ${order.areaCode},
      ${order.lane}, ${order.addresseeId}::uuid, ${order.issuerId}::uuid, ${order.issuedBy}, ${order.reviewerId}::uuid, ${order.ground},
      ${[...order.triggers]}::text[], ${order.colour}, ${order.state}, ${order.demand}, ${order.issuedAt},
      ${order.colourSince}, ${order.dueAt})`.execute(tx);
}

async function updateOrder(tx: WriteTx, order: Order): Promise<void> {
  const done = await sql`
    UPDATE supervision.supervision_order SET version = ${order.version}, matter = ${order.matter}, addressee_id = ${order.addresseeId}::uuid,
      reviewer_id = ${order.reviewerId}::uuid, ground = ${order.ground}, triggers = ${[...order.triggers]}::text[],
      colour = ${order.colour}, state = ${order.state}, colour_since = ${order.colourSince}, due_at = ${order.dueAt},
      lapsed = ${order.lapsed}, answered_by = ${order.answeredBy}, answered_at = ${order.answeredAt},
      lift_asked_by = ${order.liftAskedBy}, lift_reason = ${order.liftReason}, ended_at = ${order.endedAt}
    WHERE tenant_id = ${tenant} AND id = ${order.id}::uuid AND version = ${order.version - 1}`.execute(tx);
  if (done.numAffectedRows !== 1n) throw new Error(`order ${order.id} changed while it was being changed`);
}

async function insertEvents(tx: WriteTx, told: Told, { order, events }: Change, now: Date): Promise<void> {
  for (const event of events) {
    await sql`
      INSERT INTO supervision.order_event (tenant_id, order_id, seq, kind, at, actor_id, organisation_id, colour, ground,
        words, due_at)
      VALUES (${tenant}, ${order.id}::uuid,
        (SELECT coalesce(max(seq), 0) + 1 FROM supervision.order_event
         WHERE tenant_id = ${tenant} AND order_id = ${order.id}::uuid),
        ${event.kind}, ${now}, ${actorId(told.actor)}, ${told.organisationId}::uuid, ${order.colour}, ${event.ground},
        ${event.words}, ${order.dueAt})`.execute(tx);
  }
}

function outboxEvent(told: Told, order: Order, event: OrderEvent, now: Date) {
  return {
    tenant: told.actor.tenant,
    kind: `supervision.${event.kind}`,
    subject: order.id,
    at: now,
    payload: {
      caseId: order.caseId,
      matter: order.matter,
      queue: order.queue,
      areaCode: order.areaCode,
      addresseeId: order.addresseeId,
      reviewerId: order.reviewerId,
      superiorIds: [...told.superiorIds],
      colour: order.colour,
      ground: order.ground,
      state: order.state,
      over: isOver(order.state),
      dueAt: order.dueAt?.toISOString() ?? null,
      actorId: actorId(told.actor),
    },
  };
}

export type EventRow = {
  order_id: string;
  seq: number;
  kind: OrderEventKind;
  at: Date;
  actor_id: string;
  organisation_id: string | null;
  colour: Colour;
  ground: string | null;
  words: string | null;
  due_at: Date | null;
};

/** The history of several orders, oldest first. */
export async function eventsOf(tx: ReadTx, orderIds: readonly string[]): Promise<readonly EventRow[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<EventRow>`
    SELECT order_id, seq, kind, at, actor_id, organisation_id, colour, ground, words, due_at
    FROM supervision.order_event WHERE tenant_id = ${tenant} AND order_id = ANY(${[...orderIds]}::uuid[])
    ORDER BY order_id, seq`.execute(tx);
  return rows;
}

/** All orders about a case, newest first; those of a queue name it only as an example and are left out. */
export async function ordersOfCase(tx: ReadTx, caseId: string): Promise<readonly Order[]> {
  const { rows } = await sql<OrderRow>`
    SELECT ${ORDER_COLUMNS} FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.case_id = ${caseId}::uuid AND o.queue IS NULL
    ORDER BY o.issued_at DESC, o.id DESC LIMIT 50`.execute(tx);
  return rows.map(toOrder);
}
