import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trafficNow } from './platform/database/traffic.ts';
import { type County, testCounty } from './testing/county.ts';
import { LAMP, LAMP_BY_RESIDENT, type Filed } from './testing/desk.ts';
import { caseAt } from './testing/ways.ts';

// What an answer costs in waits for the database, sign-in included. The database is the first thing a county outgrows, and a
// wait is what distance and load make longer.
let county: County;
let filed: Filed;
beforeAll(async () => {
  county = await testCounty();
  filed = await caseAt(county, 'dispatched');
  for (let n = 0; n < 21; n++) await county.fileAsResident();
});
afterAll(() => county.close());

/** Waits and statements of the second of two calls; the first fills what is kept. */
async function costOf(what: string, call: () => Promise<{ status: number }>, prepare?: () => Promise<unknown>) {
  await call();
  await prepare?.();
  await settled();
  const before = trafficNow();
  const { status } = await call();
  await settled();
  const after = trafficNow();
  const cost = { trips: after.trips - before.trips, statements: after.statements - before.statements };
  process.stdout.write(`${what}: ${cost.trips} round trips, ${cost.statements} statements\n`);
  expect(status).toBeLessThan(300);
  return cost;
}

/** Nobody waits for the COMMIT of a read; it goes out when the answer has. */
const settled = () => wait(20);

const key = () => ({ 'idempotency-key': crypto.randomUUID() });

test('filing takes at most four', async () => {
  const body = { ...LAMP_BY_RESIDENT };
  const cost = await costOf('file a request', () => county.call(null, 'POST', '/api/public/cases', body, key()));
  expect(cost.trips).toBeLessThanOrEqual(4);
});

test('registering for a caller takes at most four and the sign-in', async () => {
  const cost = await costOf('register a request', () => county.call('dispatcher', 'POST', '/api/cases', LAMP, key()));
  expect(cost.trips).toBeLessThanOrEqual(5);
});

test('a step takes at most four', async () => {
  const notes = `/api/cases/${filed.id}/notes`;
  let version = (await county.caseOf('dispatcher', filed.id)).body.version;
  const note = async () => {
    const answer = await county.call('dispatcher', 'POST', notes, { expectedVersion: version, text: '已核实' }, key());
    version += 1;
    return answer;
  };
  expect((await costOf('note on a case', note)).trips).toBeLessThanOrEqual(4);
});

test('a page of a queue takes at most two: who asks, and the page', async () => {
  const page = () => county.call('dispatcher', 'GET', '/api/cases?queue=to_dispatch&limit=20');
  const cost = await costOf('queue page of 20', page);
  expect(cost.trips).toBeLessThanOrEqual(2);
  expect(cost.statements).toBeLessThanOrEqual(7);
});

test('counts take at most three: who asks, where the counts stand, the counts', async () => {
  const counts = () => county.call('dispatcher', 'GET', '/api/statistics/counts?by=area');
  const cost = await costOf('counts by area', counts);
  expect(cost.trips).toBeLessThanOrEqual(3);
  expect(cost.statements).toBeLessThanOrEqual(10);
});

test('the page of a case takes at most five', async () => {
  expect((await costOf('case page', () => county.caseOf('dispatcher', filed.id))).trips).toBeLessThanOrEqual(5);
});
