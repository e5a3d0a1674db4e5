import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { loadDivisions } from '../areas/index.ts';
import {
  commandCentreFor,
  findOrganisationByKind,
  findStation,
  loadOrganisations,
  villageOrganisation,
} from './index.ts';

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const at = new Date('2026-11-20T02:00:00Z');

async function load(jurisdiction: string): Promise<{ made: number; seconds: number }> {
  const actor = systemActor(Number(jurisdiction), 'test');
  await data.database.transact(actor, (tx) => loadDivisions(tx, jurisdiction));
  const started = performance.now();
  const made = await data.database.transact(actor, (tx) => loadOrganisations(tx, { at }));
  return { made, seconds: (performance.now() - started) / 1000 };
}

describe('first load', () => {
  test('the default county: 31 county bodies, 7 in each of 28 towns, 460 villages; a second load adds nothing', async () => {
    expect((await load('421181')).made).toBe(31 + 28 * 7 + 460);
    expect((await load('421181')).made).toBe(0);
  });

  test('Hangzhou with 13 counties, 196 towns and 3,320 villages is entered within 3 seconds', async () => {
    const { made, seconds } = await load('330100');

    expect(made).toBe(31 * 14 + 196 * 7 + 3320);
    expect(seconds).toBeLessThan(3);
  });

  test('tenants do not see each other’s bodies', async () => {
    const count = await data.database.read(systemActor(421181, 'test'), async (tx) => {
      const found = await sql<{ count: number }>`SELECT count(*)::int AS count FROM organisations.organisation`.execute(
        tx,
      );
      return found.rows[0]?.count;
    });

    expect(count).toBe(31 + 28 * 7 + 460);
  });

  test('bodies are found by place: the nearest command centre, the station of a town, the committee of a village', async () => {
    const names = await data.database.read(systemActor(421181, 'test'), async (tx) => [
      (await commandCentreFor(tx, '421181001001001')).shortName,
      (await commandCentreFor(tx, '421181')).shortName,
      (await findStation(tx, 'justice_office', '421181100'))?.shortName,
      await findStation(tx, 'justice_office', '421181'),
      (await findOrganisationByKind(tx, 'housing'))?.shortName,
      (await villageOrganisation(tx, '421181001001001'))?.name,
    ]);

    expect(names).toEqual([
      '龙池桥街道指挥中心',
      '市社会治理中心',
      '中馆驿司法所',
      null,
      '市住建局',
      '园林社区居民委员会',
    ]);
  });
});
