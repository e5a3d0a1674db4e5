import { afterAll, beforeAll, expect, test } from 'vitest';
import { COUNTY, OTHER_GRID, OTHER_TOWN, TOWN, VILLAGE } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import type { Who } from '../../testing/desk.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
  await county.file('dispatcher');
  await county.file('dispatcher', { confidential: true });
  await county.file('dispatcher', { place: { areaCode: OTHER_GRID, text: '路边' } });
  await county.file('dispatcher', { classCode: '0401' });
  await county.work();
});
afterAll(() => county.close());

const read = (who: Who, query = '') => county.call(who, 'GET', `/api/statistics/counts?${query}`);
const filed = async (who: Who, query = 'by=none') => (await read(who, query)).body.total.filed;

test('a post sees counts of its own area and what lies in it, of nothing else', async () => {
  expect((await read('townDispatcher')).body.area.code).toBe(TOWN);
  expect((await read('townDispatcher', `area=${VILLAGE}`)).status).toBe(200);
  for (const area of [COUNTY, OTHER_TOWN, '33'])
    expect(await read('townDispatcher', `area=${area}`)).toMatchObject({
      status: 403,
      code: 'statistics.area_not_yours',
    });
  expect(
    (await read('townDispatcher', `area=${VILLAGE}`)).body.path.map((step: { code: string }) => step.code),
  ).toEqual([TOWN, VILLAGE]);
});

test.each(['housing', 'station', null] as const)('%s has no part in them', async (who) => {
  expect((await read(who)).status).toBe(who === null ? 401 : 403);
});

test('whoever may not read sealed cases gets figures in which there is none', async () => {
  expect((await read('supervisor')).body.restricted).toBe(true);
  expect((await read('evaluator')).body.restricted).toBe(false);
  expect((await filed('supervisor')) - (await filed('evaluator'))).toBe(1);
  // Below a town two filters are counted from the cases themselves.
  const [today] = county.app.now().toISOString().split('T');
  const two = `area=${TOWN}&by=class&channel=phone&from=${today}&to=${today}`;
  expect((await filed('supervisor', two)) - (await filed('evaluator', two))).toBe(1);
});

test('a post for some lanes counts those alone, however it asks', async () => {
  const { lanes, total } = (await read('politicalLegal', `area=${TOWN}&by=none`)).body;
  expect(lanes).toEqual(['safety']);
  expect(total.filed).toBe(await filed('supervisor', `area=${TOWN}&by=none&lane=safety`));
  expect(total.filed).toBeGreaterThan(0);
  expect(await filed('politicalLegal', `area=${TOWN}&by=none&lane=services`)).toBe(0);
  expect(await filed('politicalLegal', `area=${TOWN}&by=none&classCode=1101`)).toBe(0);
});

test.each([
  ['from=2026-03-01', 'statistics.days_missing'],
  ['by=class', 'statistics.days_missing'],
  ['from=2026-03-02&to=2026-03-01', 'statistics.days_wrong'],
  ['from=0001-01-01&to=9999-12-31', 'statistics.days_wrong'],
  ['by=class&from=2024-01-01&to=2026-03-01', 'statistics.days_wrong'],
  ['by=class&channel=phone&from=2026-03-01&to=2026-03-31', 'statistics.one_at_a_time'],
  ['classCode=1101&from=2020-01-02&to=2020-01-05', 'statistics.whole_months'],
])('%s is refused in words', async (query, code) => {
  expect(await read('supervisor', query)).toMatchObject({ status: 422, code });
});
