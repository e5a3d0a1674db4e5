import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { type App, type Call, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { areaNames } from '../areas/index.ts';
import { caseLines, listShelved } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { caseRoutes } from './case-routes.ts';
import * as contract from './contract.ts';
import { casesOfLeader } from './leaders.ts';
import { boardRows, listOrderRows } from './lists.ts';
import { isLate, placeText, presentLines, presentOrders, presentOrganisation } from './present.ts';
import { watchAgain, watchQueue } from './queue-watch.ts';
import { refuseAction } from './rules/legal.ts';
import * as rules from './rules/order.ts';
import { gravity, isOver, type OrderAction } from './rules/words.ts';
import { seesOrder, standingOn } from './standing.ts';
import { findOrder, record } from './store.ts';
import { numbersFor, toldBy } from './surroundings.ts';
import { askAgain } from './timers.ts';

export function supervisionRoutes(app: App): readonly Route[] {
  return [...readingRoutes(app), ...stepRoutes(app), ...caseRoutes(app)];
}

function readingRoutes(app: App): readonly Route[] {
  return [
    route(contract.listOrders, async ({ tx, actor, query, now }) => {
      const { after, limit, over, ...filter } = query;
      const page = await listOrderRows(
        tx,
        app.permissions,
        actor,
        { ...filter, over: over === 'true' },
        { after, limit },
      );
      return isRefusal(page) ? page : { items: await presentLines(tx, page.items, now), next: page.next };
    }),
    route(contract.getOrder, async ({ tx, actor, params, locale, now }) => {
      const order = await findOrder(tx, params.id);
      if (!order || !seesOrder(app.permissions, actor, order)) return refuse('supervision.order_not_found');
      return only(await presentOrders(tx, { app, actor, locale }, [order], now));
    }),
    route(contract.readBoard, async ({ tx, actor, now }) => {
      const rows = await boardRows(tx, app.permissions, actor);
      const names = await organisationNames(
        tx,
        rows.map((row) => row.addressee_id),
      );
      const items = rows.map(({ addressee_id, oldest, ...counts }) => ({
        organisation: presentOrganisation(names, addressee_id),
        ...counts,
        oldestAt: oldest.toISOString(),
      }));
      return { items, at: now.toISOString() };
    }),
    route(contract.listShelvedCases, async ({ tx, actor, query, now }) => {
      const page = await listShelved(tx, app.permissions, actor, query);
      return isRefusal(page) ? page : { items: await presentShelved(tx, page.items, now), next: page.next };
    }),
    route(contract.listLeaderCases, async ({ tx, actor, now }) => {
      if (actor.kind !== 'officer') return { items: [] };
      const taken = await casesOfLeader(tx, actor.userId);
      const lines = await caseLines(
        tx,
        taken.map((one) => one.caseId),
      );
      const items = taken.map((one) => ({
        ...{ id: one.id, caseId: one.caseId, aim: one.aim, dueOn: one.dueOn, nextReportOn: one.nextReportOn },
        number: lines.get(one.caseId)?.number ?? '',
        title: lines.get(one.caseId)?.title ?? '',
        late: isLate(one, now),
        endedAt: one.endedAt?.toISOString() ?? null,
        outcome: one.outcome,
      }));
      return { items };
    }),
  ];
}

type Shelved = Exclude<Awaited<ReturnType<typeof listShelved>>, Refusal>['items'];

async function presentShelved(tx: Parameters<typeof listShelved>[0], rows: Shelved, now: Date) {
  const places = await areaNames(
    tx,
    rows.map((row) => row.areaCode),
  );
  const names = await organisationNames(
    tx,
    rows.flatMap((row) => [row.shelving.ownerOrganisationId, row.leadId ?? row.shelving.ownerOrganisationId]),
  );
  const today = dayOf(now);
  return rows.map(({ shelving, ...row }) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    place: { code: row.areaCode, path: placeText(places, row.areaCode) },
    ground: shelving.ground,
    owner: presentOrganisation(names, shelving.ownerOrganisationId),
    lead: row.leadId === null ? null : presentOrganisation(names, row.leadId),
    since: shelving.since,
    reviewOn: shelving.reviewOn,
    endOn: shelving.endOn,
    reviewPassed: shelving.reviewOn < today,
    endPassed: shelving.endOn < today,
  }));
}

function only<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('one came back as none');
  return first;
}

/** A step on an order, as its route gets it. */
type StepCall = Pick<
  Call<typeof contract.liftOrder, WriteTx>,
  'tx' | 'actor' | 'params' | 'locale' | 'now' | 'address'
>;
type Decide = (order: rules.Order, limitOf: rules.LimitOf, userId: string) => Result<rules.Change>;

function stepRoutes(app: App): readonly Route[] {
  return [
    route(contract.answerOrder, (call) => {
      const { body, now } = call;
      return take(app, call, 'answer', body.version, (order, _limit, by) => rules.answer(order, body.words, by, now));
    }),
    route(contract.acceptAnswer, (call) => {
      const { body, now } = call;
      return take(app, call, 'accept', body.version, (order) => rules.accept(order, body.words, now));
    }),
    route(contract.sendBackAnswer, (call) => {
      const { body, now } = call;
      return take(app, call, 'send_back', body.version, (order, limit) =>
        rules.sendBack(order, body.reason, limit, now),
      );
    }),
    route(contract.climbOrder, (call) => {
      const { body, now } = call;
      return take(app, call, 'climb', body.version, (order, limit) =>
        gravity(body.colour) <= gravity(order.colour)
          ? refuse('supervision.not_graver')
          : rules.raiseByHand(order, body.colour, body.reason, limit, now),
      );
    }),
    route(contract.liftOrder, (call) => {
      const { body, now } = call;
      return take(app, call, 'lift', body.version, (order, _limit, by) => rules.lift(order, body.reason, by, now));
    }),
    route(contract.refuseLiftOfOrder, (call) => {
      const { body } = call;
      return take(app, call, 'refuse_lift', body.version, (order) => rules.refuseLift(order, body.reason));
    }),
  ];
}

/** Load and lock, ask the table, decide, write, and see to what follows. */
async function take(app: App, call: StepCall, action: OrderAction, version: number, decide: Decide) {
  const { tx, actor, params, locale, now } = call;
  const order = await findOrder(tx, params.id, true);
  if (actor.kind !== 'officer' || !order || !seesOrder(app.permissions, actor, order)) {
    return refuse('supervision.order_not_found');
  }
  const standing = standingOn(app.permissions, actor, order);
  const refusal = refuseAction(action, order, standing);
  if (refusal) return refusal;
  if (order.version !== version) return refuse('supervision.stale');
  const { limitOf } = await numbersFor(tx, null, now);
  const change = decide(order, limitOf, actor.userId);
  if (isRefusal(change)) return change;
  const organisationId = standing.inAddressee && action === 'answer' ? order.addresseeId : null;
  const changed = await record(tx, await toldBy(tx, actor, order.addresseeId, organisationId), change, now);
  await followUp(tx, actor.tenant, action, changed, now);
  const entry = { action: `supervision.${action}`, targetKind: 'supervision_order', targetId: order.id } as const;
  await audit(tx, actor, { ...entry, result: 'done', details: { colour: changed.colour }, address: call.address }, now);
  return only(await presentOrders(tx, { app, actor, locale }, [changed], now));
}

async function followUp(
  tx: WriteTx,
  tenant: number,
  action: OrderAction,
  order: rules.Order,
  now: Date,
): Promise<void> {
  if (action === 'answer') {
    await watchQueue(tx, tenant, { queue: 'answers', organisationId: order.reviewerId }, now, now);
  }
  if (!isOver(order.state)) return;
  if (order.queue) await watchAgain(tx, tenant, order.matter, now);
  else if (order.state === 'accepted') await askAgain(tx, tenant, order, now);
}
