import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refuse } from '../../kit/result.ts';
import { systemActor } from '../auth/actor.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { createDatabase } from './create-database.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { sqlState, TransactionAborted } from './errors.ts';
import { attempt } from './transaction.ts';
import { jsonb } from './values.ts';
import { quietLog } from '../testing/database.ts';

const macheng = systemActor(421181, 'test');
const hangzhou = systemActor(330100, 'test');
let data: TestDatabase;

beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const putSetting = (tx: WriteTx, tenant: number, key: string) =>
  tx
    .insertInto('platform.setting')
    .values({ tenant_id: tenant, key, valid_from: new Date(0), value: jsonb([1, 2]) })
    .execute();
const keys = async (tx: ReadTx) =>
  (await tx.selectFrom('platform.setting').select('key').orderBy('key').execute()).map((row) => row.key);

describe('row security', () => {
  test("another tenant's rows cannot be seen", async () => {
    await data.database.transact(macheng, (tx) => putSetting(tx, 421181, 'rows.own'));

    expect(await data.database.read(macheng, keys)).toContain('rows.own');
    expect(await data.database.read(hangzhou, keys)).not.toContain('rows.own');
  });

  test("a row cannot be written into another tenant's data", async () => {
    const written = data.database.transact(macheng, (tx) => putSetting(tx, 330100, 'rows.foreign'));

    await expect(written).rejects.toSatisfy((error) => sqlState(error) === '42501');
  });

  test('without a tenant nothing is visible', async () => {
    const client = new pg.Client({ connectionString: data.appUrl });
    await client.connect();
    const { rows } = await client.query('SELECT * FROM platform.setting');
    await client.end();

    expect(rows).toEqual([]);
  });

  test.each([
    'ALTER TABLE platform.setting DISABLE ROW LEVEL SECURITY',
    'DROP POLICY tenant ON platform.setting',
    'ALTER ROLE gongzhi_app BYPASSRLS',
    'SET ROLE gongzhi_owner',
    'SET SESSION AUTHORIZATION gongzhi_owner',
    'CREATE TABLE public.mine (id int)',
    'CREATE TABLE platform.mine (id int)',
    'CREATE TEMPORARY TABLE mine (id int)',
    'CREATE SCHEMA mine',
    "UPDATE platform.audit_entry SET action = 'x'",
    'DELETE FROM cases.event',
    'TRUNCATE platform.audit_entry',
    'TRUNCATE platform.setting',
    'SELECT * FROM platform.migration',
  ])('the application may not: %s', async (statement) => {
    const done = data.database.transact(macheng, (tx) => sql.raw(statement).execute(tx));

    await expect(done).rejects.toSatisfy((error) => sqlState(error) === '42501');
  });

  test('row security cannot be switched off for a query', async () => {
    const done = data.database.transact(hangzhou, async (tx) => {
      await sql`SET LOCAL row_security = off`.execute(tx);
      return keys(tx);
    });

    await expect(done).rejects.toSatisfy((error) => sqlState(error) === '42501');
  });
});

describe('a transaction', () => {
  test('reads only when it was opened for reading', async () => {
    const written = data.database.read(macheng, (tx) => putSetting(tx as WriteTx, 421181, 'tx.read'));

    await expect(written).rejects.toSatisfy((error) => sqlState(error) === '25006');
  });

  test('is undone by a refusal, which comes back as a value', async () => {
    const answer = await data.database.transact(macheng, async (tx) => {
      await putSetting(tx, 421181, 'tx.refused');
      return refuse('cases.not_allowed');
    });

    expect(answer).toMatchObject({ refused: true, code: 'cases.not_allowed' });
    expect(await data.database.read(macheng, keys)).not.toContain('tx.refused');
  });

  test('fails when a failed statement was swallowed inside', async () => {
    const done = data.database.transact(macheng, async (tx) => {
      await putSetting(tx, 421181, 'tx.swallowed');
      await sql`SELECT 1/0`.execute(tx).catch(() => undefined);
    });

    await expect(done).rejects.toBeInstanceOf(TransactionAborted);
  });

  test('goes on after an attempt that failed', async () => {
    await data.database.transact(macheng, async (tx) => {
      await putSetting(tx, 421181, 'tx.first');
      await attempt(tx, (inner) => putSetting(inner, 421181, 'tx.first')).catch(() => undefined);
      await attempt(tx, (inner) => putSetting(inner, 421181, 'tx.second'));
    });

    expect(await data.database.read(macheng, keys)).toEqual(expect.arrayContaining(['tx.first', 'tx.second']));
  });

  test('cannot be used after its end', async () => {
    let kept: ReadTx | undefined;
    await data.database.read(macheng, async (tx) => {
      kept = tx;
    });

    await expect(keys(kept as ReadTx)).rejects.toThrow('the transaction has ended');
  });

  test('tells afterwards only when it committed', async () => {
    const told: string[] = [];
    const fail = data.database.transact(macheng, async (tx) => {
      data.database.afterCommit(tx, () => told.push('failed'));
      throw new Error('no');
    });
    await expect(fail).rejects.toThrow('no');
    await data.database.transact(macheng, async (tx) => {
      data.database.afterCommit(tx, () => told.push('committed'));
      expect(told).toEqual([]);
    });

    expect(told).toEqual(['committed']);
  });

  test('runs statements that were started at once one after the other', async () => {
    const answers = await data.database.read(macheng, (tx) =>
      Promise.all([1, 2, 3].map((n) => sql<{ n: number }>`SELECT ${n}::int AS n`.execute(tx))),
    );

    expect(answers.map((answer) => answer.rows[0]?.n)).toEqual([1, 2, 3]);
  });

  test('is tried again after a deadlock only when asked', async () => {
    let runs = 0;
    const work = async (tx: WriteTx) => {
      runs++;
      if (runs < 3) await sql`DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40P01'; END $$`.execute(tx);
      return runs;
    };

    await expect(data.database.transact(macheng, work)).rejects.toSatisfy((error) => sqlState(error) === '40P01');
    expect(await data.database.transact(macheng, work, { tries: 3 })).toBe(3);
  });
});

describe('a pooled connection', () => {
  const settings = (tx: ReadTx) =>
    sql<{ pid: number; tenant: string; actor: string }>`
      SELECT pg_backend_pid() AS pid, current_setting('app.tenant', true) AS tenant,
             current_setting('app.actor', true) AS actor`.execute(tx);

  test('never carries the former actor, also not after an error', async () => {
    const single = createDatabase({ url: data.appUrl, poolSize: 1, log: quietLog });
    const first = await single.read(macheng, settings);
    await expect(single.transact(macheng, (tx) => sql`SELECT 1/0`.execute(tx))).rejects.toThrow();
    const second = await single.read(hangzhou, settings);
    await single.close();

    expect(second.rows[0]).toEqual({ pid: first.rows[0]?.pid, tenant: '330100', actor: 'system:test' });
  });

  test('has no tenant and no actor between two transactions', async () => {
    const client = new pg.Client({ connectionString: data.appUrl });
    await client.connect();
    const left = () =>
      client.query("SELECT current_setting('app.tenant', true) t, current_setting('app.actor', true) a");
    await client.query("BEGIN; SELECT platform.enter(421181, 'someone'); COMMIT");
    const committed = await left();
    await client.query("BEGIN; SELECT platform.enter(421181, 'someone'); ROLLBACK");
    const undone = await left();
    await client.end();

    expect([committed.rows, undone.rows]).toEqual([[{ t: '', a: '' }], [{ t: '', a: '' }]]);
  });

  test('is thrown away when it broke', async () => {
    const single = createDatabase({ url: data.appUrl, poolSize: 1, log: quietLog });
    const { rows } = await single.read(macheng, settings);
    const broken = single.transact(macheng, (tx) => sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx));
    await expect(broken).rejects.toThrow();
    const after = await single.read(macheng, settings);
    await single.close();

    expect(after.rows[0]?.pid).not.toBe(rows[0]?.pid);
  });
});

test('values come as numbers, days and instants', async () => {
  const { rows } = await data.database.read(macheng, (tx) =>
    sql`SELECT 42::bigint AS n, '2026-02-03'::date AS day, '2026-02-03T00:00:00Z'::timestamptz AS at,
               ARRAY[1,2]::bigint[] AS list, '[1,{"a":null}]'::jsonb AS json`.execute(tx),
  );

  expect(rows[0]).toEqual({
    n: 42,
    day: '2026-02-03',
    at: new Date('2026-02-03T00:00:00Z'),
    list: [1, 2],
    json: [1, { a: null }],
  });
});

test('a bigint too large for a number is an error, not another number', async () => {
  const read = data.database.read(macheng, (tx) => sql`SELECT 9007199254740993::bigint`.execute(tx));

  await expect(read).rejects.toThrow(RangeError);
});

test('answers whether it is healthy', async () => {
  const gone = createDatabase({ url: 'postgres://nobody:x@127.0.0.1:1/none', poolSize: 1, log: quietLog });

  expect(await data.database.healthy()).toBe(true);
  expect(await gone.healthy()).toBe(false);
});
