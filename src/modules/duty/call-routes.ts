import { type RawBuilder, sql } from 'kysely';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route, type TargetResolver } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, type Permissions, postsFor } from '../../platform/auth/permission.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { seesByArea, type StoredCase, visibleByArea } from '../cases/index.ts';
import { act, lineOf, sendTo } from './act.ts';
import * as contract from './contract.ts';
import { pageOfHandovers, recordHandover, takeOver } from './police.ts';
import { presentCall, presentCalls } from './present.ts';
import { isOpen, refuseAction, type Versioned } from './rules/call.ts';
import { actingOn } from './act.ts';
import { OPEN_CALLS } from './rules/words.ts';
import * as store from './store.ts';

const OVER = [
  'rejected',
  'referred',
  'merged',
  'closed',
  'withdrawn',
  'voided',
  'reported_done',
  'verifying',
  'call_back',
];

/** Loads the call a path names for those who were called and those who read there by area. */
export function callTarget(app: App): TargetResolver {
  return async (tx, actor, action, id, { lock }) => {
    if (actor.kind !== 'officer' || !/^[0-9a-f-]{36}$/.test(id)) return refuse('duty.not_found');
    const stored = await store.findCall(tx, actor, id, lock);
    if (!stored || !seesCall(app, actor, stored)) return refuse('duty.not_found');
    return postsFor(app.permissions, actor, action).length > 0 ? stored : refuse('auth.forbidden');
  };
}

function seesCall(app: Pick<App, 'permissions'>, actor: Actor, { call, lane, sensitivity }: store.StoredCall): boolean {
  if (actor.kind !== 'officer') return false;
  if (call.line.slice(0, call.reached).some((one) => one.userId === actor.userId)) return true;
  return seesByArea(app.permissions, actor, 'duty.read', { areaCode: call.areaCode, lane, sensitivity });
}

const calledMe = (actor: Actor): RawBuilder<boolean> =>
  actor.kind === 'officer' ? sql<boolean>`c.called_users @> ARRAY[${actor.userId}]::text[]` : sql<boolean>`false`;

async function pageOfCalls(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  filter: { readonly side?: 'mine' | 'all' | undefined; readonly open?: string | undefined },
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ rows: store.StoredCall[]; next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const part =
    filter.side === 'mine'
      ? calledMe(actor)
      : sql<boolean>`(${calledMe(actor)} OR ${visibleByArea(permissions, actor, 'duty.read')})`;
  const state =
    filter.open === undefined
      ? sql``
      : filter.open === 'true'
        ? sql`AND c.state = ANY(${[...OPEN_CALLS]})`
        : sql`AND NOT (c.state = ANY(${[...OPEN_CALLS]}))`;
  const found = await sql<Parameters<typeof store.toStoredCall>[0]>`
    SELECT ${store.CALL_COLUMNS} FROM duty.call c
    WHERE c.tenant_id = ${actor.tenant} AND ${part} ${state}
      ${after ? sql`AND (c.sent_at, c.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY c.sent_at DESC, c.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, page.limit).map(store.toStoredCall);
  const last = rows.at(-1);
  const next =
    found.rows.length > rows.length && last
      ? writePosition({ at: new Date(last.call.sentAt), id: last.call.id })
      : null;
  return { rows, next };
}

export function callRoutes(app: App): Route[] {
  return [
    route(contract.listCalls, async ({ tx, actor, query, now }) => {
      const { side, open, ...page } = query;
      const found = await pageOfCalls(tx, app.permissions, actor, { side, open }, page);
      return isRefusal(found) ? found : { items: await presentCalls(tx, actor, found.rows, now), next: found.next };
    }),
    route(contract.getCall, ({ tx, actor, target, now }) =>
      presentCall(tx, app, actor, target as store.StoredCall, now),
    ),
    route(contract.callsOfCase, async ({ tx, actor, target, now }) => {
      const { state } = target as StoredCase;
      const calls = await store.callsOfCase(tx, actor, state.id);
      const posts = postsFor(app.permissions, actor, 'duty.send');
      const maySend =
        covers(posts, state.areaCode) && !OVER.includes(state.state) && !calls.some(({ call }) => isOpen(call));
      return { items: await presentCalls(tx, actor, calls, now), maySend, areaCode: state.areaCode };
    }),
    route(contract.sendCall, async ({ tx, actor, target, body, now }) => {
      const stored = target as StoredCase;
      const { areaCode, state } = stored.state;
      if (!covers(postsFor(app.permissions, actor, 'duty.send'), areaCode)) return refuse('duty.out_of_scope');
      if (OVER.includes(state)) return refuse('duty.case_over');
      const team = await teamFor(tx, body.teamId, areaCode);
      if (isRefusal(team)) return team;
      if ((await lineOf(tx, team, now)).length === 0) return refuse('duty.nobody_on_duty');
      return sendTo(tx, actor, stored, team, body.reason, now);
    }),
    ...contract.OFFICE_ACTIONS.map((action) => stepRoute(action)),
    route(contract.listHandovers, ({ tx, actor, query, locale }) => pageOfHandovers(app, tx, actor, locale, query)),
    route(contract.takeHandover, ({ tx, actor, body, now }) => takeOver(app, tx, actor, body, now)),
  ];
}

/** A team that answers for the place: of its town, or the county's. */
async function teamFor(tx: ReadTx, id: string, areaCode: string): Promise<Result<store.Team>> {
  const team = await store.findTeam(tx, id);
  return team && areaCode.startsWith(team.areaCode) ? team : refuse('duty.team_unknown');
}

function stepRoute(action: contract.OfficeAction): Route {
  return route(contract.steps[action], async ({ tx, actor, body, target, now }) => {
    const stored = target as store.StoredCall;
    const { expectedVersion, ...given } = body as { expectedVersion: number } & Record<string, unknown>;
    const command = await commandFor(tx, actor, stored, action, expectedVersion, given, now);
    if (isRefusal(command)) return command;
    return act(tx, actor, stored, { ...command, expectedVersion } as Versioned, now);
  });
}

/** What the rules need beside what was sent: the new team's line, the number of a handover. */
async function commandFor(
  tx: WriteTx,
  actor: Actor,
  stored: store.StoredCall,
  action: contract.OfficeAction,
  expectedVersion: number,
  given: Record<string, unknown>,
  now: Date,
): Promise<Result<Record<string, unknown>>> {
  const { call } = stored;
  if (action === 'arrive') {
    const { lon, lat } = given['point'] as { lon: number; lat: number };
    return { action, point: [lon, lat] };
  }
  if (action === 'reassign') {
    const team = await teamFor(tx, String(given['teamId']), call.areaCode);
    return isRefusal(team) ? team : { action, ...given, line: await lineOf(tx, team, now) };
  }
  if (action !== 'hand_over') return { action, ...given };
  // Refused steps leave nothing behind; this one writes its record before the rules are asked.
  const early =
    call.version === expectedVersion ? refuseAction(action, call, actingOn(actor, call)) : refuse('duty.stale_version');
  if (early) return early;
  const { matter, place, theirReference } = given as {
    matter: string;
    place: string | null;
    theirReference: string | null;
  };
  const recorded = await recordHandover(
    tx,
    actor,
    {
      ...{ direction: 'to_110', theirReference, caseId: call.caseId, caseNumber: stored.caseNumber, callId: call.id },
      ...{ areaCode: call.areaCode, point: call.point, place, matter },
    },
    now,
  );
  return isRefusal(recorded) ? recorded : { action, reference: recorded.reference };
}
