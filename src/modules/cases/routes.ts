import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route, sharedRoute, type TargetResolver } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { covers, postsFor } from '../../platform/auth/permission.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { commandCentreFor } from '../organisations/index.ts';
import { act } from './act.ts';
import { suggestionsFor } from './advise.ts';
import { checkChains } from './check-chain.ts';
import { viewContext } from './context.ts';
import * as contract from './contract.ts';
import { type Filing, type IntakeDeps, type Receipt, registerEntries } from './intake.ts';
import { casePage, countQueues, findVisibleByNumber } from './lists.ts';
import { presentCase } from './present.ts';
import { releaseRoutes } from './release-routes.ts';
import type { CaseCommand } from './rules/commands.ts';
import { sees } from './sees.ts';
import { OFFICE_ACTIONS, type OfficeAction, steps } from './steps-contract.ts';
import { unmaskForCase } from './unmask.ts';
import { findStored, type StoredCase } from './stored.ts';

/** Loads the case a path names; whoever may not see it learns nothing, not even that it is there. */
export function caseTarget(app: App): TargetResolver {
  return async (tx, actor, action, id, { lock }) => {
    if (actor.kind !== 'officer' || !/^[0-9a-f-]{36}$/.test(id)) return refuse('cases.not_found');
    const stored = await findStored(tx, actor, id, lock);
    if (!stored || !sees(app, actor, stored)) return refuse('cases.not_found');
    return postsFor(app.permissions, actor, action).length > 0 ? stored : refuse('auth.forbidden');
  };
}

/** Steps that are nothing but a decision; the others have routes of their own. */
const PLAIN_STEPS = OFFICE_ACTIONS.filter((action) => action !== 'release' && action !== 'unrelease');

export function caseRoutes(app: App): Route[] {
  return [
    ...readingRoutes(app),
    ...filingRoutes(app),
    ...PLAIN_STEPS.map((action) => stepRoute(app, action)),
    ...releaseRoutes(app),
    unmaskRoute(app),
  ];
}

function readingRoutes(app: App): Route[] {
  return [
    route(contract.listCases, async ({ tx, actor, query, now }) => {
      const { after, limit, late, ...rest } = query;
      const filter = { ...rest, late: late === 'true' };
      return casePage(tx, app.permissions, actor, filter, { after, limit }, now);
    }),
    route(contract.listQueues, async ({ tx, actor, query, now }) => ({
      queues: await countQueues(tx, app.permissions, actor, query.lane, now),
    })),
    route(contract.findCaseByNumber, async ({ tx, actor, params }) => {
      const number = parseCaseNumber(params.number);
      if (!number) return refuse('cases.bad_number');
      return (await findVisibleByNumber(tx, app.permissions, actor, number.number)) ?? refuse('cases.not_found');
    }),
    route(contract.getCase, async ({ tx, actor, target, now }) => {
      const stored = target as StoredCase;
      return presentCase(tx, app, actor, stored, await viewContext(tx, actor, stored.state, now));
    }),
    route(contract.dispatchSuggestions, async ({ tx, actor, target, now }) =>
      suggestionsFor(tx, app.texts, actor, target as StoredCase, now),
    ),
    route(contract.verifyChain, async ({ tx, actor, target }) => {
      const { state, chain } = target as StoredCase;
      const check = (await checkChains(tx, actor, [state.id])).get(state.id);
      const head = Buffer.from(chain.head).toString('hex');
      if (!check) throw new Error(`no chain of ${state.id}`);
      return check.ok
        ? { ok: true, length: chain.length, head, brokenAt: null, reason: null, erased: [...check.erased] }
        : {
            ok: false,
            length: chain.length,
            head,
            brokenAt: check.seq,
            reason: check.reason,
            erased: [...check.erased],
          };
    }),
  ];
}

function filingRoutes(app: App): Route[] {
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  return [
    sharedRoute(contract.registerCase, (tx, calls, now) =>
      enterAll(tx, deps, calls, now, ({ actor, body }) => {
        if (body.openedAt && new Date(body.openedAt) > now) return refuse('cases.in_future');
        if (!mayFileIn(app, actor, 'cases.register', body.place.areaCode ?? deps.rootCode))
          return refuse('cases.out_of_scope');
        return {
          ...plainFiling(body),
          channel: body.channel,
          confidential: body.confidential,
          requester: body.requester ? { ...body.requester, mail: null } : null,
          anonymous: body.anonymous,
          // Whoever called was told number and query code.
          contactable: true,
          publicConsent: body.publicConsent,
          occurredAt: body.openedAt ? new Date(body.openedAt) : null,
          fileIds: body.fileIds,
          settlement: null,
        };
      }),
    ),
    sharedRoute(contract.reportFromGrid, (tx, calls, now) =>
      enterAll(tx, deps, calls, now, ({ actor, body }) => {
        if (!body.place.areaCode || !mayFileIn(app, actor, 'cases.report', body.place.areaCode))
          return refuse('cases.out_of_scope');
        const requester = body.requester ? { ...body.requester, mail: null } : null;
        const { settlement, beforeFileIds } = body;
        return {
          ...plainFiling(body),
          channel: 'grid',
          confidential: false,
          requester,
          anonymous: false,
          contactable: Boolean(requester?.phone),
          publicConsent: false,
          occurredAt: null,
          fileIds: settlement ? [] : beforeFileIds,
          settlement: settlement
            ? { result: settlement.result, beforeFiles: beforeFileIds, afterFiles: settlement.afterFileIds }
            : null,
        };
      }),
    ),
  ];
}

/** Enters what several officers filed at once, each in his own name; `filingOf` says what it is, or refuses. */
async function enterAll<C extends { readonly actor: Actor }>(
  tx: WriteTx,
  deps: IntakeDeps,
  calls: readonly C[],
  now: Date,
  filingOf: (call: C) => Result<Filing>,
) {
  const asked = calls.map((call) => ({ actor: call.actor, filing: filingOf(call) }));
  const entries = asked.flatMap(({ actor, filing }) => (isRefusal(filing) ? [] : [{ actor, filing }]));
  const results = (await registerEntries(tx, deps, entries, now)).values();
  return asked.map(({ filing }) => (isRefusal(filing) ? filing : answerOf(results.next().value)));
}

type PlainBody = {
  readonly title: string;
  readonly body: string;
  readonly classCode: string;
  readonly urgency: 'normal' | 'urgent';
  readonly place: {
    areaCode?: string | null | undefined;
    point?: { lon: number; lat: number } | null | undefined;
    text: string | null;
  };
};

function plainFiling({ title, body, classCode, urgency, place }: PlainBody) {
  return {
    title,
    body,
    classCode,
    urgency,
    place: {
      areaCode: place.areaCode ?? null,
      point: place.point ? ([place.point.lon, place.point.lat] as const) : null,
      text: place.text,
    },
    imported: null,
  } satisfies Partial<Filing>;
}

function answerOf(receipt: Result<Receipt> | undefined) {
  if (!receipt) throw new Error('a filing without an answer');
  if (isRefusal(receipt)) return receipt;
  const { id, number, queryCode, version, dueAt } = receipt;
  return { id, number, queryCode, version, dueAt: dueAt?.toISOString() ?? null };
}

/** A post files where its scope covers the place; a place that is only the jurisdiction may come from any of them. */
function mayFileIn(app: App, actor: Actor, action: string, areaCode: string): boolean {
  const posts = postsFor(app.permissions, actor, action);
  return covers(posts, areaCode) || (areaCode === tenantPrefix(app) && posts.length > 0);
}

function stepRoute(app: App, action: OfficeAction): Route {
  const contractOfStep = steps[action] as (typeof steps)['accept'];
  return route(contractOfStep, async ({ tx, actor, body, target, now }) => {
    const stored = target as StoredCase;
    const command = await completed(app, tx, { action, ...normalised(body) } as unknown as CaseCommand);
    return isRefusal(command) ? command : act(tx, actor, stored, command, now);
  });
}

/** JSON's absent fields are the rules' nulls; a point is a pair there. */
function normalised(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { point, ...rest } = body as { point?: { lon: number; lat: number } | null };
  return { ...rest, point: point ? [point.lon, point.lat] : null };
}

type Tx = Parameters<typeof act>[0];

/** Adds what the server knows and the client must not say: the centre of a new area. */
async function completed(app: App, tx: Tx, command: CaseCommand): Promise<Result<CaseCommand>> {
  if (command.action === 'correct') {
    const areaCode = command.areaCode ?? null;
    if (areaCode && !areaCode.startsWith(tenantPrefix(app))) return refuse('cases.place_outside');
    const centre = areaCode ? await commandCentreFor(tx, areaCode) : null;
    return {
      ...command,
      areaCode,
      classCode: command.classCode ?? null,
      urgency: command.urgency ?? null,
      commandCentreId: centre?.id ?? null,
    };
  }
  return nullsFor(command);
}

/** Optional fields that were left out, as the nulls the rules expect. */
function nullsFor(command: CaseCommand): CaseCommand {
  switch (command.action) {
    case 'refer':
      return { ...command, routeDeadline: null };
    case 'decide_extension':
      return { ...command, amount: command.amount ?? null };
    case 'shelve':
      return {
        ...command,
        ownerOrganisationId: command.ownerOrganisationId ?? null,
        reviewOn: command.reviewOn ?? null,
        endOn: command.endOn ?? null,
      };
    case 'record_verification':
    case 'record_call_back':
      return { ...command, answer: command.answer ?? null };
    case 'note':
      return { ...command, contact: command.contact ?? null };
    default:
      return command;
  }
}

/** How long a page shows an identity before it masks it again. */
const VISIBLE_SECONDS = 300;

function unmaskRoute(app: App): Route {
  return route(contract.unmaskRequester, async ({ tx, actor, body, target, now, address }) => {
    const asked = { reason: body.reason, at: now, address };
    const shown = await unmaskForCase(tx, app, actor, target as StoredCase, asked);
    return isRefusal(shown) ? shown : { ...shown, visibleSeconds: VISIBLE_SECONDS };
  });
}
