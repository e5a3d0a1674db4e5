import { parseCaseNumber } from '../../kit/case-number.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { say } from '../../platform/i18n/texts.ts';
import { actAsRequester, type CaseCommand, type CaseState, casesOfRequesters, type OwnCase } from '../cases/index.ts';
import { phoneIndexesOf, phoneOfResident, requesterIdsByPhone } from '../requesters/index.ts';
import { withdrawConsent } from '../privacy/index.ts';
import * as contract from './contract.ts';
import { loadNames } from './names.ts';
import { presentProgress, type Reading } from './present-progress.ts';
import { phaseOf } from './rules/phase.ts';
import { openTracking, proofOf } from './tracking.ts';

/** What a requester reads and does on his own request, and how he proves that it is his. */
export function ownRoutes(app: App): readonly Route[] {
  return [
    route(contract.track, ({ actor, body, address }) => openTracking(app, actor, { ...body, address })),
    route(contract.myCase, (call) => onOwn(call.actor, (caseId) => presentProgress(app, call, caseId))),
    route(contract.rate, (call) => onOwn(call.actor, (caseId) => rate(app, call, caseId, call.body))),
    route(contract.reopen, ({ body: { reason, fileIds }, ...call }) =>
      step(app, call, (expectedVersion) => ({ action: 'reopen', reason, files: fileIds, expectedVersion })),
    ),
    route(contract.withdraw, ({ body: { reason }, ...call }) =>
      step(app, call, (expectedVersion) => ({ action: 'withdraw', reason, expectedVersion })),
    ),
    route(contract.supplement, ({ body: { text, fileIds }, ...call }) =>
      step(app, call, (expectedVersion) => ({ action: 'attach', text, files: fileIds, expectedVersion })),
    ),
    route(contract.takeDown, ({ body, locale, ...call }) => {
      const reason = body.reason ?? say(app.texts, locale, 'open.taken_down');
      return onOwn(call.actor, async (caseId) => {
        const taken = await take({ ...call, locale }, caseId, ({ version }) => ({
          action: 'unrelease',
          reason,
          expectedVersion: version,
        }));
        if (taken) return taken;
        await withdrawConsent(call.tx, caseId, 'publication', call.now);
        return presentProgress(app, { ...call, locale }, caseId);
      });
    }),
    route(contract.endSensitiveConsent, (call) =>
      onOwn(call.actor, async (caseId) => {
        if (!(await withdrawConsent(call.tx, caseId, 'sensitive', call.now))) return refuse('open.nothing_agreed');
        const text = say(app.texts, 'zh-CN', 'open.sensitive_taken_back');
        // On a case that has ended nobody works any more; what is kept of it goes by the rules of keeping, or on request.
        await take(call, caseId, ({ version }) => ({ action: 'attach', text, files: [], expectedVersion: version }));
        return presentProgress(app, call, caseId);
      }),
    ),
    ...phoneRoutes(app),
  ];
}

function phoneRoutes(app: App): readonly Route[] {
  return [
    route(contract.myCases, async ({ tx, actor, query, locale, now }) => {
      const own = await casesOfPhone(app, tx, actor, now);
      if (isRefusal(own)) return own;
      const start = query.after === undefined ? 0 : own.findIndex((one) => one.number === query.after) + 1;
      const page = own.slice(start, start + query.limit);
      const next = own.length > start + query.limit ? (page.at(-1)?.number ?? null) : null;
      const names = await loadNames(tx, locale, { offices: [], classes: [], areas: page.map((one) => one.areaCode) });
      const items = page.map((one) => ({
        number: one.number,
        title: one.title,
        place: names.place(one.areaCode),
        filedAt: one.openedAt.toISOString(),
        phase: phaseOf(one.state),
        phaseText: say(app.texts, locale, `open.state.${one.state}`),
        late: isOverdue(one, now),
        asks: one.state === 'call_back',
      }));
      return { items, next };
    }),
    route(contract.openMine, async ({ actor, params }) => {
      const number = parseCaseNumber(params.number)?.number;
      const own = await app.database.read(actor, (tx) => casesOfPhone(app, tx, actor, app.now()));
      if (isRefusal(own)) return own;
      const found = own.find((one) => one.number === number);
      return found ? proofOf(app, actor.tenant, found) : refuse('open.no_match');
    }),
  ];
}

const COUNTED = new Set(['received', 'assigned', 'working']);

function isOverdue(one: OwnCase, now: Date): boolean {
  return one.totalDueAt !== null && now > one.totalDueAt && COUNTED.has(phaseOf(one.state)) && one.state !== 'merged';
}

async function casesOfPhone({ vault }: App, tx: ReadTx, actor: Actor, now: Date): Promise<Result<OwnCase[]>> {
  if (actor.kind !== 'resident' || actor.phoneIndex === null) return refuse('open.phone_session_needed');
  const phone = await phoneOfResident(tx, vault, actor, now);
  if (phone === null) return refuse('open.phone_session_needed');
  return casesOfRequesters(tx, actor, await requesterIdsByPhone(tx, phoneIndexesOf(vault, phone)));
}

async function onOwn<T>(actor: Actor, work: (caseId: string) => Promise<Result<T>>): Promise<Result<T>> {
  if (actor.kind !== 'resident' || actor.caseId === null) return refuse('open.case_token_needed');
  return work(actor.caseId);
}

type Writing = Reading & { readonly tx: WriteTx };
type MakeCommand = (expectedVersion: number) => CaseCommand;

/** One step of the requester, answered with how the request stands after it. */
function step(app: App, call: Writing, make: MakeCommand): Promise<Result<contract.Progress>> {
  return onOwn(call.actor, async (caseId) => {
    const refused = await take(call, caseId, (state) => make(state.version));
    return refused ?? presentProgress(app, call, caseId);
  });
}

/** Takes a step on the newest version: a requester is not told of a colleague who was quicker. */
async function take(call: Writing, caseId: string, make: (state: CaseState) => CaseCommand): Promise<Refusal | null> {
  const done = await actAsRequester(call.tx, call.actor, caseId, make, call.now);
  return isRefusal(done) ? done : null;
}

/** A word on a closed request may ask at once for it to be taken up again; both happen or neither does. */
async function rate(
  app: App,
  call: Writing,
  caseId: string,
  { solved, satisfaction, reason, reopen }: contract.RatingBody,
): Promise<Result<contract.Progress>> {
  if (reopen && reason === null) return refuse('open.reason_needed');
  const rated = await take(call, caseId, ({ version }) => {
    return { action: 'rate', solved, satisfaction, comment: reason, expectedVersion: version };
  });
  if (rated) return rated;
  const again =
    reopen && reason !== null
      ? await take(call, caseId, ({ version }) => ({ action: 'reopen', reason, files: [], expectedVersion: version }))
      : null;
  return again ?? presentProgress(app, call, caseId);
}
