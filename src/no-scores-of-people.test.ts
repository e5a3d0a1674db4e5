import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './platform/testing/database.ts';

/**
 * Offices are scored, residents never: no table says a level, colour, score or label of a person. A table is about a
 * person when it is the requesters' own, refers to them, or has a column that names one.
 */
const JUDGING =
  /(^|_)(score|scores|points|grade|level|rank|ranking|colour|color|rating|credit|risk|label|tag|tags|tier|star|stars|blacklist|frequency|repeat|repeater)(_|$)/;
const PERSON = /(^|_)(requester|resident|person|household|citizen|phone_index)(_|$)/;

/** Columns that sound alike and are none: each with its reason. */
const INNOCENT = new Set<string>([]);

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

type Column = { table: string; column: string };

async function faultsIn(client: pg.Client): Promise<string[]> {
  const columns = await client.query<Column>(
    `SELECT table_schema || '.' || table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const references = await client.query<{ table: string }>(
    `SELECT DISTINCT conrelid::regclass::text AS table FROM pg_constraint
     WHERE contype = 'f' AND confrelid = 'requesters.requester'::regclass`,
  );
  const personal = new Set(references.rows.map((row) => row.table));
  for (const { table, column } of columns.rows) {
    if (table.startsWith('requesters.') || PERSON.test(column)) personal.add(table);
  }
  return columns.rows
    .filter(({ table, column }) => personal.has(table) && JUDGING.test(column))
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !INNOCENT.has(name));
}

describe('no table joins a person to a level, colour or score', () => {
  test('in the schema as it is', async () => {
    expect(await faultsIn(owner)).toEqual([]);
  });

  test.each([
    'ALTER TABLE requesters.requester ADD COLUMN risk_level int',
    'ALTER TABLE cases.case_file ADD COLUMN requester_score int',
    'CREATE TABLE cases.watch (tenant_id int, phone_index text, colour text)',
    `CREATE TABLE cases.mark (tenant_id int, who uuid, grade int,
       FOREIGN KEY (tenant_id, who) REFERENCES requesters.requester (tenant_id, id))`,
  ])('and one that would is found: %s', async (change) => {
    await owner.query('BEGIN');
    await owner.query(change);
    const found = await faultsIn(owner);
    await owner.query('ROLLBACK');
    expect(found).toHaveLength(1);
  });
});
