import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MODULES } from '../../compose.ts';
import type { TimerHandler } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/database/database.ts';
import { quietLog } from '../../platform/testing/database.ts';
import { fireDueTimers } from '../../platform/timers/timer-worker.ts';
import { COUNTY } from '../../testing/cast.ts';
import { type County, MORNING, testCounty } from '../../testing/county.ts';
import type { Filed, Json, Who } from '../../testing/desk.ts';
import { caseAt, SPOT } from '../../testing/ways.ts';
import { createPost } from '../organisations/index.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());
beforeEach(() => county.setNow(MORNING));

const order = async ({ id }: Pick<Filed, 'id'>): Promise<Json> =>
  (await county.call('supervisor', 'GET', `/api/cases/${id}/supervision`)).body.orders.find(
    ({ ground }: Json) => ground !== 'undecided',
  );
const colours = (of: Json): string[] => of.history.map((event: Json) => `${event.kind} ${event.colour}`);
const dueOf = async ({ id }: Filed): Promise<Date> => new Date((await county.caseOf('supervisor', id)).body.stageDueAt);
const at = (when: Date, minutes = 0) => county.setNow(new Date(when.getTime() + minutes * 60_000));
const told = async (caseId: string): Promise<string[]> => {
  const { body } = await county.call('housing', 'GET', '/api/messages/inbox?limit=100');
  return body.items.filter((item: Json) => item.caseId === caseId).map((item: Json) => item.notice);
};

/** A process that dies when a timer's work is done and not committed. Nothing of it runs afterwards. */
async function diesAtWork(): Promise<void> {
  const { app, tenant } = county;
  let gone = false;
  const real: Record<string, TimerHandler> = Object.assign({}, ...MODULES.map((one) => one.timers?.(app) ?? {}));
  const handlers = Object.fromEntries(
    Object.entries(real).map(([kind, handle]): [string, TimerHandler] => [
      kind,
      async (timer, tx, now) => {
        await handle(timer, tx, now);
        gone = true;
        await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx);
      },
    ]),
  );
  const transact: Database['transact'] = (...args) =>
    gone ? Promise.reject(new Error('the process is gone')) : app.database.transact(...args);
  const shared = { database: { ...app.database, transact }, tenant, now: app.now, log: quietLog };
  await expect(fireDueTimers({ ...shared, handlers })).rejects.toThrow();
  expect(gone).toBe(true);
}

describe('a limit, a restart and a clock that is put', () => {
  test('killed half way, put back and started twice at once, each colour comes exactly once', async () => {
    const lamp = await caseAt(county, 'in_progress');
    await county.work();
    const due = await dueOf(lamp);
    at(due, -1);
    await county.work();
    expect(colours(await order(lamp))).toEqual(['issued blue']);

    at(due, 1);
    await diesAtWork();
    expect(colours(await order(lamp))).toEqual(['issued blue']);
    // The machine comes up with a clock that is an hour slow: what is due an hour later waits.
    at(due, -60);
    await county.work();
    expect(colours(await order(lamp))).toEqual(['issued blue']);

    at(due, 2);
    await Promise.all([county.work(), county.work()]);
    const yellow = await order(lamp);
    expect(colours(yellow)).toEqual(['issued blue', 'climbed yellow']);
    // Set back across a limit that has fired, it does not fire again, and its limit stays where it was.
    at(due, -60);
    await county.work();
    at(due, 3);
    await county.work();
    expect(await order(lamp)).toMatchObject({ colour: 'yellow', dueAt: yellow.dueAt, version: yellow.version });

    at(new Date(yellow.dueAt), 60 * 24 * 10);
    await diesAtWork();
    await Promise.all([county.work(), county.work()]);
    expect(colours(await order(lamp))).toEqual(['issued blue', 'climbed yellow', 'climbed red']);
    await county.work();
    const notices = await told(lamp.id);
    for (const notice of ['ordered_yellow', 'ordered_red'])
      expect(notices.filter((one) => one === notice)).toHaveLength(1);
  });

  test('what three cases missed while nothing ran comes after the start, in the order it was due', async () => {
    const lamps: Filed[] = [];
    for (const hours of [5, 0, 3]) {
      county.setNow(new Date(MORNING.getTime() + hours * 3_600_000));
      const lamp = await caseAt(county, 'in_progress');
      lamps.push(lamp);
    }
    const late = new Date(MORNING.getTime() + 20 * 24 * 3_600_000);
    county.setNow(MORNING);
    await county.work();
    county.setNow(late);
    await Promise.all([county.work(), county.work()]);
    await county.work();

    const { rows } = await county.read((tx) =>
      sql<{ case_id: string; clock: string; due: string }>`
        SELECT case_id, payload->'lateness'->>'name' AS clock, payload->'lateness'->>'dueAt' AS due
        FROM cases.event WHERE kind = 'ran_late' AND case_id = ANY(${lamps.map(({ id }) => id)}::uuid[])
        ORDER BY case_id, seq`.execute(tx),
    );
    for (const { id } of lamps) {
      const own = rows.filter((row) => row.case_id === id);
      expect(own.map((row) => row.due)).toEqual(own.map((row) => row.due).toSorted());
      expect(own.map((row) => row.clock).toSorted()).toEqual(['contact', 'handling', 'total']);
      expect(colours(await order({ id })).filter((one) => one.startsWith('issued'))).toHaveLength(1);
    }
  });

  test('an office that answers as its limit passes: one of the two comes first, the other is told or waits', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const body = { addresseeId: await county.body('housing'), colour: 'yellow', demand: '请今天到现场，书面说明。' };
    const issued = (await county.call('supervisor', 'POST', `/api/cases/${lamp.id}/supervision-orders`, body)).body;
    at(new Date(issued.dueAt));
    const [answer] = await Promise.all([
      county.call('housing', 'POST', `/api/supervision/orders/${issued.id}/answer`, {
        ...{ version: issued.version, words: '已派人到场抢修。' },
      }),
      county.work(),
    ]);
    await county.work();
    const history = colours(await order(lamp)).filter((one) => !one.startsWith('repeated'));
    if (answer.status === 200) expect(history).toEqual(['issued yellow', 'answered yellow']);
    else {
      expect([answer.status, answer.code]).toEqual([409, 'supervision.stale']);
      expect(history).toEqual(['issued yellow', 'climbed red']);
    }
  });
});

describe('an office that is abolished while it owes its part of a joint handling', () => {
  test('leaves its order to the office that takes the part over; two orders to one office become one', async () => {
    const lamp = await caseAt(county, 'in_progress');
    const office = async (kind: string) => [kind, await county.body(kind)] as const;
    const ids = Object.fromEntries(await Promise.all(['housing', 'transport', 'market', 'enforcement'].map(office)));
    const called = ['housing', 'transport', 'market'].map((kind) => ({ organisationId: ids[kind], task: '到场处理' }));
    const whistle = await county.call('townDispatcher', 'POST', `/api/cases/${lamp.id}/joint-handlings`, {
      ...{ ground: 'public_demand', matter: '路灯、井盖一并处理', place: '园林路 12 号', point: SPOT },
      ...{ calls: called, leadId: ids['housing'] },
    });
    county.later(24 * 5);
    await county.work();
    await county.work();
    const orders = async (): Promise<Json[]> =>
      (await county.call('supervisor', 'GET', `/api/cases/${lamp.id}/supervision`)).body.orders.filter(
        (one: Json) => one.ground === 'joint_overdue',
      );
    const of = (list: Json[], kind: string) => list.filter((one) => one.addressee.id === ids[kind]);
    const before = await orders();
    expect(['housing', 'transport', 'market'].map((kind) => of(before, kind).length)).toEqual([1, 1, 1]);

    const close = async (kind: string, successorId: string | undefined) => {
      const path = `/api/organisations/${ids[kind]}`;
      const { version } = (await county.call('administrator', 'GET', path)).body.organisation;
      const endsOn = county.app.now().toISOString().slice(0, 10);
      const done = await county.call('administrator', 'POST', `${path}/closure`, { version, endsOn, successorId });
      expect([kind, done.code]).toEqual([kind, null]);
    };
    await county.write((tx) =>
      sql`UPDATE organisations.organisation SET line_superior_id = NULL
        WHERE line_superior_id IN (${ids['transport']}::uuid, ${ids['market']}::uuid)`.execute(tx),
    );
    await close('transport', ids['enforcement']);
    await close('market', ids['housing']);
    await county.work();

    const after = await orders();
    const [handed] = of(after, 'enforcement');
    expect(handed).toMatchObject({ id: of(before, 'transport')[0].id, state: 'open' });
    expect(handed.history.at(-1)).toMatchObject({ kind: 'readdressed' });
    expect(of(after, 'market')).toMatchObject([{ state: 'ended' }]);
    expect(of(after, 'housing').filter((one) => one.state === 'open')).toHaveLength(1);
    // The order is the new office's own matter now: it ends with its part, and is not raised a second time.
    const { version } = (await county.call('dispatcher', 'GET', `/api/joint-handlings/${whistle.body.id}`)).body;
    const reason = '已自行处理完毕。';
    const path = `/api/joint-handlings/${whistle.body.id}/cancellation`;
    await county.call('townDispatcher', 'POST', path, { expectedVersion: version, reason });
    await county.work();
    expect((await orders()).map((one) => one.state)).toEqual(['ended', 'ended', 'ended']);
  });
});

describe('a red order', () => {
  /** A second supervisor of the whole county. */
  beforeAll(async () => {
    const { tenant, players } = county;
    const organisationId = await county.body('command_centre');
    const actor = systemActor(tenant, 'test');
    const terms = { organisationId, role: 'supervisor', scope: [COUNTY], lanes: null, gridRole: null } as const;
    const term = { userId: players.postless.userId, validFrom: '2025-01-01', validTo: null };
    await county.write((tx) => createPost(tx, actor, { ...terms, ...term }, MORNING));
  });
  const step = (who: Who, of: Json, resource: string, body: object) =>
    county.call(who, 'POST', `/api/supervision/orders/${of.id}/${resource}`, { version: of.version, ...body });
  /** A red order that the first supervisor asks to lift. */
  const asked = async (): Promise<Json> => {
    const lamp = await caseAt(county, 'in_progress');
    const body = { addresseeId: await county.body('housing'), colour: 'yellow', demand: '请今天到现场，书面说明。' };
    const yellow = (await county.call('supervisor', 'POST', `/api/cases/${lamp.id}/supervision-orders`, body)).body;
    const red = (await step('supervisor', yellow, 'climbing', { colour: 'red', reason: '仍未到场。' })).body;
    return (await step('supervisor', red, 'lifting', { reason: '已约定明日完工。' })).body;
  };

  test('is lifted by a second person, whose name stands beside the first in its history and in the audit log', async () => {
    const red = await asked();
    const lifted = await step('postless', red, 'lifting', { reason: '核对过完工安排。' });

    expect([lifted.status, lifted.body.state]).toEqual([200, 'lifted']);
    expect(colours(lifted.body).slice(-2)).toEqual(['lift_asked red', 'lifted red']);
    const logged = await county.call('auditor', 'GET', '/api/audit/entries?action=supervision.lift');
    const by = logged.body.items.filter((one: Json) => one.targetId === red.id).map((one: Json) => one.actorId);
    expect(new Set(by)).toEqual(new Set([county.players.supervisor.userId, county.players.postless.userId]));
  });

  test('that a second person does not lift goes on, and can be asked for again', async () => {
    const red = await asked();
    const own = await step('supervisor', red, 'lifting-refusal', { reason: '还是算了。' });
    expect([own.status, own.code]).toEqual([403, 'supervision.second_person_needed']);
    const kept = await step('postless', red, 'lifting-refusal', { reason: '没有完工日期。' });

    expect(kept.body).toMatchObject({ state: 'open', colour: 'red', liftAsked: false, dueAt: red.dueAt });
    expect((await step('postless', kept.body, 'lifting', { reason: '日期已定。' })).body.liftAsked).toBe(true);
  });
});
