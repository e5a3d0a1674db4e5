import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEALED_TABLES } from './compose.ts';
import { type TestDatabase, testDatabase } from './platform/testing/database.ts';

/**
 * Digests, salts and wrapped keys: bytes that no data key opens. Whoever adds a column of bytes says here what it is, or
 * declares it as sealed in his module: rotations seal anew only what is declared.
 */
const NOT_SEALED = new Set([
  'auth.challenge.id',
  'auth.known_device.device',
  'auth.one_time_link.token_hash',
  'auth.passkey.public_key',
  'auth.recovery_code.code_mac',
  'cases.case_file.chain_head',
  'cases.event.content_commitment',
  'cases.event.hash',
  'cases.event.previous_hash',
  'cases.event_content.salt',
  'ledger.audit_batch.entry_hashes',
  'ledger.checkpoint.root',
  'ledger.leaf.hash',
  'ledger.leaf.head',
  'ledger.node.hash',
  'platform.data_key.wrapped',
  'platform.file.salt',
  'platform.idempotency.request_hash',
  'requesters.phone_code.code_mac',
  'requesters.requester.salt',
  'requesters.resident_session.token_hash',
]);

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

test('every column of bytes is declared as sealed, or known not to be', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE data_type = 'bytea' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const sealed = SEALED_TABLES.flatMap(({ table, sealed }) => sealed.map((column) => `${table}.${column}`));
  const found = rows.map((row) => row.name);
  expect(found.filter((name) => !NOT_SEALED.has(name))).toEqual(sealed.sort());
  expect(found.length).toBeGreaterThan(15);
});

test('declared keys are the primary keys', async () => {
  for (const { table, key, ofTenant } of SEALED_TABLES) {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
       WHERE i.indrelid = $1::regclass AND i.indisprimary`,
      [table],
    );
    expect(rows.map((row) => row.name).sort()).toEqual([...key, ...(ofTenant ? [] : ['tenant_id'])].sort());
  }
});

test('the application may write every one of them', async () => {
  for (const { table, sealed, indexes = [], versionColumn } of SEALED_TABLES) {
    const columns = [...sealed, ...indexes.map((index) => index.column), ...(versionColumn ? [versionColumn] : [])];
    for (const column of columns) {
      const { rows } = await owner.query<{ may: boolean }>(
        "SELECT has_column_privilege('gongzhi_app', $1, $2, 'UPDATE') AS may",
        [table, column],
      );
      expect(rows[0]?.may, `${table}.${column}`).toBe(true);
    }
  }
});
