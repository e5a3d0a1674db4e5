import { describe, expect, test } from 'vitest';
import seed from '../../../../database/seeds/organisations.json' with { type: 'json' };
import { generateOrganisations, type Place, type SeedKind } from './generate.ts';
import type { Organisation } from './organisation.ts';

const kinds = seed.kinds as unknown as readonly SeedKind[];
const place = (code: string, name: string, kind: string): Place => ({ code, name, kind, validFrom: '2023-06-30' });

const COUNTY = [
  place('421181', '麻城市', 'county_city'),
  place('421181001', '龙池桥街道', 'subdistrict'),
  place('421181404', '国营狮子峰林场', 'farm'),
  place('421181471', '湖北麻城经济开发区', 'development_zone'),
  place('421181001001', '园林社区', 'community'),
  place('421181001204', '七里桥村', 'village'),
];

function generate(places: readonly Place[]): readonly Organisation[] {
  let count = 0;
  return generateOrganisations(places, kinds, () => `id${++count}`);
}

function named(made: readonly Organisation[], name: string): Organisation {
  const found = made.find((one) => one.name === name || one.shortName === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe('bodies generated from areas and seed', () => {
  test('a station answers to the department of its line and is directed by its town', () => {
    const made = generate(COUNTY);
    const station = named(made, '龙池桥派出所');

    expect(station.lineSuperiorId).toBe(named(made, '麻城市公安局').id);
    expect(station.directingBodyId).toBe(named(made, '龙池桥街道办事处').id);
    expect(station.nameEn).toBe('Longchiqiao Police Station');
  });

  test('town-level bodies are named after what the place is', () => {
    const names = generate(COUNTY).map((one) => one.name);

    expect(names).toEqual(
      expect.arrayContaining([
        '龙池桥街道办事处',
        '龙池桥街道社区卫生服务中心',
        '国营狮子峰林场',
        '国营狮子峰林场卫生院',
        '湖北麻城经济开发区管理委员会',
        '园林社区居民委员会',
        '七里桥村村民委员会',
      ]),
    );
  });

  test('every town has a government, a command centre and five stations; a village is directed by its town', () => {
    const made = generate(COUNTY);

    expect(made.filter((one) => one.areaCode === '421181001')).toHaveLength(7);
    expect(named(made, '园林社区').directingBodyId).toBe(named(made, '龙池桥街道').id);
  });

  test('offices bear the mark of a county city: 市住建局, 团市委', () => {
    const made = generate(COUNTY);

    expect(named(made, '市住建局').name).toBe('麻城市住房和城乡建设局');
    expect(named(made, '团市委').name).toBe('共青团麻城市委员会');
    expect(named(made, '市供电公司').external).toBe(true);
  });

  test('in a city a county office is a body of its own under the city office', () => {
    const made = generate([
      place('3301', '杭州市', 'prefecture_city'),
      place('330102', '上城区', 'district'),
      place('330102001', '清波街道', 'subdistrict'),
    ]);

    expect(named(made, '上城区住建局').lineSuperiorId).toBe(named(made, '市住建局').id);
    expect(named(made, '上城区人民政府').directingBodyId).toBe(named(made, '杭州市人民政府').id);
    expect(named(made, '清波派出所').lineSuperiorId).toBe(named(made, '上城区公安局').id);
  });

  test('in a city without counties its offices lead the stations', () => {
    const made = generate([
      place('4419', '东莞市', 'prefecture_city'),
      place('441900', '东莞市', 'city_itself'),
      place('441900003', '东城街道', 'subdistrict'),
    ]);

    expect(made.filter((one) => one.areaCode === '441900')).toEqual([]);
    expect(named(made, '东城派出所').lineSuperiorId).toBe(named(made, '东莞市公安局').id);
    expect(named(made, '东城派出所').name).toBe('东莞市公安局东城派出所');
  });

  test('parents come before children, so rows can be entered as they stand', () => {
    const made = generate(COUNTY);
    const seen = new Set<string>();
    for (const one of made) {
      for (const above of [one.lineSuperiorId, one.directingBodyId]) if (above) expect(seen).toContain(above);
      seen.add(one.id);
    }
  });
});
