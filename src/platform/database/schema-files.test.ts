import { relative } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { readCatalogue } from './catalogue.ts';
import { PROJECT } from './migrations.ts';
import { driftedFiles, schemaFiles } from './schema-files.ts';

let data: TestDatabase;

beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

// The dump is of the bundled server; another version words its catalogue differently.
const bundled = process.env.GONGZHI_TEST_POSTGRES === undefined;

test.runIf(bundled)('the dump and the types in the project are those of the migrated schema', async () => {
  const drifted = await driftedFiles(await schemaFiles(data.ownerUrl));

  expect(
    drifted.map((path) => relative(PROJECT, path)),
    'run: node bin/gongzhi.mjs schema',
  ).toEqual([]);
});

test('a change of the schema shows as drift', async () => {
  const own = await testDatabase();
  const client = new pg.Client({ connectionString: own.ownerUrl });
  await client.connect();
  await client.query('ALTER TABLE platform.setting ADD COLUMN surprise numeric(4,1)[]');
  await client.end();
  const files = [...(await schemaFiles(own.ownerUrl)).values()];
  await own.close();

  expect(files[0]).toContain('surprise numeric(4,1)[]');
  expect(files[1]).toContain('surprise: string[] | null;');
});

describe('what every migration has to keep', () => {
  const rows = async <T>(text: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: data.ownerUrl });
    await client.connect();
    try {
      return (await client.query(text)).rows as T[];
    } finally {
      await client.end();
    }
  };
  const tables = async () => {
    const client = new pg.Client({ connectionString: data.ownerUrl });
    await client.connect();
    const catalogue = await readCatalogue(client);
    await client.end();
    return catalogue.tables.filter((table) => table.kind === 'table' || table.kind === 'partitioned');
  };
  const isTenants = (table: { columns: readonly { name: string }[] }) =>
    table.columns.some((column) => column.name === 'tenant_id');

  /** Lets the owner read past the tenants, for a function that looks words up: the application cannot become him. */
  const isOwners = (policy: string) => / FOR SELECT TO gongzhi_owner USING \(true\)/.test(policy);

  /** Opens sums to roles of regions, which read across tenants and are never the application. */
  const isRegions = (policy: string) => / FOR SELECT TO gongzhi_region USING /.test(policy);

  test('a table with tenants is bound by row security, forced, by the one policy', async () => {
    const loose = (await tables()).filter(
      (table) =>
        isTenants(table) &&
        !(
          table.rowSecurity &&
          table.forced &&
          // Others may narrow it, none may widen it for the application.
          table.policies.filter(
            (policy) => !policy.includes(' AS RESTRICTIVE ') && !isOwners(policy) && !isRegions(policy),
          ).length === 1 &&
          table.policies.some((policy) =>
            policy.includes(
              "USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer))",
            ),
          )
        ),
    );

    expect(loose.map((table) => `${table.schema}.${table.name}`)).toEqual([]);
  });

  test('only sign-in and the list of migrations stand outside the tenants', async () => {
    const without = (await tables()).filter((table) => !isTenants(table) && table.schema !== 'auth');

    expect(without.map((table) => `${table.schema}.${table.name}`)).toEqual(['platform.migration']);
  });

  test('the tenant stands first in every primary key, unique and foreign key', async () => {
    const wrong = (await tables()).filter(isTenants).flatMap((table) =>
      table.constraints
        .filter((one) => /^(PRIMARY|UNIQUE|FOREIGN)/.test(one.definition))
        .filter((one) => !/^(PRIMARY KEY|UNIQUE|FOREIGN KEY) \(tenant_id\b/.test(one.definition))
        .map((one) => `${table.schema}.${table.name}: ${one.definition}`),
    );
    const indexes = (await tables())
      .filter(isTenants)
      .flatMap((table) =>
        table.indexes.filter((index) => /^CREATE UNIQUE/.test(index) && !/\(tenant_id\b/.test(index)),
      );

    expect([...wrong, ...indexes]).toEqual([]);
  });

  test('there are no triggers', async () => {
    expect((await tables()).flatMap((table) => table.triggers)).toEqual([]);
  });

  test('no index of cases holds what every step changes, so that a note changes its row in place', async () => {
    const cases = (await tables()).find((table) => `${table.schema}.${table.name}` === 'cases.case_file');
    const wrong = cases?.indexes.filter((index) =>
      /\b(version|facts|updated_at|chain_length|chain_head)\b/.test(index),
    );

    expect(wrong).toEqual([]);
  });

  test('codes that are searched by prefix sort byte by byte', async () => {
    const wrong = (await tables()).flatMap((table) =>
      table.columns
        .filter((column) => column.type === 'text' && /_code$|^code$/.test(column.name) && column.collation !== 'C')
        .filter(() => table.schema !== 'auth')
        .map((column) => `${table.schema}.${table.name}.${column.name}`),
    );

    expect(wrong).toEqual([]);
  });

  test('the application owns nothing and may create nothing', async () => {
    const owned = await rows(
      `SELECT oid::regclass AS name FROM pg_class WHERE relowner = 'gongzhi_app'::regrole
       UNION ALL SELECT nspname::regnamespace::oid::regclass FROM pg_namespace WHERE nspowner = 'gongzhi_app'::regrole`,
    );
    const may = await rows<{ name: string }>(
      `SELECT nspname AS name FROM pg_namespace WHERE has_schema_privilege('gongzhi_app', oid, 'CREATE')
       UNION ALL SELECT 'database' WHERE has_database_privilege('gongzhi_app', current_database(), 'CREATE, TEMPORARY')`,
    );

    expect(owned).toEqual([]);
    expect(may).toEqual([]);
  });
});
