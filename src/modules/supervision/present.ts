import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type Locale, say } from '../../platform/i18n/texts.ts';
import { dayOf } from '../../kit/time.ts';
import { areaNames } from '../areas/index.ts';
import { caseLines } from '../cases/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames, personNames } from '../organisations/index.ts';
import type { LeaderView, OrderLine, OrderView } from './contract.ts';
import { type LeaderCase, reportsOf } from './leaders.ts';
import { countOverdue } from './queue-watch.ts';
import { refuseAction } from './rules/legal.ts';
import type { Order } from './rules/order.ts';
import { isOver, ORDER_ACTIONS } from './rules/words.ts';
import { standingOn } from './standing.ts';
import { eventsOf } from './store.ts';

const COUNT_CAP = 1000;

type Names = Awaited<ReturnType<typeof organisationNames>>;

export function presentOrganisation(names: Names, id: string) {
  const found = names.get(id);
  return { id, name: found?.name ?? '', nameEn: found?.nameEn ?? '', shortName: found?.shortName ?? '' };
}

/** The way down to a place, as people read it. */
export function placeText(places: Awaited<ReturnType<typeof areaNames>>, code: string): string {
  return (places.get(code)?.path ?? '').split('/').join(' · ');
}

/** Several orders as lists show them, with a few queries for all. */
export async function presentLines(tx: ReadTx, orders: readonly Order[], now: Date): Promise<OrderLine[]> {
  const lines = await caseLines(
    tx,
    orders.map((order) => order.caseId),
  );
  const classes = await classNames(
    tx,
    [...lines.values()].map((line) => line.classCode),
  );
  const places = await areaNames(
    tx,
    orders.map((order) => order.areaCode),
  );
  const names = await organisationNames(
    tx,
    orders.flatMap((order) => [order.addresseeId, order.reviewerId, order.issuerId ?? order.addresseeId]),
  );
  const shown: OrderLine[] = [];
  for (const order of orders) {
    const line = lines.get(order.caseId);
    const kind = line && !line.sealed ? classes.get(line.classCode) : undefined;
    shown.push({
      ...plain(order),
      overdue: await overdueOf(tx, order, now),
      case: {
        id: order.caseId,
        number: line?.number ?? '',
        title: line && !line.sealed ? line.title : null,
        class: kind && line ? { code: line.classCode, nameZh: kind.nameZh, nameEn: kind.nameEn } : null,
      },
      place: { code: order.areaCode, path: placeText(places, order.areaCode) },
      addressee: presentOrganisation(names, order.addresseeId),
      issuer: order.issuerId === null ? null : presentOrganisation(names, order.issuerId),
      reviewer: presentOrganisation(names, order.reviewerId),
    });
  }
  return shown;
}

function plain(order: Order) {
  const { id, version, colour, state, ground, queue, demand, lapsed, liftReason } = order;
  return {
    ...{ id, version, colour, state, ground, queue, demand, lapsed, liftReason },
    liftAsked: order.liftAskedBy !== null && !isOver(state),
    issuedAt: order.issuedAt.toISOString(),
    colourSince: order.colourSince.toISOString(),
    dueAt: order.dueAt?.toISOString() ?? null,
    endedAt: order.endedAt?.toISOString() ?? null,
  };
}

async function overdueOf(tx: ReadTx, order: Order, now: Date): Promise<number | null> {
  if (!order.queue || isOver(order.state)) return null;
  return countOverdue(tx, { queue: order.queue, organisationId: order.addresseeId }, now, COUNT_CAP);
}

export type Reader = { readonly app: App; readonly actor: Actor; readonly locale: Locale };

/** Orders with history and what the reader may do. */
export async function presentOrders(
  tx: ReadTx,
  { app, actor, locale }: Reader,
  orders: readonly Order[],
  now: Date,
): Promise<OrderView[]> {
  const lines = await presentLines(tx, orders, now);
  const events = await eventsOf(
    tx,
    orders.map((order) => order.id),
  );
  const people = await personNames(
    tx,
    events.map((event) => event.actor_id),
  );
  const names = await organisationNames(
    tx,
    events.flatMap((event) => event.organisation_id ?? []),
  );
  return orders.map((order, index) => {
    const line = lines[index];
    if (!line) throw new Error('an order without its line');
    const standing = standingOn(app.permissions, actor, order);
    return {
      ...line,
      history: events
        .filter((event) => event.order_id === order.id)
        .map((event) => ({
          seq: event.seq,
          kind: event.kind,
          at: event.at.toISOString(),
          actor: people.get(event.actor_id) ?? null,
          organisation: event.organisation_id ? presentOrganisation(names, event.organisation_id) : null,
          colour: event.colour,
          ground: event.ground,
          words: event.words,
          dueAt: event.due_at?.toISOString() ?? null,
        })),
      actions: ORDER_ACTIONS.map((action) => {
        const refusal = refuseAction(action, order, standing);
        const why = refusal && say(app.texts, locale, `refusal.${refusal.code}`, refusal.details);
        return { action, allowed: refusal === null, reason: why };
      }),
    };
  });
}

/** The leaders of a case with their reports. */
export async function presentLeaders(
  tx: ReadTx,
  actor: Actor,
  leaders: readonly LeaderCase[],
  now: Date,
): Promise<LeaderView[]> {
  const reports = await reportsOf(
    tx,
    leaders.map((leader) => leader.id),
  );
  const people = await personNames(
    tx,
    leaders.map((leader) => leader.leaderId),
  );
  const names = await organisationNames(
    tx,
    leaders.map((leader) => leader.organisationId),
  );
  return leaders.map((leader) => ({
    id: leader.id,
    caseId: leader.caseId,
    leader: people.get(leader.leaderId) ?? '',
    organisation: presentOrganisation(names, leader.organisationId),
    aim: leader.aim,
    takenAt: leader.takenAt.toISOString(),
    dueOn: leader.dueOn,
    reportEveryDays: leader.reportEveryDays,
    nextReportOn: leader.nextReportOn,
    late: isLate(leader, now),
    endedAt: leader.endedAt?.toISOString() ?? null,
    outcome: leader.outcome,
    result: leader.result,
    reports: reports
      .filter((report) => report.leaderCaseId === leader.id)
      .map((report) => ({ at: report.at.toISOString(), words: report.words })),
    yours: actor.kind === 'officer' && actor.userId === leader.leaderId && leader.endedAt === null,
  }));
}

/** A leader is late when his deadline or his report is past. */
export function isLate(leader: LeaderCase, now: Date): boolean {
  if (leader.endedAt !== null) return false;
  const today = dayOf(now);
  return leader.dueOn < today || leader.nextReportOn < today;
}
