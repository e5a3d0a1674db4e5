import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { checkTenant } from '../cases/index.ts';
import { type Answered, LAMP, openPortal, type Portal, THURSDAY } from './testing/portal.ts';

const FILE = '/api/public/cases';
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  portal.setNow(THURSDAY);
});
afterAll(() => portal.close());

const file = (over: Readonly<Record<string, unknown>>, key?: string): Promise<Answered> =>
  portal.ask('POST', FILE, { body: { ...LAMP, ...over }, ...(key === undefined ? {} : { key }) });

type Stored = { cases: number; transactions: number; requesters: number; answers: number };
/** Rows of filings, and by how many transactions they were written. */
const stored = (): Promise<Stored> =>
  portal.write(async (tx) => {
    const { rows } = await sql<Stored>`
      SELECT count(*)::int AS cases, count(DISTINCT xmin::text)::int AS transactions,
        (SELECT count(*)::int FROM requesters.requester) AS requesters,
        (SELECT count(*)::int FROM platform.idempotency) AS answers
      FROM cases.case_file`.execute(tx);
    return rows[0] as Stored;
  });

test('five hundred at once: each gets its own answer, and few transactions do it', async () => {
  const before = await stored();
  const keys = Array.from({ length: 40 }, () => randomUUID());
  const asked = Array.from({ length: 500 }, (_, n) => {
    const text = `${n} 号路灯不亮`;
    if (n % 10 === 3)
      return { kind: 'outside', answer: file({ text, place: { ...LAMP.place, areaCode: '110101001' } }) };
    if (n % 10 === 6) return { kind: 'phone', answer: file({ text, phone: '12' }) };
    // Some keys come back with the same words, some with others.
    const key = keys[n % 40];
    if (n % 10 === 7) return { kind: 'repeat', key, answer: file({ text: '同一件事' }, key) };
    if (n % 40 === 18) return { kind: 'other', key: keys[17], answer: file({ text }, keys[17]) };
    return { kind: 'good', answer: file({ text }) };
  });
  const answers = await Promise.all(asked.map(async ({ answer, ...one }) => ({ ...one, ...(await answer) })));
  const after = await stored();

  const of = (kind: string) => answers.filter((one) => one.kind === kind);
  expect(of('outside').every(({ code }) => code === 'cases.place_outside')).toBe(true);
  expect(of('phone').every(({ code }) => code === 'requesters.bad_phone')).toBe(true);
  expect(of('good').every(({ status }) => status === 201)).toBe(true);
  const byKey = Map.groupBy([...of('repeat'), ...of('other')], ({ key }) => key);
  for (const same of byKey.values()) {
    const taken = same.filter(({ status }) => status === 201);
    expect(new Set(taken.map(({ body }) => body.number)).size).toBe(1);
    // Whoever came first owns the key; the others either repeat him or are told that they do not.
    expect(same.filter(({ status }) => status !== 201).every(({ code }) => code === 'http.idempotency_mismatch')).toBe(
      true,
    );
  }
  const entered = of('good').length + byKey.size;
  const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => Number(body.number.slice(9, 15)));
  expect(new Set(numbers).size).toBe(entered);
  expect(Math.max(...numbers) - Math.min(...numbers) + 1).toBe(entered);
  expect(after.cases - before.cases).toBe(entered);
  expect(after.requesters - before.requesters).toBe(entered);
  expect(after.answers - before.answers).toBe(byKey.size);
  expect(after.transactions - before.transactions).toBeLessThan(entered / 10);
  const actor = systemActor(portal.app.config.tenant, 'verify');
  const checked = await checkTenant(
    (work) => portal.app.database.read(actor, work),
    actor,
    () => undefined,
  );
  expect(checked).toMatchObject({ broken: [] });
});

test('one that the database refuses costs the others nothing', async () => {
  const key = randomUUID();
  let commit = () => {};
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const before = await stored();
  // Another process has taken the key and not committed: the batch meets it only when it writes.
  const other = portal.write(async (tx) => {
    await sql`
      INSERT INTO platform.idempotency (tenant_id, actor_key, key, route, request_hash, created_at)
      VALUES (${portal.app.config.tenant}, 'anonymous', ${key}, 'open.file_request', '\\x00', now())`.execute(tx);
    begun();
    await new Promise<void>((resolve) => {
      commit = resolve;
    });
  });
  await waiting;
  const answers = [file({ text: '第一盏灯不亮' }), file({ text: '第二盏灯不亮' }, key), file({ text: '第三盏灯不亮' })];
  await waitsForLock();
  commit();
  await other;

  expect((await Promise.all(answers)).map(({ status, code }) => code ?? status)).toEqual([
    201,
    'http.idempotency_in_progress',
    201,
  ]);
  expect((await stored()).cases - before.cases).toBe(2);
});

async function waitsForLock(): Promise<void> {
  for (;;) {
    const { rows } = await portal.write((tx) =>
      sql`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`.execute(tx),
    );
    if (rows.length > 0) return;
  }
}

test('more than can be stored in some seconds are told to come again', async () => {
  let go = () => {};
  let begun = () => {};
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  // Somebody holds the day's number: nothing can be entered until he ends.
  const other = portal.write(async (tx) => {
    await sql`SELECT FROM cases.number_serial FOR UPDATE`.execute(tx);
    begun();
    await new Promise<void>((resolve) => {
      go = resolve;
    });
  });
  await waiting;
  const answers = Array.from({ length: 1100 }, (_, n) => file({ text: `${n} 号路灯不亮`, phone: null, name: null }));
  await waitsForLock();
  go();
  await other;

  const told = (await Promise.all(answers)).filter(({ status }) => status !== 201);
  expect(told.length).toBeGreaterThan(0);
  expect(told[0]).toMatchObject({ status: 503, code: 'http.busy', headers: { 'retry-after': '3' } });
  expect(await file({ text: '现在又可以了' })).toMatchObject({ status: 201 });
});
