import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '../../kit/result.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import {
  areaNames,
  areaPath,
  findJurisdiction,
  getArea,
  isOpenArea,
  loadDivisions,
  locate,
  openAreas,
} from './index.ts';

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const actorOf = (jurisdiction: string) => systemActor(Number(jurisdiction), 'first_start');
const load = (jurisdiction: string) =>
  data.database.transact(actorOf(jurisdiction), (tx) => loadDivisions(tx, jurisdiction));
const read = <T>(jurisdiction: string, work: (tx: ReadTx) => Promise<T>) =>
  data.database.read(actorOf(jurisdiction), work);

describe('loading a jurisdiction', () => {
  test('the county of the default configuration: 28 town-level units, 460 villages, a grid each', async () => {
    const loaded = await load('421181');

    expect(loaded).toEqual({ counties: 1, towns: 28, villages: 460, grids: 460 });
    const towns = await read('421181', (tx) => openAreas(tx, 'town'));
    const quasi = towns.filter((town) => !['subdistrict', 'town', 'township'].includes(town.kind));
    expect(quasi.map((town) => town.kind).sort()).toEqual(
      ['development_zone', 'farm', 'farm', 'farm', 'farm', 'park', 'park', 'reservoir', 'reservoir'].sort(),
    );
  });

  test('is done once: loading again changes nothing', async () => {
    expect(await load('421181')).toEqual({ counties: 0, towns: 0, villages: 0, grids: 0 });
  });

  test('a whole prefecture-level city, 196 towns and 3,320 villages, with three seconds of work', {
    timeout: 60_000,
  }, async () => {
    const before = process.cpuUsage();
    const loaded = await load('330100');
    // Time of the processor, not of the wall: other tests run beside this one. An idle machine takes 1.1 s of either.
    const { user, system } = process.cpuUsage(before);

    expect(loaded).toEqual({ counties: 13, towns: 196, villages: 3320, grids: 3320 });
    expect((user + system) / 1e6).toBeLessThan(3);
  });

  test.each([
    ['441900', '东莞市', 36, '441900003001'],
    ['442000', '中山市', 23, '442000001007'],
    ['460400', '儋州市', 18, '460400100001'],
    ['620200', '嘉峪关市', 5, '620201001001'],
  ])(
    '%s, a city without counties: its towns stand under one row of the city itself',
    async (code, name, towns, village) => {
      expect(await load(code)).toMatchObject({ counties: 1, towns });
      const path = await read(code, (tx) => areaPath(tx, village));

      expect(path.map((step) => step.level)).toEqual(['city', 'town', 'village']);
      expect(path[0]?.name).toBe(name);
    },
  );

  test.each(['419001', '429021', '659002'])('%s, a county directly under its province', async (code) => {
    const loaded = await load(code);
    const jurisdiction = await read(code, findJurisdiction);

    expect(isRefusal(loaded)).toBe(false);
    expect(jurisdiction?.context).toHaveLength(1);
  });

  test.each(['000000', '330000', '429000', '999999', '42118', 'abc'])('%s is refused', async (code) => {
    const refused = await data.database.transact(systemActor(1, 'first_start'), (tx) => loadDivisions(tx, code));

    expect(refused).toMatchObject({ refused: true, code: 'areas.jurisdiction_unknown' });
  });

  test('every code fits its parent, and every village has its provisional grid', async () => {
    const misfits = await read('330100', (tx) =>
      sql`SELECT code FROM areas.area WHERE parent_code IS NOT NULL AND NOT starts_with(code, parent_code)`.execute(tx),
    );
    const gridless = await read('330100', (tx) =>
      sql`SELECT v.code FROM areas.area v WHERE v.level = 'village' AND NOT EXISTS (
            SELECT FROM areas.area g WHERE g.parent_code = v.code AND g.provisional)`.execute(tx),
    );

    expect(misfits.rows).toEqual([]);
    expect(gridless.rows).toEqual([]);
  });
});

describe('what is loaded', () => {
  test('a village carries its everyday and its official name, and a path below the county', async () => {
    const area = await read('421181', (tx) => getArea(tx, '421181001011'));
    const names = await read('421181', (tx) => areaNames(tx, ['421181001011', '421181001011001', '421181']));

    expect(area).toMatchObject({ name: '龙池桥社区', officialName: '龙池桥社区居民委员会', kind: 'community' });
    expect(names.get('421181001011001')).toEqual({ name: '第一网格', path: '龙池桥街道/龙池桥社区/第一网格' });
    expect(names.get('421181')).toEqual({ name: '麻城市', path: '麻城市' });
  });

  test('every open grid is drawn, and the middle of its drawing is found again', async () => {
    const grids = await read('421181', (tx) => openAreas(tx, 'grid'));
    const found = await read('421181', (tx) =>
      Promise.all(grids.map((grid) => locate(tx, grid.centre?.[0] ?? 0, grid.centre?.[1] ?? 0))),
    );

    expect(grids.every((grid) => grid.schematic && grid.centre !== null)).toBe(true);
    const right = found.filter((located, index) => located?.code === grids[index]?.code && located?.schematic);
    expect(right.length).toBe(grids.length);
  });

  test('an unknown code is no open area', async () => {
    expect(await read('421181', (tx) => isOpenArea(tx, '421181001'))).toBe(true);
    expect(await read('421181', (tx) => isOpenArea(tx, '421181999'))).toBe(false);
    expect(await read('421181', (tx) => isOpenArea(tx, '330106002'))).toBe(false);
  });
});
