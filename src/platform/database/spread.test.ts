import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { spreadTables } from './spread.ts';

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const ask = async <T>(text: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: data.ownerUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
};

test('a server without Citus is left as it is', async () => {
  expect(await spreadTables(data.ownerUrl)).toBe('no Citus on this server: nothing to spread');
});

/** Citus is not to be had here: its one function that matters keeps a list of what it was asked. */
const RECORDER = `
  CREATE TABLE public.pg_dist_partition (logicalrelid regclass, colocated text, place serial);
  CREATE FUNCTION public.create_distributed_table(relation regclass, key text, colocate_with text) RETURNS void
  LANGUAGE sql AS $$ INSERT INTO public.pg_dist_partition VALUES ($1, $2 || ' ' || $3) $$;`;

test('every table of tenants is spread by the tenant, beside the first, parents before their children', async () => {
  await ask(RECORDER);
  const tenants = await ask<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`);

  expect(await spreadTables(data.ownerUrl)).toBe(`${tenants.length} tables spread`);

  const spread = await ask<{ name: string; colocated: string }>(
    `SELECT logicalrelid::text AS name, colocated FROM public.pg_dist_partition ORDER BY place`,
  );
  const names = spread.map(({ name }) => name);
  expect(names.toSorted()).toEqual(tenants.map(({ name }) => name));
  expect(new Set(spread.slice(1).map(({ colocated }) => colocated))).toEqual(new Set([`tenant_id ${names[0]}`]));
  const keys = await ask<{ child: string; parent: string }>(`
    SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
    WHERE contype = 'f' AND conrelid <> confrelid AND conparentid = 0`);
  const early = keys.filter(
    ({ child, parent }) => names.includes(child) && names.indexOf(child) < names.indexOf(parent),
  );
  expect(keys.length).toBeGreaterThan(10);
  expect(early).toEqual([]);
});

test('a second time there is nothing left to do', async () => {
  expect(await spreadTables(data.ownerUrl)).toBe('0 tables spread');
});
