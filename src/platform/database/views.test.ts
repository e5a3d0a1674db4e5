import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';

let data: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  data = await testDatabase();
  owner = new pg.Client({ connectionString: data.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await data.close();
});

/** Views that read as their owner rather than as who asks. */
async function openViews(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND NOT coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']`);
  return rows.map(({ name }) => name);
}

test('every view asks as who reads it, so row security holds in it', async () => {
  expect(await openViews()).toEqual([]);
  await owner.query('CREATE VIEW platform.planted AS SELECT * FROM platform.setting');
  expect(await openViews()).toEqual(['platform.planted']);
  await owner.query('DROP VIEW platform.planted');
});

test('every table with a tenant keeps it by row security, for its owner as well', async () => {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT n.nspname || '.' || c.relname AS name FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
    WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
  expect(rows).toEqual([]);
});

test('no key is unique across tenants: a refusal would tell that somebody else has it', async () => {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT i.indexrelid::regclass::text AS name FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p')
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'tenant_id'
    WHERE i.indisunique AND NOT a.attnum = ANY (i.indkey::int[])`);
  expect(rows).toEqual([]);
});
