import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { regionCounts } from './region.ts';
import { columnOf } from './rules/measures.ts';

const ALL = { from: null, to: null };
let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
  for (const tenant of [421181, 421182, 330100]) await fill(tenant);
});
afterAll(() => data.close());

/** Two months of a tenant, with what a region must not see beside them. */
async function fill(tenant: number): Promise<void> {
  const root = tenant % 100 === 0 ? String(tenant / 100) : String(tenant);
  const cells = [
    ['all', root, '2026-01-01', '', 'state.closed', false, 20],
    ['all', root, '2026-02-01', '', 'state.registered', false, 5],
    ['all', root, '2026-02-01', '', 'state.registered', true, 3],
    ['all', `${tenant}001`, '2026-02-01', '', 'state.registered', false, 5],
    ['class', root, '2026-02-01', '1101', 'state.registered', false, 5],
  ] as const;
  await data.database.transact(systemActor(tenant, 'test'), async (tx) => {
    for (const [dimension, area, day, value, measure, restricted, n] of cells)
      await sql`INSERT INTO statistics.cell
          (tenant_id, dimension, area_code, span, day, value, restricted, ${sql.ref(columnOf(measure))})
        VALUES (${tenant}, ${dimension}, ${area}, 'month', ${day}::date, ${value}, ${restricted}, ${n})`.execute(tx);
  });
}

/** What a statement answers under the role of a region, its own way of asking. */
async function asRegion(prefix: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: data.ownerUrl });
  await client.connect();
  try {
    await client.query(`BEGIN; SET LOCAL ROLE gongzhi_region_${prefix}`);
    const results = (await client.query(statement)) as unknown as pg.QueryResult | pg.QueryResult[];
    return [results].flat().at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

test('a province reads its own counties and cities over all tenants, whole and by months', async () => {
  const hubei = await regionCounts(data.ownerUrl, '42', ALL);
  expect(hubei.map(({ areaCode, filed, open }) => [areaCode, filed, open])).toEqual([
    ['421181', 25, 5],
    ['421182', 25, 5],
  ]);
  expect(await regionCounts(data.ownerUrl, '33', { from: '2026-02', to: '2026-02' })).toMatchObject([
    { areaCode: '3301', filed: 5 },
  ]);
  expect(await regionCounts(data.ownerUrl, '', ALL)).toHaveLength(3);
  await expect(regionCounts(data.ownerUrl, "42'", ALL)).rejects.toThrow('no division');
});

test('it sees nothing else, whatever it says it is', async () => {
  await regionCounts(data.ownerUrl, '42', ALL);
  const seen = 'SELECT DISTINCT area_code, dimension, restricted FROM statistics.cell ORDER BY 1';
  const own = [
    { area_code: '421181', dimension: 'all', restricted: false },
    { area_code: '421182', dimension: 'all', restricted: false },
  ];
  expect(await asRegion('42', seen)).toEqual(own);
  expect(await asRegion('42', `SET LOCAL app.tenant = '330100'; ${seen}`)).toEqual(own);
  expect(await asRegion('42', `SET LOCAL app.region = '33'; ${seen}`)).toEqual(own);
  for (const table of ['statistics.contribution', 'cases.case_file', 'areas.area'])
    await expect(asRegion('42', `SELECT * FROM ${table}`)).rejects.toThrow('permission denied');
  await expect(asRegion('42', 'UPDATE statistics.cell SET state_closed = 0')).rejects.toThrow('permission denied');
});

test('the platform itself goes on seeing its own tenant alone', async () => {
  const count = await data.database.read(systemActor(421181, 'test'), (tx) =>
    sql<{ n: number }>`SELECT count(*)::int AS n FROM statistics.cell`.execute(tx),
  );
  expect(count.rows[0]?.n).toBe(5);
});
