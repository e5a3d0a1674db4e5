import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { quietLog, type TestDatabase, testDatabase } from '../testing/database.ts';
import { createDatabase } from './create-database.ts';
import type { Database, ReadTx, WriteTx } from './database.ts';
import { keepEachWhile, keepWhile } from './kept.ts';
import { attempt } from './transaction.ts';
import { jsonb } from './values.ts';

const macheng = systemActor(421181, 'test');
const hangzhou = systemActor(330100, 'test');
const keep = keepWhile('platform.setting');
const keepEach = keepEachWhile('platform.setting');
let data: TestDatabase;
let here: Database;
/** Another process on the same database. */
let there: Database;
let loads = 0;

beforeAll(async () => {
  data = await testDatabase();
  here = data.database;
  there = createDatabase({ url: data.appUrl, poolSize: 2, log: quietLog });
});
afterAll(async () => {
  await there.close();
  await data.close();
});

const keys = (tx: ReadTx) =>
  keep(tx, 'keys', async () => {
    loads++;
    const { rows } = await sql<{ key: string }>`SELECT key FROM platform.setting ORDER BY key`.execute(tx);
    return rows.map((row) => row.key);
  });
const put = (tx: WriteTx, key: string, tenant = 421181) =>
  tx
    .insertInto('platform.setting')
    .values({ tenant_id: tenant, key, valid_from: new Date(0), value: jsonb(true) })
    .execute();

test('what stays is loaded once', async () => {
  await here.read(macheng, keys);
  const before = loads;
  await here.read(macheng, keys);
  await here.transact(macheng, keys);

  expect(loads).toBe(before);
});

test('a change holds for the next transaction, also in another process', async () => {
  await Promise.all([here.read(macheng, keys), there.read(macheng, keys)]);
  await here.transact(macheng, (tx) => put(tx, 'kept.changed'));

  expect(await here.read(macheng, keys)).toContain('kept.changed');
  expect(await there.read(macheng, keys)).toContain('kept.changed');
});

test('a transaction sees what it changed itself, and what it undid is not kept', async () => {
  await here
    .transact(macheng, async (tx) => {
      await put(tx, 'kept.undone');
      expect(await keys(tx)).toContain('kept.undone');
      throw new Error('undone');
    })
    .catch(() => undefined);

  expect(await here.read(macheng, keys)).not.toContain('kept.undone');
});

test('a change inside an attempt counts as one', async () => {
  await here.read(macheng, keys);
  await here.transact(macheng, (tx) => attempt(tx, (inner) => put(inner, 'kept.attempted')));

  expect(await here.read(macheng, keys)).toContain('kept.attempted');
});

test('what an attempt undid is not kept in its transaction either', async () => {
  await here.transact(macheng, async (tx) => {
    const undone = attempt(tx, async (inner) => {
      await put(inner, 'kept.tried');
      expect(await keys(inner)).toContain('kept.tried');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await keys(tx)).not.toContain('kept.tried');
  });
});

test('after a change of its own a transaction keeps what it loads until it changes more', async () => {
  await here.transact(macheng, async (tx) => {
    await put(tx, 'kept.one');
    const before = loads;
    await keys(tx);
    await keys(tx);
    expect(loads).toBe(before + 1);
    await put(tx, 'kept.two');
    expect(await keys(tx)).toContain('kept.two');
  });
});

test('one tenant sees nothing of what is kept for another', async () => {
  await here.transact(hangzhou, (tx) => put(tx, 'kept.hangzhou', 330100));
  await here.read(macheng, keys);

  expect(await here.read(hangzhou, keys)).toEqual(['kept.hangzhou']);
  expect(await here.read(macheng, keys)).not.toContain('kept.hangzhou');
});

test('of many keys only those not yet known are loaded, and one that is not there is known as such', async () => {
  const asked: string[][] = [];
  const find = (tx: ReadTx, wanted: string[]) =>
    keepEach(tx, 'found', wanted, async (missing) => {
      asked.push([...missing]);
      return new Map(missing.filter((key) => key !== 'none').map((key) => [key, key.length]));
    });
  await here.read(macheng, (tx) => find(tx, ['a', 'none']));

  expect(await here.read(macheng, (tx) => find(tx, ['a', 'none', 'bcd']))).toEqual(
    new Map([
      ['a', 1],
      ['bcd', 3],
    ]),
  );
  expect(asked).toEqual([['a', 'none'], ['bcd']]);
});
