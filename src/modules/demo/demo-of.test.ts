import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { testDatabase, type TestDatabase } from '../../platform/testing/database.ts';
import { loadDivisions } from '../areas/index.ts';
import { demoOf } from './demo-of.ts';
import { markDemo } from './index.ts';

const COUNTY = '421181';
const tenant = Number(COUNTY);
const actor = systemActor(tenant, 'first-start');

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

test('what was begun for service is no demo at a later start that is not told so again', async () => {
  const { database } = data;
  expect(await demoOf({ demo: true, tenant }, database)).toBe(true);
  expect(await demoOf({ demo: false, tenant }, database)).toBe(false);

  await database.transact(actor, (tx) => loadDivisions(tx, COUNTY));
  expect(await demoOf({ demo: true, tenant }, database)).toBe(false);

  await database.transact(actor, (tx) => markDemo(tx, new Date()));
  expect(await demoOf({ demo: true, tenant }, database)).toBe(true);
  expect(await demoOf({ demo: false, tenant }, database)).toBe(false);
});
