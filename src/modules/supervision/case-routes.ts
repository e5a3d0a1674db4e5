import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor, Officer, Post } from '../../platform/auth/actor.ts';
import { postsFor } from '../../platform/auth/permission.ts';
import type { StoredCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { matterOf, caseMatter } from './case-orders.ts';
import * as contract from './contract.ts';
import { endTaking, leadersOfCase, reportOn, takeCase } from './leaders.ts';
import { presentLeaders, presentOrders, presentOrganisation } from './present.ts';
import { raise } from './raise.ts';
import { openOrderOf, ordersOfCase } from './store.ts';
import { linesOf, numbersFor } from './surroundings.ts';

/** What supervision adds to a case: orders about it, and the leader who answers for it. */
export function caseRoutes(app: App): readonly Route[] {
  return [
    route(contract.caseSupervision, async ({ tx, actor, target, locale, now }) => {
      const stored = target as StoredCase;
      const { state } = stored;
      const orders = await ordersOfCase(tx, state.id);
      const leaders = await leadersOfCase(tx, state.id);
      const ids = involved(stored);
      const names = await organisationNames(tx, ids);
      const over = isCaseOver(stored);
      return {
        orders: await presentOrders(tx, { app, actor, locale }, orders, now),
        leaders: await presentLeaders(tx, actor, leaders, now),
        mayIssue: !over && postOver(app, actor, 'supervision.issue', stored) !== null && ids.length > 0,
        mayLead: !over && postOver(app, actor, 'supervision.lead', stored) !== null && leaders[0]?.endedAt !== null,
        urgent: state.urgency === 'urgent',
        addressees: ids.map((id) => presentOrganisation(names, id)),
      };
    }),
    issueRoute(app),
    ...leaderRoutes(app),
  ];
}

/** The organisations that have a part in a case: lead, assisting ones, and whoever answers for the next step. */
function involved(stored: StoredCase): string[] {
  const { dispatch } = stored.state;
  const parts = [dispatch?.leadId, ...(dispatch?.assistIds ?? []), linesOf(stored).responsibleId];
  return [...new Set(parts.filter((id): id is string => id !== undefined))];
}

function isCaseOver({ state }: StoredCase): boolean {
  return ['rejected', 'merged', 'closed', 'withdrawn', 'voided'].includes(state.state);
}

/** The post by which the actor may do this where the case lies; null when none reaches it. */
function postOver(app: App, actor: Actor, action: string, { state }: StoredCase): Post | null {
  return (
    postsFor(app.permissions, actor, action).find(
      (post) =>
        post.scope.some((prefix) => state.areaCode.startsWith(prefix)) &&
        (post.lanes === null || post.lanes.includes(state.caseClass.lane)),
    ) ?? null
  );
}

function issueRoute(app: App): Route {
  return route(contract.issueOrder, async ({ tx, actor, target, body, locale, now, address }) => {
    const stored = target as StoredCase;
    const post = postOver(app, actor, 'supervision.issue', stored);
    const refusal = refuseIssuing(stored, post, body);
    if (!post || refusal) return refusal ?? refuse('supervision.out_of_scope');
    const open = await openOrderOf(tx, caseMatter(stored.state.id));
    if (open) return refuse('supervision.already_open', { colour: open.colour });
    const { clock } = await numbersFor(tx, stored.state.caseClass.code, now);
    const dueAt = body.workingDays ? clock.dueAt(now, body.workingDays, 'working_days').due : undefined;
    const trigger = { ground: 'by_hand', colour: body.colour, key: `hand:${now.toISOString()}` } as const;
    const raising = { trigger, issuerId: post.organisationId, demand: body.demand, ...(dueAt ? { dueAt } : {}) };
    const order = await raise(tx, actor, matterOf(stored, body.addresseeId), raising, now);
    if (!order) throw new Error(`order about ${stored.state.id} was not issued`);
    const details = { case: stored.state.id, colour: order.colour };
    const entry = { action: 'supervision.issue', targetKind: 'supervision_order', targetId: order.id } as const;
    await audit(tx, actor, { ...entry, result: 'done', details, address, postId: post.id }, now);
    const [shown] = await presentOrders(tx, { app, actor, locale }, [order], now);
    if (!shown) throw new Error('one came back as none');
    return shown;
  });
}

function refuseIssuing(
  stored: StoredCase,
  post: Post | null,
  asked: { readonly addresseeId: string; readonly colour: string },
): Refusal | null {
  if (!post) return refuse('supervision.out_of_scope');
  if (isCaseOver(stored)) return refuse('supervision.case_over');
  if (!involved(stored).includes(asked.addresseeId)) return refuse('supervision.not_involved');
  if (asked.addresseeId === post.organisationId) return refuse('supervision.to_itself');
  // The first two colours are for everyone; red at once is for what cannot wait.
  if (asked.colour === 'red' && stored.state.urgency !== 'urgent') return refuse('supervision.red_only_urgent');
  return null;
}

function leaderRoutes(app: App): readonly Route[] {
  return [
    route(contract.takeAsLeader, async ({ tx, actor, target, body, now, address }) => {
      const stored = target as StoredCase;
      const post = postOver(app, actor, 'supervision.lead', stored);
      if (!post) return refuse('supervision.out_of_scope');
      if (isCaseOver(stored)) return refuse('supervision.case_over');
      const taken = await takeCase(tx, officer(actor), post, stored.state.id, body, now);
      if (isRefusal(taken)) return taken;
      await noted(tx, actor, 'take_case', stored, now, address);
      return { id: taken.id };
    }),
    route(contract.reportAsLeader, async ({ tx, actor, target, body, now, address }) => {
      const stored = target as StoredCase;
      return written(await reportOn(tx, officer(actor), stored.state.id, body.words, now), () =>
        noted(tx, actor, 'leader_report', stored, now, address),
      );
    }),
    route(contract.endAsLeader, async ({ tx, actor, target, body, now, address }) => {
      const stored = target as StoredCase;
      return written(await endTaking(tx, officer(actor), stored.state.id, body, now), () =>
        noted(tx, actor, 'leader_end', stored, now, address),
      );
    }),
  ];
}

async function written<T>(result: Result<T>, note: () => Promise<void>): Promise<Result<T>> {
  if (!isRefusal(result)) await note();
  return result;
}

function noted(
  tx: Parameters<typeof audit>[0],
  actor: Actor,
  action: string,
  { state }: StoredCase,
  now: Date,
  address: string,
): Promise<void> {
  const entry = { action: `supervision.${action}`, targetKind: 'case', targetId: state.id, result: 'done' } as const;
  return audit(tx, actor, { ...entry, address }, now);
}

function officer(actor: Actor): Officer {
  if (actor.kind !== 'officer') throw new Error('only officers lead');
  return actor;
}
