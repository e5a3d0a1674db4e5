import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkTenant } from '../../src/modules/cases/index.ts';
import { systemActor } from '../../src/platform/auth/actor.ts';
import { superuserAddress } from '../../src/platform/testing/database.ts';
import { type County, testCounty } from '../../src/testing/county.ts';
import { caseAt } from '../../src/testing/ways.ts';
import { Arrivals } from './arrivals.ts';
import { fill } from './fill.ts';
import { countedId } from './make-cases.ts';

const MADE = 300;
let county: County;
let client: pg.Client;
let url: string;

beforeAll(async () => {
  county = await testCounty();
  for (const station of ['registered', 'dispatched', 'in_progress'] as const) await caseAt(county, station);
  const over = await caseAt(county, 'call_back');
  const answer = { solved: 'solved', satisfaction: 'satisfied' };
  await county.step('dispatcher', 'call-back', over.id, { answer, sendBack: false, remark: null });
  await county.work();
  url = superuserAddress(county.data);
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await county.close();
});

const checkAll = () => {
  const actor = systemActor(county.tenant, 'verify');
  return checkTenant(
    (work) => county.app.database.read(actor, work),
    actor,
    () => undefined,
  );
};
const numberOf = async (sql: string, values: unknown[] = []) =>
  Number((await client.query({ text: sql, values, rowMode: 'array' })).rows[0]?.[0]);

test('the cases a bench makes hold: every chain verifies, counts are those asked for, the platform shows them', async () => {
  const before = await checkAll();
  await fill({ url, tenant: county.tenant, count: MADE, days: 60, events: 3, now: county.app.now() });
  const after = await checkAll();

  expect(after.broken).toEqual([]);
  expect(after.cases).toBe(before.cases + MADE);
  const made = `tenant_id = $1 AND substr(number, 10, 6) >= '1'`;
  expect(await numberOf(`SELECT count(*) FROM cases.case_file WHERE ${made}`, [county.tenant])).toBe(MADE);
  expect(await numberOf(`SELECT max(chain_length) FROM cases.case_file WHERE ${made}`, [county.tenant])).toBe(3);
  // What the row says and what the rules know of it are the same.
  const differing = `state <> facts->>'state' OR area_code <> facts->>'areaCode' OR class_code <> facts->'caseClass'->>'code'
    OR opened_at <> (facts->>'openedAt')::timestamptz OR number <> facts->>'number' OR id::text <> facts->>'id'
    OR version <> chain_length OR (facts->>'version')::int <> chain_length`;
  expect(await numberOf(`SELECT count(*) FROM cases.case_file WHERE ${made} AND (${differing})`, [county.tenant])).toBe(
    0,
  );
  const words = await numberOf(
    `SELECT count(*) FROM cases.case_text t JOIN cases.case_file c ON c.id = t.case_id
     WHERE c.tenant_id = $1 AND substr(c.number, 10, 6) >= '1' AND t.search = ''`,
    [county.tenant],
  );
  expect(words).toBe(0);
  const closed = await numberOf(`SELECT count(*) FROM cases.case_file WHERE ${made} AND state = 'closed'`, [
    county.tenant,
  ]);
  expect(closed).toBeGreaterThan(MADE * 0.8);
  const { body } = await county.call('dispatcher', 'GET', '/api/cases?limit=20&queue=all&state=closed');
  expect(body.items).toHaveLength(20);
});

test('a tampered one among them is found', async () => {
  await client.query(
    `UPDATE cases.event SET payload = payload || '{"x": 1}' WHERE tenant_id = $1 AND seq = 2
     AND case_id = (SELECT id FROM cases.case_file WHERE substr(number, 10, 6) >= '1' AND chain_length > 1 LIMIT 1)`,
    [county.tenant],
  );

  expect((await checkAll()).broken).toHaveLength(1);
});

test('copies of one case have ids that can be told beforehand', async () => {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM cases.case_file WHERE state = 'dispatched' AND substr(number, 10, 6) < '1'`,
  );
  await fill({
    url,
    tenant: county.tenant,
    count: 5,
    now: county.app.now(),
    counted: { series: '00ab', templateId: rows[0]?.id ?? '' },
  });

  const ids = Array.from({ length: 5 }, (_, at) => countedId('00ab', at));
  const found = await numberOf(
    `SELECT count(*) FROM cases.case_file WHERE id = ANY($1::uuid[]) AND state = 'dispatched'`,
    [ids],
  );
  expect(found).toBe(5);
});

test('requests come in order, fewer at night and on free days', () => {
  const end = new Date('2026-03-10T00:00:00+08:00');
  const arrivals = new Arrivals(7000, 28, end);
  const times = Array.from({ length: 7000 }, (_, place) => arrivals.at(place));
  const hours = times.map((at) => new Date(at + 8 * 3_600_000).getUTCHours());
  const days = times.map((at) => new Date(at + 8 * 3_600_000).getUTCDay());

  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times.at(-1)).toBeLessThan(end.getTime());
  expect(hours.filter((hour) => hour < 6).length).toBeLessThan(
    hours.filter((hour) => hour >= 8 && hour < 12).length / 10,
  );
  expect(days.filter((day) => day === 0).length).toBeLessThan(days.filter((day) => day === 2).length);
});
