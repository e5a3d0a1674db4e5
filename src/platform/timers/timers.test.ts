import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TimerHandler } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import { quietLog, type TestDatabase, testDatabase } from '../testing/database.ts';
import { fireDueTimers, startTimers } from './timer-worker.ts';
import { clearTimers, failingTimers, type NewTimer, setTimer, setTimers } from './timers.ts';

const TENANT = 421181;
const actor = systemActor(TENANT, 'test');
const nine = new Date('2026-03-02T09:00:00Z');
const minutes = (count: number) => new Date(nine.getTime() + count * 60_000);
let data: TestDatabase;

beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());
afterEach(() => data.database.transact(actor, (tx) => tx.deleteFrom('platform.timer').execute()));

const deadline = (subject: string, dueAt: Date, more: Partial<NewTimer> = {}): NewTimer => ({
  tenant: TENANT,
  kind: 'case.clock',
  subject,
  dueAt,
  ...more,
});
const put = (...timers: NewTimer[]) => data.database.transact(actor, (tx) => setTimers(tx, timers));
const left = () =>
  data.database.read(actor, (tx) => tx.selectFrom('platform.timer').selectAll().orderBy('subject').execute());
const fire = (handle: TimerHandler, now: Date, database: Database = data.database) =>
  fireDueTimers({ database, tenant: TENANT, handlers: { 'case.clock': handle }, now: () => now, log: quietLog });

/** A handler's own write: one row a firing, so that a second firing shows. */
const note: TimerHandler = async (timer, tx, now) => {
  await sql`INSERT INTO platform.audit_entry
    (tenant_id, id, at, actor_id, actor_kind, action, target_kind, target_id, result)
    VALUES (${TENANT}, gen_random_uuid(), ${now}, 'x', 'system', 'fired', 'timer', ${timer.subject}, 'done')`.execute(
    tx,
  );
};
const fired = async (prefix: string) => {
  const { rows } = await data.database.read(actor, (tx) =>
    sql<{
      target_id: string;
    }>`SELECT target_id FROM platform.audit_entry WHERE starts_with(target_id, ${prefix})`.execute(tx),
  );
  return rows.map((row) => row.target_id);
};

test('what is due fires in order, what is not stays', async () => {
  await put(deadline('late', minutes(-1)), deadline('later', minutes(-5)), deadline('future', minutes(1)));
  const order: string[] = [];

  await fire(async (timer) => void order.push(timer.subject), nine);

  expect(order).toEqual(['later', 'late']);
  expect((await left()).map((row) => row.subject)).toEqual(['future']);
});

test('setting a timer again moves it; of two at once the last holds', async () => {
  await put(deadline('a', minutes(-1)));
  await put(deadline('a', minutes(3)), deadline('a', minutes(5), { payload: { stage: 'accept' } }));

  expect(await left()).toMatchObject([{ due_at: minutes(5), payload: { stage: 'accept' } }]);
});

test('timers are cleared by kind and subject, or by name', async () => {
  await put(deadline('a', nine, { name: 'stage' }), deadline('a', nine, { name: 'total' }), deadline('b', nine));
  await data.database.transact(actor, (tx) => clearTimers(tx, TENANT, 'case.clock', 'a', 'stage'));
  expect((await left()).map((row) => `${row.subject}.${row.name}`)).toEqual(['a.total', 'b.']);

  await data.database.transact(actor, (tx) => clearTimers(tx, TENANT, 'case.clock', 'a'));
  expect((await left()).map((row) => row.subject)).toEqual(['b']);
});

test('a handler may set its own timer anew', async () => {
  await put(deadline('again', minutes(-1)));

  await fire((timer, tx) => setTimer(tx, { ...timer, dueAt: minutes(30) }), nine);

  expect(await left()).toMatchObject([{ subject: 'again', due_at: minutes(30) }]);
});

test('two processes fire each timer exactly once', async () => {
  const other = createDatabase({ url: data.appUrl, poolSize: 2, log: quietLog });
  await put(...Array.from({ length: 60 }, (_, n) => deadline(`twice-${n}`, minutes(-n))));

  const counts = await Promise.all([fire(note, nine), fire(note, nine, other)]);
  await other.close();

  expect(counts[0] + counts[1]).toBe(60);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(new Set(await fired('twice-')).size).toBe(60);
  expect(await fired('twice-')).toHaveLength(60);
});

test("a subject's timers never overtake each other", async () => {
  const other = createDatabase({ url: data.appUrl, poolSize: 2, log: quietLog });
  await put(...['a', 'b', 'c', 'd'].map((name, n) => deadline('one', minutes(n - 10), { name })));
  const order: string[] = [];
  // The first takes so long that the others would be done before it.
  const slow: TimerHandler = async (timer, tx) => {
    if (timer.name === 'a') await sql`SELECT pg_sleep(0.2)`.execute(tx);
    order.push(timer.name);
  };

  await Promise.all([fire(slow, nine), fire(slow, nine, other)]);
  await other.close();

  expect(order).toEqual(['a', 'b', 'c', 'd']);
});

test('a process that dies in a handler leaves the timer to the next start', async () => {
  const dying = createDatabase({ url: data.appUrl, poolSize: 1, log: quietLog });
  await put(deadline('crash-1', minutes(-2)), deadline('crash-2', minutes(-1)));
  const die: TimerHandler = async (timer, tx, now) => {
    await note(timer, tx, now);
    await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx);
  };
  await fire(die, nine, dying);
  await dying.close();
  expect(await fired('crash-')).toEqual([]);

  await fire(note, minutes(60));

  // Each once; a try that failed puts a timer off, so these two may have changed places.
  expect((await fired('crash-')).toSorted()).toEqual(['crash-1', 'crash-2']);
  expect(await left()).toEqual([]);
});

test('a failing handler is undone, listed without values of rows, and tried again later', async () => {
  await put(deadline('bad', minutes(-1)), deadline('good', nine));
  const handle: TimerHandler = async (timer, tx, now) => {
    await note(timer, tx, now);
    if (timer.subject === 'bad') await sql`SELECT '张三'::int`.execute(tx);
  };

  expect(await fire(handle, nine)).toBe(1);

  const failing = await data.database.read(actor, (tx) => failingTimers(tx, TENANT, 10));
  expect(failing).toMatchObject([{ subject: 'bad', attempts: 1, dueAt: minutes(-1), lastError: 'SQLSTATE 22P02' }]);
  expect(await fired('bad')).toEqual([]);
  expect(await fire(note, nine)).toBe(0);
  expect(await fire(note, minutes(1))).toBe(1);
});

test('a timer nobody here handles stays for those who do', async () => {
  await put(deadline('other', minutes(-1), { kind: 'other.kind' }));

  expect(await fire(note, nine)).toBe(0);
  expect(await left()).toHaveLength(1);
});

test('the worker fires by itself and stops with nothing half done', async () => {
  await put(deadline('worker', minutes(-1)));
  const worker = startTimers({
    database: data.database,
    tenant: TENANT,
    handlers: { 'case.clock': note },
    now: () => nine,
    log: quietLog,
    every: 20,
  });
  await vi.waitFor(async () => expect(await fired('worker')).toEqual(['worker']));
  await worker.stop();

  await put(deadline('worker-stopped', minutes(-1)));
  expect(await left()).toHaveLength(1);
});
