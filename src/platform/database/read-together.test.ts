import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import type { Database, ReadTx } from './database.ts';
import { readTogether } from './read-together.ts';
import { goOnAs } from './transaction.ts';

const actor = systemActor(421181, 'sign-in');
let data: TestDatabase;

beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

/** The database, and how many transactions were begun on it. */
function counted() {
  const begun = { times: 0 };
  const read: Database['read'] = (who, work) => {
    begun.times += 1;
    return data.database.read(who, work);
  };
  return { begun, read };
}

const answer = async (tx: ReadTx, n: number) =>
  (await sql<{ n: number }>`SELECT ${n}::int AS n`.execute(tx)).rows[0]?.n;
const whoActs = async (tx: ReadTx) =>
  (await sql<{ actor: string }>`SELECT current_setting('app.actor') AS actor`.execute(tx)).rows[0]?.actor;

test('those that come while others run share a transaction, and each gets its own answer', async () => {
  const { begun, read } = counted();
  const together = readTogether({ read }, actor);

  const numbers = Array.from({ length: 20 }, (_, at) => at);

  expect(await Promise.all(numbers.map((n) => together((tx) => answer(tx, n))))).toEqual(numbers);
  expect(begun.times).toBe(3);
});

test('one that fails costs none of the others its answer', async () => {
  const together = readTogether(data.database, actor);
  const works = Array.from({ length: 10 }, (_, at) => (tx: ReadTx) => answer(tx, at));
  works[5] = async (tx) => (await sql<{ n: number }>`SELECT 1 / 0 AS n`.execute(tx)).rows[0]?.n;

  const outcomes = await Promise.allSettled(works.map((work) => together(work)));

  expect(outcomes.map(({ status }) => status)).toEqual(works.map((_, at) => (at === 5 ? 'rejected' : 'fulfilled')));
});

test('a transaction goes on in the name of whom it found out, and the next begins in its own', async () => {
  const officer = systemActor(421181, 'whoever it was');

  const [before, after] = await data.database.read(actor, async (tx) => {
    const first = await whoActs(tx);
    goOnAs(tx, officer);
    return [first, await whoActs(tx)];
  });

  expect([before, after]).toEqual(['system:sign-in', 'system:whoever it was']);
  expect(await data.database.read(actor, whoActs)).toBe('system:sign-in');
});
