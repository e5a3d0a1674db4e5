import { setImmediate } from 'node:timers/promises';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App, Route, SharedCall } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { WriteTx } from '../database/database.ts';
import { failureOf } from '../database/errors.ts';
import { sendAhead } from '../database/transaction.ts';
import { tellRush } from '../rush.ts';
import type { Contract } from './contract.ts';
import { answerInserts, findAnswers, type Keyed } from './idempotency.ts';
import type { Outcome } from './outcome.ts';

/**
 * Group commit. Calls that come while a transaction runs wait for it and then share the next one: its rows go in by one
 * statement a table, its COMMIT is waited for once. Each is answered only after that. Nobody waits when nobody is before
 * him, and the more come, the more share.
 */
export type Together = { enter(asked: Asked): Promise<Result<Outcome>> };

/** One call, checked as far as it can be without the database. */
export type Asked = {
  readonly route: Route;
  readonly call: SharedCall<Contract>;
  /** Null: it brought no key by which a repeat would be known. */
  readonly keyed: Keyed | null;
};

/** More in one transaction would only make the first of them wait for the last. */
const MOST_TOGETHER = 64;
/** So many at once stand in line. */
const RUSH_FROM = 8;
/** Some seconds' work. Whoever comes beyond it is told to come again at once, instead of after his patience has ended. */
export const MOST_WAITING = 1000;
const COME_AGAIN_SECONDS = 3;
/** A deadlock or a serialisation failure undoes everything; the calls have had no effect outside the database. */
const TRIES = 3;

type Waiting = {
  readonly asked: Asked;
  readonly answer: (outcome: Result<Outcome>) => void;
  readonly fail: (error: unknown) => void;
};

/** The place where calls wait for each other; one for a server. */
export function createTogether(app: App): Together {
  const waiting: Waiting[] = [];
  app.metrics.gauge(
    'gongzhi_intake_waiting',
    'Filings that wait to be stored; near 1,000: more are refused',
    () => waiting.length,
  );
  let running = false;
  const run = async () => {
    if (running) return;
    running = true;
    // Those whose requests arrived at the same moment come along.
    await setImmediate();
    while (waiting.length > 0) {
      const group = takeGroup(waiting);
      if (group.length >= RUSH_FROM) tellRush(app.database);
      await serveGroup(app, group);
    }
    running = false;
  };
  return {
    enter(asked) {
      if (waiting.length >= MOST_WAITING) return Promise.resolve(refuse('http.busy', { seconds: COME_AGAIN_SECONDS }));
      return new Promise((answer, fail) => {
        waiting.push({ asked, answer, fail });
        void run();
      });
    },
  };
}

/** The next ones in their order: of one tenant, and of calls with the same key only the first; the others wait for its answer. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  const group: Waiting[] = [];
  const left: Waiting[] = [];
  const keys = new Set<string>();
  const tenant = waiting[0]?.asked.call.actor.tenant;
  for (const one of waiting) {
    const { call, keyed } = one.asked;
    const key = keyed && `${keyed.scope.actorKey} ${keyed.scope.key}`;
    const fits = group.length < MOST_TOGETHER && call.actor.tenant === tenant && !(key && keys.has(key));
    (fits ? group : left).push(one);
    if (key) keys.add(key);
  }
  waiting.splice(0, waiting.length, ...left);
  return group;
}

/** Serves a group in one transaction; when that fails for a reason of one of them, each in one of its own. Never throws. */
async function serveGroup(app: App, group: readonly Waiting[]): Promise<void> {
  const tenant = group[0]?.asked.call.actor.tenant ?? app.config.tenant;
  try {
    const outcomes = await app.database.transact(systemActor(tenant, 'intake'), (tx) => serveInOne(app, tx, group), {
      tries: TRIES,
    });
    for (const [at, { answer }] of group.entries()) answer(outcomes[at] as Result<Outcome>);
  } catch (error) {
    // A database that is away, full, or whose answer was lost would fail each of them again.
    if (group.length === 1 || failureOf(error) !== null) for (const { fail } of group) fail(error);
    else for (const one of group) await serveGroup(app, [one]);
  }
}

async function serveInOne(app: App, tx: WriteTx, group: readonly Waiting[]): Promise<Result<Outcome>[]> {
  const now = app.now();
  const outcomes = new Map<Asked, Result<Outcome>>();
  const keyed = group.flatMap(({ asked }) => (asked.keyed ? [{ asked, call: asked.keyed }] : []));
  const before = await findAnswers(
    tx,
    app.vault,
    keyed.map(({ call }) => call),
  );
  for (const [at, { asked }] of keyed.entries()) {
    const claim = before[at];
    if (claim)
      outcomes.set(asked, claim.state === 'replay' ? { status: claim.status, answer: claim.answer } : claim.refusal);
  }
  const fresh = group.map(({ asked }) => asked).filter((asked) => !outcomes.has(asked));
  for (const route of new Set(fresh.map((asked) => asked.route))) {
    const asked = fresh.filter((one) => one.route === route);
    for (const [at, outcome] of (await handleAll(tx, route, asked, now)).entries()) {
      outcomes.set(asked[at] as Asked, outcome);
    }
  }
  const answers = fresh.flatMap((asked) => {
    const outcome = outcomes.get(asked);
    return asked.keyed && outcome && !isRefusal(outcome) ? [{ call: asked.keyed, ...outcome }] : [];
  });
  sendAhead(tx, answerInserts(app.vault, answers, now));
  return group.map(({ asked }) => outcomes.get(asked) as Result<Outcome>);
}

async function handleAll(
  tx: WriteTx,
  { contract, handleAll: handle }: Route,
  asked: readonly Asked[],
  now: Date,
): Promise<Result<Outcome>[]> {
  if (!handle) throw new Error(`${contract.id} shares no transaction`);
  const answers = await handle(
    tx,
    asked.map(({ call }) => call),
    now,
  );
  if (answers.length !== asked.length) throw new Error(`${contract.id} left a call without an answer`);
  return answers.map((answer) => (isRefusal(answer) ? answer : { status: contract.status ?? 200, answer }));
}
