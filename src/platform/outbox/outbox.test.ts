import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { BatchConsumer, EventConsumer, OutboxConsumer } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import { createDatabase } from '../database/create-database.ts';
import type { Database, WriteTx } from '../database/database.ts';
import { isRush } from '../rush.ts';
import { quietLog, type TestDatabase, testDatabase } from '../testing/database.ts';
import { MOST_ATTEMPTS } from './deliver-events.ts';
import { askForWay, failedDeliveries, type NewEvent, publish, publishAll, retryDelivery } from './outbox.ts';
import { drainOutbox, purgeOutbox, startOutbox } from './outbox-worker.ts';

const TENANT = 421181;
const actor = systemActor(TENANT, 'test');
const start = new Date('2026-03-02T09:00:00Z');
const hours = (count: number) => new Date(start.getTime() + count * 3_600_000);
let data: TestDatabase;

beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());
afterEach(() =>
  data.database.transact(actor, async (tx) => {
    await tx.deleteFrom('platform.outbox_delivery').execute();
    await tx.deleteFrom('platform.outbox').execute();
  }),
);

const event = (subject: string, kind = 'case.dispatched', payload = {}): NewEvent => ({
  tenant: TENANT,
  kind,
  subject,
  at: start,
  payload,
});
const send = (...events: NewEvent[]) => data.database.transact(actor, (tx) => publishAll(tx, events));
const drain = (consumers: OutboxConsumer[], now = start, database: Database = data.database) =>
  drainOutbox({ database, tenant: TENANT, consumers, now: () => now, log: quietLog });
const collector = (name: string, kinds = ['*']) => {
  const seen: string[] = [];
  const handle: EventConsumer['handle'] = async ({ kind, subject }) => void seen.push(`${kind} ${subject}`);
  return { name, kinds, handle, seen };
};

/** A consumer whose writes show how often each event took effect. */
const counter = (name: string, slow = 0): EventConsumer => ({
  name,
  kinds: ['case.*'],
  async handle(one, tx) {
    await sql`SELECT pg_sleep(${slow})`.execute(tx);
    await write(tx, name, one.subject, String(one.payload.n ?? ''));
  },
});
const write = (tx: WriteTx, action: string, subject: string, result: string) =>
  sql`INSERT INTO platform.audit_entry
    (tenant_id, id, at, actor_id, actor_kind, action, target_kind, target_id, result)
    VALUES (${TENANT}, gen_random_uuid(), clock_timestamp(), 'x', 'system', ${action}, 'event', ${subject}, ${result})`.execute(
    tx,
  );
const written = async (action: string) => {
  const { rows } = await data.database.read(actor, (tx) =>
    sql<{
      line: string;
    }>`SELECT target_id || result AS line FROM platform.audit_entry WHERE action = ${action} ORDER BY at`.execute(tx),
  );
  return rows.map((row) => row.line);
};

test('a consumer gets none of the kinds it leaves out of a family', async () => {
  const some = { ...collector('some', ['case.*']), except: ['case.imported'] };
  await send(event('1', 'case.imported'), event('1', 'case.noted'));

  expect(await drain([some])).toBe(1);
  expect(some.seen).toEqual(['case.noted 1']);
});

test('each consumer gets what it follows, in order, once', async () => {
  const all = collector('all');
  const cases = collector('cases', ['case.*']);
  const closed = collector('closed', ['case.closed']);
  await send(event('1'), event('1', 'case.closed'), event('p', 'post.ended'), event('q', 'cases.not'));

  expect(await drain([all, cases, closed])).toBe(4 + 2 + 1);
  expect(await drain([all, cases, closed])).toBe(0);

  expect(all.seen).toHaveLength(4);
  expect(cases.seen).toEqual(['case.dispatched 1', 'case.closed 1']);
  expect(closed.seen).toEqual(['case.closed 1']);
});

test('nothing is told of a transaction that did not commit', async () => {
  const all = collector('all');
  const failed = data.database.transact(actor, async (tx) => {
    await publish(tx, event('gone'));
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');

  await drain([all]);

  expect(all.seen).toEqual([]);
});

test('an event whose transaction commits late is not missed', async () => {
  const all = collector('all');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const late = data.database.transact(actor, async (tx) => {
    await publish(tx, event('late'));
    begun();
    await held;
  });
  await waiting;
  await send(event('early'));
  await drain([all]);
  expect(all.seen).toEqual(['case.dispatched early']);

  release();
  await late;
  await drain([all]);

  expect(all.seen).toEqual(['case.dispatched early', 'case.dispatched late']);
});

test('two processes: every event takes effect once, and in order within its subject', async () => {
  const other = createDatabase({ url: data.appUrl, poolSize: 4, log: quietLog });
  const events = Array.from({ length: 6 }, (_, n) =>
    ['a', 'b', 'c', 'd', 'e'].map((s) => event(s, 'case.step', { n })),
  );
  for (const batch of events) await send(...batch);
  const consumer = counter('two', 0.002);

  const run = (database: Database) => drain([consumer], start, database);
  await Promise.all([run(data.database), run(other), run(other), run(data.database)]);
  await Promise.all([run(data.database), run(other)]);
  await other.close();

  const lines = await written('two');
  expect(lines).toHaveLength(30);
  for (const subject of ['a', 'b', 'c', 'd', 'e']) {
    expect(lines.filter((line) => line.startsWith(subject))).toEqual([0, 1, 2, 3, 4, 5].map((n) => `${subject}${n}`));
  }
});

test('a consumer that dies in the middle does the event again, its writes undone', async () => {
  const dying = createDatabase({ url: data.appUrl, poolSize: 2, log: quietLog });
  await send(event('x', 'case.step', { n: 1 }));
  const good = counter('crash');
  const die: OutboxConsumer = {
    ...good,
    async handle(one, tx) {
      await good.handle(one, tx);
      await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx);
    },
  };
  await drain([die], start, dying);
  await dying.close();
  expect(await written('crash')).toEqual([]);

  await drain([good], hours(1));

  expect(await written('crash')).toEqual(['x1']);
});

test("a failing event holds up its own subject's later ones and nobody else", async () => {
  const seen: string[] = [];
  let broken = true;
  const consumer: OutboxConsumer = {
    name: 'moody',
    kinds: ['*'],
    async handle({ kind, subject }) {
      if (broken && kind === 'case.bad') throw new Error('not today');
      seen.push(`${kind} ${subject}`);
    },
  };
  await send(event('1', 'case.bad'), event('1', 'case.after'), event('2', 'case.other'));

  await drain([consumer]);
  expect(seen).toEqual(['case.other 2']);
  const failed = await data.database.read(actor, (tx) => failedDeliveries(tx, TENANT, 10));
  expect(failed).toMatchObject([
    { consumer: 'moody', kind: 'case.bad', attempts: 1, lastError: 'Error: not today', failedAt: null },
  ]);

  broken = false;
  await drain([consumer], hours(1));
  expect(seen).toEqual(['case.other 2', 'case.bad 1', 'case.after 1']);
});

test('who takes many at once gets all that waits in one transaction, oldest first', async () => {
  const batches: string[][] = [];
  const many: BatchConsumer = {
    name: 'many',
    kinds: ['case.*'],
    handleAll: async (events) => void batches.push(events.map(({ kind, subject }) => `${kind} ${subject}`)),
  };
  await send(event('1'), event('1', 'case.closed'), event('2'), event('p', 'post.ended'));

  expect(await drain([many])).toBe(3);
  expect(await drain([many])).toBe(0);

  expect(batches).toEqual([['case.dispatched 1', 'case.closed 1', 'case.dispatched 2']]);
});

test('one bad event among many costs the others nothing but their company', async () => {
  let taken: string[] = [];
  const many: BatchConsumer = {
    name: 'choosy',
    kinds: ['case.*'],
    async handleAll(events, tx) {
      for (const { subject } of events) await write(tx, 'choosy', subject, '');
      if (events.some(({ subject }) => subject === 'bad')) throw new Error('not this one');
      taken = [...taken, ...events.map(({ subject }) => subject)];
    },
  };
  await send(event('1'), event('bad'), event('2'));

  await drain([many]);

  expect(taken).toEqual(['1', '2']);
  expect(await written('choosy')).toEqual(['1', '2']);
});

test('a consumer far behind does not keep news from the others', async () => {
  const order: string[] = [];
  const behind: OutboxConsumer = {
    name: 'behind',
    kinds: ['case.dispatched'],
    async handle({ subject }) {
      if (order.length === 0) await send(event('news', 'case.closed'));
      await new Promise((resolve) => setTimeout(resolve, 3)); // 300 of them take several turns
      order.push(subject);
    },
  };
  const quick: OutboxConsumer = {
    name: 'quick',
    kinds: ['case.closed'],
    handle: async ({ subject }) => void order.push(subject),
  };
  await send(...Array.from({ length: 300 }, (_, n) => event(`old ${n}`)));

  expect(await drain([behind, quick])).toBe(301);

  expect(order.indexOf('news')).toBeLessThan(order.indexOf('old 299'));
});

test('an event is given up after many attempts, listed, and can be tried again by hand', async () => {
  let broken = true;
  const handled: string[] = [];
  const consumer: OutboxConsumer = {
    name: 'stubborn',
    kinds: ['*'],
    async handle({ kind }) {
      if (broken && kind === 'case.bad') throw new Error('never');
      handled.push(kind);
    },
  };
  await send(event('1', 'case.bad'), event('1', 'case.after'));
  for (let turn = 0; turn < MOST_ATTEMPTS; turn++) await drain([consumer], hours(turn * 2));

  const [failed] = await data.database.read(actor, (tx) => failedDeliveries(tx, TENANT, 10));
  expect(failed).toMatchObject({ attempts: MOST_ATTEMPTS, failedAt: expect.any(Date) });
  expect(handled).toEqual(['case.after']);

  broken = false;
  const again = await data.database.transact(actor, (tx) =>
    retryDelivery(tx, TENANT, 'stubborn', failed?.eventId ?? '', hours(100)),
  );
  await drain([consumer], hours(100));
  expect(again).toBe(true);
  expect(handled).toEqual(['case.after', 'case.bad']);
});

const work = (consumer: OutboxConsumer, listenUrl?: string) =>
  startOutbox({
    database: data.database,
    tenant: TENANT,
    consumers: [consumer],
    now: () => start,
    log: quietLog,
    every: 60_000,
    ...(listenUrl ? { listenUrl } : {}),
  });

test('the worker hears of events of its own process without waiting for its turn', async () => {
  const all = collector('all');
  const worker = work(all);
  await send(event('first'));
  await vi.waitFor(() => expect(all.seen).toEqual(['case.dispatched first']), 3000);
  await send(event('second'));
  await vi.waitFor(() => expect(all.seen).toContain('case.dispatched second'), 3000);
  await worker.stop();
});

test('the worker hears of events of other processes without waiting for its turn', async () => {
  const other = createDatabase({ url: data.appUrl, poolSize: 2, log: quietLog });
  const all = collector('all');
  const worker = work(all, data.appUrl);
  // Written past `publish`, as if another process had: the listeners of this one are not told directly.
  await data.database.transact(actor, (tx) =>
    sql`INSERT INTO platform.outbox (tenant_id, id, kind, subject, at)
      VALUES (${TENANT}, gen_random_uuid(), 'case.dispatched', 'there', now())`.execute(tx),
  );
  await vi.waitFor(() => {
    other.notify('gongzhi_outbox', String(TENANT));
    expect(all.seen).toContain('case.dispatched there');
  }, 3000);
  await worker.stop();
  await other.close();
});

test('old events go once everyone has handled them', async () => {
  await send(event('old'), event('new'));
  const purge = () => purgeOutbox(data.database, TENANT, hours(1));
  expect(await purge()).toBe(0);

  await drain([collector('all')]);

  expect(await purge()).toBe(2);
});

test('the worker gives way to a command of its tenant that asks for it', async () => {
  const other = createDatabase({ url: data.appUrl, poolSize: 2, log: quietLog });
  const all = collector('all');
  const worker = work(all, data.appUrl);
  await send(event('heard'));
  await vi.waitFor(() => {
    askForWay(other, TENANT + 1);
    other.notify('gongzhi_outbox', String(TENANT));
    expect(all.seen).toEqual(['case.dispatched heard']);
  }, 3000);
  expect(isRush(data.database)).toBe(false);
  await vi.waitFor(() => {
    askForWay(other, TENANT);
    expect(isRush(data.database)).toBe(true);
  }, 3000);
  await worker.stop();
  await other.close();
});
