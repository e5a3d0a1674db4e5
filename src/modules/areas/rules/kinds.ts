import type { AreaLevel } from '../../../kit/codes.ts';

/** What an area is. The first of each level's kinds is the ordinary one. */
export const KINDS = {
  province: ['province'],
  city: ['prefecture_city'],
  county: ['county', 'district', 'county_city', 'banner', 'city_itself'],
  town: ['town', 'subdistrict', 'township', 'development_zone', 'farm', 'reservoir', 'park', 'quasi_town'],
  village: ['village', 'community', 'quasi_community', 'quasi_village'],
  grid: ['base_grid', 'special_grid'],
  micro_grid: ['micro_grid'],
} as const satisfies Record<AreaLevel, readonly string[]>;
export type AreaKind = (typeof KINDS)[AreaLevel][number];

const AREA_KINDS: readonly string[] = Object.values(KINDS).flat();

export function isAreaKind(value: string): value is AreaKind {
  return AREA_KINDS.includes(value);
}

/** True when areas of `level` may be of `kind`. */
export function kindFitsLevel(kind: string, level: AreaLevel): boolean {
  return (KINDS[level] as readonly string[]).includes(kind);
}

/** The kind of a county-level area. A city without counties has one row of its own name there, e.g. 东莞市 `441900`. */
export function countyKind(name: string, cityName: string): AreaKind {
  if (name === cityName) return 'city_itself';
  if (/区$/.test(name)) return 'district';
  if (/市$/.test(name)) return 'county_city';
  if (/旗$/.test(name)) return 'banner';
  return 'county';
}

/** The kind of a town-level code: 001–099 subdistrict, 100–199 town, 200–399 township, from 400 by its name. */
export function townKind(code: string, name: string): AreaKind {
  const segment = Number(code.slice(6));
  if (segment < 100) return 'subdistrict';
  if (segment < 200) return 'town';
  if (segment < 400) return 'township';
  if (/水库|水电站/.test(name)) return 'reservoir';
  if (/公园|风景|景区|旅游|名胜|保护区/.test(name)) return 'park';
  if (/开发|园区|产业|新区|工业|经济区|港区|示范区|高新|科技|保税|物流/.test(name)) return 'development_zone';
  if (/[农林茶渔牧盐垦果]场|种场|[团队]$|分场|种牛场|苗圃|牧场|农垦/.test(name)) return 'farm';
  return 'quasi_town';
}

/** The kind of a village-level code: 001–199 community, 200–399 village, 400–499 and 500–599 quasi units. */
export function villageKind(code: string): AreaKind {
  const segment = Number(code.slice(9));
  if (segment < 200) return 'community';
  if (segment < 400) return 'village';
  if (segment < 500) return 'quasi_community';
  return 'quasi_village';
}
