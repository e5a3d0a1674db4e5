import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route, type TargetResolver } from '../../platform/app.ts';
import { postsFor } from '../../platform/auth/permission.ts';
import type { StoredCase } from '../cases/index.ts';
import { act } from './act.ts';
import * as contract from './contract.ts';
import { monthFigures } from './figures.ts';
import { listJoints } from './lists.ts';
import { organisationNames } from '../organisations/index.ts';
import { namedBy, presentJoint, presentRows } from './present.ts';
import type { JointCommand } from './rules/commands.ts';
import { sees } from './sees.ts';
import { findJoint, jointsOfCase, type StoredJoint } from './store.ts';
import { refuseForCase, whistleAnew, whistleForCase, whistlerFor } from './whistle.ts';

/** Loads the joint handling a path names; whoever may not see it learns nothing of it. */
export function jointTarget(app: App): TargetResolver {
  return async (tx, actor, action, id, { lock }) => {
    if (actor.kind !== 'officer' || !/^[0-9a-f-]{36}$/.test(id)) return refuse('joint_handling.not_found');
    const stored = await findJoint(tx, actor, id, lock);
    if (!stored || !sees(app, actor, stored)) return refuse('joint_handling.not_found');
    return postsFor(app.permissions, actor, action).length > 0 ? stored : refuse('auth.forbidden');
  };
}

export function jointRoutes(app: App): Route[] {
  return [
    route(contract.listJoints, async ({ tx, actor, query, now }) => {
      const { side, open, ...page } = query;
      const filter = { side, open: open === undefined ? undefined : open === 'true' };
      const found = await listJoints(tx, app.permissions, actor, filter, page);
      return isRefusal(found) ? found : { items: await presentRows(tx, actor, found.rows, now), next: found.next };
    }),
    route(contract.getJoint, ({ tx, actor, target, now }) => presentJoint(tx, app, actor, target as StoredJoint, now)),
    route(contract.jointsOfCase, async ({ tx, actor, target, now }) => {
      const stored = target as StoredCase;
      const items = await presentRows(tx, actor, await jointsOfCase(tx, actor, stored.state.id), now);
      const who = await whistlerFor(tx, actor, stored.state.areaCode);
      const refused = isRefusal(who) ? who : await refuseForCase(tx, actor, stored);
      const asks = !isRefusal(who) && who.askerId !== null;
      const leadId = stored.state.dispatch?.leadId;
      const lead = leadId ? namedBy(await organisationNames(tx, [leadId]), leadId) : null;
      return {
        items,
        lead,
        whistle: { allowed: !isRefusal(refused), asks, code: isRefusal(refused) ? refused.code : null },
      };
    }),
    route(contract.whistleForCase, ({ tx, actor, target, body, now }) =>
      whistleForCase(tx, actor, target as StoredCase, asked(body), now),
    ),
    route(contract.whistleAnew, ({ tx, actor, body, now }) => {
      const { title, classCode, areaCode } = body;
      return whistleAnew(app, tx, actor, { ...asked(body), title, classCode, areaCode }, now);
    }),
    route(contract.figures, ({ tx, actor, params, now }) => monthFigures(tx, actor, params.month, now)),
    ...contract.OFFICE_ACTIONS.map((action) => stepRoute(action)),
  ];
}

type Body = {
  readonly point?: { lon: number; lat: number } | null | undefined;
  readonly arriveBy?: string | null | undefined;
};

/** JSON's absent fields are the rules' nulls; a point is a pair there. */
function asked<B extends Body>({ point, arriveBy, ...rest }: B) {
  return {
    ...rest,
    point: point ? ([point.lon, point.lat] as const) : null,
    arriveBy: arriveBy ? new Date(arriveBy).toISOString() : null,
  };
}

function stepRoute(action: contract.OfficeAction): Route {
  return route(contract.steps[action], ({ tx, actor, body, target, now }) => {
    const { point, minutes, ...rest } = body as Body & { minutes?: number | null };
    const command = {
      ...{ action, ...rest },
      ...(point ? { point: [point.lon, point.lat] } : {}),
      ...(action === 'assign' ? { minutes: minutes ?? null } : {}),
    };
    // The contract of an action takes exactly this command; the compiler cannot follow it through the union.
    return act(tx, actor, target as StoredJoint, command as unknown as JointCommand, now);
  });
}
