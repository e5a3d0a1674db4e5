import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from '../../platform/database/migrations.ts';
import { type AreasApp, areasApp, COMMUNITY, STREET } from './testing.ts';

type Corner = [number, number];
const box = (west: number, south: number, east: number, north: number): Corner[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const feature = (properties: object, ...rings: Corner[][]) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: rings },
});
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const reasons = (report: { issues: { index: number; reason: string }[] }) =>
  report.issues.map((issue) => [issue.index, issue.reason]);

describe('a county', () => {
  let app: AreasApp;
  beforeAll(async () => {
    app = await areasApp();
  });
  afterAll(() => app.close());
  const post = (path: string, body: unknown) => app.api('POST', `/api/area-imports/${path}`, body);
  const gridsOf = async (village: string) => (await app.api('GET', `/api/areas/tree?parent=${village}`)).body.items;

  describe('importing grids', () => {
    const rows = [
      '网格编码,村社区,网格名称,户数,人口,类型',
      ',龙池桥街道/龙池桥社区,桥东网格,312,901,基础网格',
      ',421181001011,桥西网格,280,,',
      '421181001011005,,菜市场网格,,,专属网格',
      ',凉亭村,凉亭网格,,,',
      ',421181999999,不存在网格,,,',
      ',龙池桥街道/龙池桥社区,桥东网格,,,',
      '421181001011005,,重复编码网格,,,',
      '421181001012001,421181001011,错位网格,,,',
      ',421181001011,,,,',
      ',421181001011,户数网格,三百,,',
      '42118100101100,,短码网格,,,',
      ',,无主网格,,,',
      ',421181001011,类型网格,,,自留网格',
    ].join('\n');

    test('a trial reports and writes nothing', async () => {
      const { body } = await post('grids', { csv: rows, dryRun: true });

      expect(body).toMatchObject({ id: null, total: 13, accepted: 3, rejected: 10 });
      expect(await gridsOf(COMMUNITY)).toMatchObject([{ provisional: true }]);
    });

    test('every row is a grid or has its reason', async () => {
      const { body } = await post('grids', { csv: rows });

      expect(reasons(body)).toEqual([
        [3, 'ambiguous_village'],
        [4, 'unknown_village'],
        [5, 'duplicate_name'],
        [6, 'duplicate_code'],
        [7, 'wrong_parent'],
        [8, 'no_name'],
        [9, 'bad_number'],
        [10, 'not_a_grid_code'],
        [11, 'no_village'],
        [12, 'bad_kind'],
      ]);
      expect(body.issues[0].text).toContain('同名');
    });

    test('the provisional grid became the first row, the others got their codes', async () => {
      expect(await gridsOf(COMMUNITY)).toMatchObject([
        { code: `${COMMUNITY}001`, name: '桥东网格', households: 312, population: 901, provisional: false },
        { code: `${COMMUNITY}002`, name: '桥西网格', households: 280 },
        { code: `${COMMUNITY}005`, name: '菜市场网格', kind: 'special_grid', schematic: true },
      ]);
    });

    test('importing the same file again changes nothing', async () => {
      const before = await gridsOf(COMMUNITY);
      const { body } = await post('grids', { csv: rows });
      const after = await gridsOf(COMMUNITY);

      expect(body).toMatchObject({ accepted: 3, rejected: 10 });
      expect(after.map((grid: { code: string; name: string }) => [grid.code, grid.name])).toEqual(
        before.map((grid: { code: string; name: string }) => [grid.code, grid.name]),
      );
    });

    test('a file with codes of its own ends the provisional grid and names what came after', async () => {
      const village = '421181001001';
      await post('grids', { csv: `code,name\n${village}101,东一网格\n${village}102,东二网格` });
      const old = (await app.api('GET', `/api/areas/${village}001`)).body;

      expect(old).toMatchObject({ successors: [{ name: '东一网格' }, { name: '东二网格' }] });
      expect(old.validTo).not.toBeNull();
    });

    test.each([
      ['areas.csv_invalid', 'code,name\n"abc'],
      ['areas.import_empty', 'code,name\n'],
      ['areas.csv_columns', '甲,乙\n1,2'],
    ])('%s', async (code, csv) => {
      expect((await post('grids', { csv })).body).toMatchObject({ code });
    });

    test('the reports are kept', async () => {
      const { body } = await app.api('GET', '/api/area-imports?limit=1');
      const report = await app.api('GET', `/api/area-imports/${body.items[0].id}`);

      expect(body.next).not.toBeNull();
      expect(report.body.total).toBe(body.items[0].total);
    });
  });

  describe('importing boundaries', () => {
    test('a street, its villages and grids; the rest of the street is drawn in what is left', async () => {
      const { body } = await post('boundaries', {
        attribution: '麻城市自然资源和规划局',
        geojson: collection(
          feature({ code: STREET, name: '龙池桥街道' }, box(115, 31.1, 115.1, 31.2)),
          feature({ code: COMMUNITY }, box(115, 31.1, 115.04, 31.14)),
          feature({ code: `${COMMUNITY}001`, name: '桥东网格' }, box(115, 31.1, 115.02, 31.14)),
          feature({ code: `${COMMUNITY}002` }, box(115.02, 31.1, 115.04, 31.14)),
        ),
      });
      const map = (await app.api('GET', `/api/areas/${STREET}/map`)).body;
      const other = map.features.find((each: { properties: { code: string } }) => each.properties.code !== COMMUNITY);

      expect(body).toMatchObject({ total: 4, accepted: 4, issues: [] });
      expect(map).toMatchObject({ schematic: true, attributions: ['麻城市自然资源和规划局'] });
      const [lon, lat] = other.properties.centre;
      expect(lon > 115 && lon < 115.1 && lat > 31.1 && lat < 31.2 && !(lon < 115.04 && lat < 31.14)).toBe(true);
    });

    test('a point is found in its grid by the real boundary', async () => {
      const { body } = await app.api('GET', '/api/areas/locate?lon=115.01&lat=31.12');

      expect(body).toMatchObject({
        area: { code: `${COMMUNITY}001`, schematic: false, path: '龙池桥街道/龙池桥社区/桥东网格' },
        known: { code: `${COMMUNITY}001` },
        inside: true,
      });
    });

    test('a point in the street but in no known village names a drawn grid of that street', async () => {
      const { body } = await app.api('GET', '/api/areas/locate?lon=115.08&lat=31.18');

      expect(body).toMatchObject({ area: { schematic: true }, known: { code: STREET } });
      expect(body.area.code.startsWith(STREET)).toBe(true);
    });

    test('every feature that cannot be used has its reason', async () => {
      const { body } = await post('boundaries', {
        geojson: collection(
          feature({ code: `${COMMUNITY}005` }, box(115.01, 31.11, 115.03, 31.13)),
          feature({ code: '421181001010' }, box(115.2, 31.1, 115.24, 31.14)),
          feature({ code: '421181002' }, [
            [115.2, 31.1],
            [115.3, 31.2],
            [115.3, 31.1],
            [115.2, 31.25],
            [115.2, 31.1],
          ]),
          feature({ code: '421181003' }, [
            [115.3, 31.1],
            [115.4, 31.1],
            [115.4, 31.2],
            [115.3, 31.2],
          ]),
          feature({ code: '421181100' }, box(500_000, 3_400_000, 500_100, 3_400_100)),
          feature({ code: '421181101', parent: '421182' }, box(115.4, 31.1, 115.5, 31.2)),
          feature({ code: '421181102' }, box(115.6, 31.1, 115.7, 31.2)),
          feature({ code: '421181102' }, box(115.7, 31.1, 115.8, 31.2)),
          feature({ code: '421181103' }, box(115.65, 31.1, 115.75, 31.2)),
          feature({ name: '凉亭村' }, box(115.9, 31.1, 115.92, 31.12)),
          feature({ code: STREET }, box(115, 31.1, 115.02, 31.12)),
        ),
      });

      expect(reasons(body)).toEqual([
        [0, 'overlaps'],
        [1, 'outside_parent'],
        [2, 'crosses_itself'],
        [3, 'ring_open'],
        [4, 'wrong_crs'],
        [5, 'wrong_parent'],
        [7, 'duplicate_code'],
        [8, 'overlaps'],
        [9, 'ambiguous_name'],
        [10, 'child_outside'],
      ]);
      expect(body).toMatchObject({ total: 11, accepted: 1 });
      expect(body.issues[0].text).toContain(`${COMMUNITY}001`);
    });

    test('in English, too', async () => {
      const response = await app.server.inject({
        method: 'POST',
        url: '/api/area-imports/boundaries',
        headers: { cookie: app.administrator, 'accept-language': 'en' },
        payload: { geojson: collection(feature({ code: '1' }, box(115, 31, 116, 32))), dryRun: true },
      });

      expect(response.json().issues[0].text).toBe('The code has a wrong number of digits');
    });

    test.each([
      ['areas.geojson_invalid', { type: 'Point' }],
      ['areas.import_empty', { type: 'FeatureCollection', features: [] }],
      [
        'areas.geojson_wrong_crs',
        { type: 'FeatureCollection', features: [{}], crs: { properties: { name: 'EPSG:3857' } } },
      ],
    ])('%s', async (code, geojson) => {
      expect((await post('boundaries', { geojson })).body).toMatchObject({ code });
    });

    test('a boundary imported by mistake is taken back', async () => {
      const removed = await app.api('DELETE', `/api/areas/421181102/boundary`);
      const again = await app.api('DELETE', `/api/areas/421181102/boundary`);

      expect(removed.body).toMatchObject({ schematic: true, centre: expect.any(Array) });
      expect(again.body).toMatchObject({ code: 'areas.no_boundary' });
    });

    test('merging two grids with boundaries joins them; a split keeps the old outline for its drawings', async () => {
      const merged = await app.api('POST', `/api/areas/${COMMUNITY}/merger`, {
        codes: [`${COMMUNITY}001`, `${COMMUNITY}002`],
        into: { name: '桥头网格' },
      });
      const { code } = merged.body;

      expect(merged.body).toMatchObject({ schematic: false, households: 592, attribution: '麻城市自然资源和规划局' });
      expect((await app.api('GET', '/api/areas/locate?lon=115.03&lat=31.12')).body.area.code).toBe(code);
    });
  });

  describe('importing addresses', () => {
    const rows = [
      '镇街,村社区,网格,小区,幢,单元,户室',
      '龙池桥街道,龙池桥社区,桥头网格,锦绣花园,1栋,一单元,101',
      '龙池桥街道,龙池桥社区,桥头网格,锦绣花园,01号楼,1,0101室',
      '龙池桥街道,龙池桥社区,桥头网格,锦绣花园,2栋,,',
      '龙池桥街道,龙池桥社区,,菜场小区,1,1,102',
      ',杜鹃村,,杜鹃一组,无,无,12号',
      ',凉亭村,,凉亭一组,,,',
      ',没有的村,,某组,,,',
      ',421181001011,没有的网格,某组,,,',
      '龙池桥街道,龙池桥社区,桥头网格,,无,-,',
    ].join('\n');

    test('every row lies in a grid or has its reason; the match rate is told', async () => {
      const { body } = await post('addresses', { csv: rows });

      expect(reasons(body)).toEqual([
        [1, 'duplicate_address'],
        [3, 'no_grid'],
        [5, 'ambiguous_village'],
        [6, 'unknown_village'],
        [7, 'unknown_grid'],
        [8, 'address_empty'],
      ]);
      expect(body).toMatchObject({ total: 9, accepted: 3, rejected: 6 });
      expect(body.matchRate).toBeCloseTo(5 / 9);
    });

    test('they are listed in their fixed spelling, and again without doubling', async () => {
      await post('addresses', { csv: rows });
      const { body } = await app.api('GET', `/api/addresses?area=${COMMUNITY}`);

      expect(body.items.map((item: { text: string }) => item.text).sort()).toEqual([
        '锦绣花园1幢1单元101室',
        '锦绣花园2幢',
      ]);
      expect(body.items[0].unit === '无' || body.items[1].unit === '无').toBe(true);
    });

    test('an estate in a sentence leads to its grid', async () => {
      const { body } = await app.api(
        'GET',
        `/api/areas/candidates?text=${encodeURIComponent('锦绣花园三栋楼下灯坏了')}`,
      );

      expect(body.items[0]).toMatchObject({ reason: 'address', matched: '锦绣花园', level: 'grid' });
    });

    test('a grid worker sees those of his own grid alone', async () => {
      const { body } = await app.api('GET', '/api/addresses', undefined, app.gridWorker);

      expect(body.items).toEqual([]);
    });

    test('closing a grid with addresses asks where they go; splitting it, too', async () => {
      const grid = (await gridsOf(COMMUNITY)).find((each: { name: string }) => each.name === '桥头网格');
      const { version } = grid;
      const closed = await app.api('POST', `/api/areas/${grid.code}/closure`, { version });
      const estates = await app.api('GET', `/api/areas/${grid.code}/estates`);
      const unshared = await app.api('POST', `/api/areas/${grid.code}/split`, {
        version,
        parts: [{ name: '桥头一网格' }, { name: '桥头二网格' }],
      });
      const split = await app.api('POST', `/api/areas/${grid.code}/split`, {
        version,
        parts: [{ name: '桥头一网格' }, { name: '桥头二网格', estates: ['锦绣花园'] }],
      });

      expect(closed.body).toMatchObject({ code: 'areas.addresses_left' });
      expect(estates.body.items).toEqual([{ estate: '锦绣花园', addresses: 2 }]);
      expect(unshared.body).toMatchObject({ code: 'areas.split_estates_left' });
      const second = split.body.parts[1].code;
      expect((await app.api('GET', `/api/addresses?area=${second}`)).body.items).toHaveLength(2);
    });

    test('one is added by hand once, and deleted', async () => {
      const grid = '421181002218001';
      const made = await app.api('POST', `/api/areas/${grid}/addresses`, { estate: '杜鹃二组', room: '7号' });
      const again = await app.api('POST', `/api/areas/${grid}/addresses`, { estate: '杜鹃二组', room: '７号' });

      expect(made).toMatchObject({ status: 201, body: { building: '无', unit: '无', room: '7室' } });
      expect(again.body).toMatchObject({ code: 'areas.address_known' });
      expect((await app.api('DELETE', `/api/addresses/${made.body.id}`)).status).toBe(200);
      expect((await app.api('DELETE', `/api/addresses/${made.body.id}`)).status).toBe(404);
      expect((await app.api('POST', `/api/areas/${STREET}/addresses`, { estate: '甲' })).body).toMatchObject({
        code: 'areas.not_a_grid',
      });
    });
  });
});

const hangzhou = join(PROJECT, '..', 'shared', 'data', 'counties-330100.geojson');

describe.skipIf(!existsSync(hangzhou))(
  'a prefecture-level city with the real boundaries of its counties (the file of real data is not here)',
  () => {
    let app: AreasApp;
    beforeAll(async () => {
      app = await areasApp('330100');
    });
    afterAll(() => app.close());

    test('takes over eleven, and says of two abolished districts that it has none of them', {
      timeout: 60_000,
    }, async () => {
      const geojson = JSON.parse(readFileSync(hangzhou, 'utf8'));
      const { body } = await app.api('POST', '/api/area-imports/boundaries', { geojson, level: 'county' });

      expect(body).toMatchObject({ total: 13, accepted: 11 });
      expect(body.issues).toMatchObject([
        { code: '330103', name: '下城区', reason: 'unknown_code' },
        { code: '330104', name: '江干区', reason: 'unknown_code' },
      ]);
    });

    test('the West Lake lies in 西湖区 for sure, in a drawn grid of it by the map', async () => {
      const { body } = await app.api('GET', '/api/areas/locate?lon=120.1376&lat=30.2476');

      expect(body).toMatchObject({
        known: { code: '330106', name: '西湖区' },
        inside: true,
        area: { schematic: true },
      });
      expect(body.area.code.startsWith('330106')).toBe(true);
    });

    test('the map of the city shows its thirteen counties, two of them drawn beside the others', async () => {
      const { body } = await app.api('GET', '/api/areas/3301/map');
      const drawn = body.features.filter((each: { properties: { schematic: boolean } }) => each.properties.schematic);

      expect(body.features).toHaveLength(13);
      expect(drawn.map((each: { properties: { name: string } }) => each.properties.name)).toEqual(['临平区', '钱塘区']);
      expect(JSON.stringify(body).length).toBeLessThan(120_000);
    });
  },
);
