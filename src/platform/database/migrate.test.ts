import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { migrate } from './migrate.ts';
import { collectMigrations, type Migration } from './migrations.ts';

let data: TestDatabase;
let all: readonly Migration[];

beforeAll(async () => {
  data = await testDatabase();
  all = await collectMigrations();
});
afterAll(() => data.close());
beforeEach(async () => {
  await query("DROP TABLE IF EXISTS platform.later; DELETE FROM platform.migration WHERE name LIKE '2999%'");
});

async function query<T>(text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: data.ownerUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}
const later = (text: string): Migration => ({
  name: '29990101000000_create_later.sql',
  path: 'src/platform/sql/29990101000000_create_later.sql',
  text,
  checksum: createHash('sha256').update(text).digest('hex'),
});
const run = (migrations: readonly Migration[], say?: (line: string) => void) =>
  migrate({ ownerUrl: data.ownerUrl, appPassword: null, migrations, ...(say ? { say } : {}) });
const exists = async () =>
  (await query<{ name: string | null }>("SELECT to_regclass('platform.later') AS name"))[0]?.name;

test('applies what is new, says so, and nothing the next time', async () => {
  const said: string[] = [];
  const more = [...all, later('CREATE TABLE platform.later (n integer)')];

  expect(await run(more, (line) => said.push(line))).toEqual(['29990101000000_create_later.sql']);
  expect(said).toEqual(['migrating: 29990101000000_create_later.sql']);
  expect(await run(more)).toEqual([]);
});

test('refuses a migration that was changed after it was applied, naming it', async () => {
  await run([...all, later('CREATE TABLE platform.later (n integer)')]);

  const changed = run([...all, later('CREATE TABLE platform.later (n bigint)')]);

  await expect(changed).rejects.toThrow('src/platform/sql/29990101000000_create_later.sql');
});

test('refuses a database of a newer version', async () => {
  await run([...all, later('CREATE TABLE platform.later (n integer)')]);

  await expect(run(all)).rejects.toThrow('does not know: 29990101000000_create_later.sql');
});

test('undoes a migration that fails half-way and says where', async () => {
  const broken = run([...all, later('CREATE TABLE platform.later (n integer);\n\nSELECT nothing;')]);

  await expect(broken).rejects.toThrow('29990101000000_create_later.sql:3: column "nothing" does not exist');
  expect(await exists()).toBeNull();
});

test('of two processes one migrates and the other waits', async () => {
  const more = [...all, later('SELECT pg_sleep(0.2); CREATE TABLE platform.later (n integer)')];

  const applied = await Promise.all([run(more), run(more)]);

  expect(applied.flat()).toEqual(['29990101000000_create_later.sql']);
});

test('file names are unique and in one order over all modules', async () => {
  const names = all.map((migration) => migration.name);

  expect(names).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
});

describe('statements one by one', () => {
  const text = `-- one by one: an index is built while others write.
CREATE TABLE IF NOT EXISTS platform.later (n integer);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS later_n ON platform.later (n);
`;
  const valid = () =>
    query<{ indisvalid: boolean }>(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('platform.later_n')",
    );

  test('go on after what was interrupted, making anew what it left half made', async () => {
    await query('CREATE TABLE platform.later (n integer); INSERT INTO platform.later VALUES (1), (1)');
    await expect(run([...all, later(text)])).rejects.toThrow('later_n ON platform.later (n): could not create');
    expect(await valid()).toEqual([{ indisvalid: false }]);
    await query('TRUNCATE platform.later');

    expect(await run([...all, later(text)])).toEqual(['29990101000000_create_later.sql']);
    expect(await valid()).toEqual([{ indisvalid: true }]);
  });

  test('do not wait for a process that waits for its own turn', async () => {
    const applied = await Promise.all([run([...all, later(text)]), run([...all, later(text)])]);

    expect(applied.flat()).toEqual(['29990101000000_create_later.sql']);
  });
});
