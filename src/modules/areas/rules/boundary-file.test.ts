import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import {
  featuresOf,
  isOutside,
  isOverlap,
  type KnownArea,
  ownerOf,
  type ReadFeature,
  readFeature,
} from './boundary-file.ts';
import type { Issue } from './issue.ts';
import { crossesItself, outline, sharedArea, shareOutside } from './overlap.ts';
import type { MultiPolygon } from './polygon.ts';

type Corner = [number, number];
const box = (west: number, south: number, east: number, north: number): Corner[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const shape = (...rings: Corner[][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [rings] });
const feature = (coordinates: unknown, properties: object = { code: '421181001' }) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates },
});
const reasonOf = (given: unknown): string | null => {
  const read = readFeature(given, 0);
  return 'reason' in read ? read.reason : null;
};

describe('reading a collection', () => {
  test.each([null, [], 'text', { type: 'Feature' }, { type: 'FeatureCollection' }])('%j is refused', (given) => {
    expect(featuresOf(given)).toMatchObject({ code: 'areas.geojson_invalid' });
  });

  test('an empty one is refused', () => {
    expect(featuresOf({ type: 'FeatureCollection', features: [] })).toMatchObject({ code: 'areas.import_empty' });
  });

  test.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', true],
    ['urn:ogc:def:crs:EPSG::4490', true],
    ['EPSG:4326', true],
    ['EPSG:3857', false],
    ['urn:ogc:def:crs:EPSG::4527', false],
  ])('coordinates in %s: %s', (name, good) => {
    const read = featuresOf({ type: 'FeatureCollection', crs: { type: 'name', properties: { name } }, features: [{}] });

    expect(isRefusal(read)).toBe(!good);
  });
});

describe('reading a feature', () => {
  test('a good one is read, turned and closed', () => {
    const clockwise = [...box(115, 31, 115.1, 31.1)].reverse();
    const read = readFeature(feature([clockwise], { adcode: 421181, name: '麻城市', parent: { adcode: 421100 } }), 3);

    expect(read).toMatchObject({ index: 3, code: '421181', name: '麻城市', parentCode: '421100' });
    expect((read as ReadFeature).shape.squareMetres).toBeGreaterThan(1e8);
  });

  test.each([
    ['not_a_feature', 'text'],
    ['no_code_or_name', feature([box(115, 31, 116, 32)], {})],
    ['no_geometry', { type: 'Feature', properties: { code: '1' }, geometry: null }],
    ['not_a_polygon', { type: 'Feature', properties: { code: '1' }, geometry: { type: 'Point', coordinates: [1, 2] } }],
    ['bad_coordinates', feature([])],
    [
      'bad_coordinates',
      feature([
        [
          ['a', 1],
          [1, 2],
          [2, 3],
          [1, 2],
        ],
      ]),
    ],
    [
      'bad_coordinates',
      feature([
        [
          [115, Number.NaN],
          [116, 31],
          [116, 32],
          [115, 31],
        ],
      ]),
    ],
    [
      'ring_too_short',
      feature([
        [
          [115, 31],
          [116, 31],
          [115, 31],
        ],
      ]),
    ],
    [
      'ring_open',
      feature([
        [
          [115, 31],
          [116, 31],
          [116, 32],
          [115, 32],
        ],
      ]),
    ],
    ['wrong_crs', feature([box(500_000, 3_400_000, 500_100, 3_400_100)])],
    ['outside_china', feature([box(31, 50, 32, 51)])],
    ['outside_china', feature([box(-74, 40, -73, 41)])],
    [
      'no_area',
      feature([
        [
          [115, 31],
          [116, 31],
          [117, 31],
          [115, 31],
        ],
      ]),
    ],
    [
      'crosses_itself',
      feature([
        [
          [115, 31],
          [116, 32],
          [116, 31],
          [115, 32.5],
          [115, 31],
        ],
      ]),
    ],
  ])('%s', (reason, given) => {
    expect(reasonOf(given)).toBe(reason);
  });

  test('NUL and lone surrogates in names are not taken over', () => {
    const read = readFeature(feature([box(115, 31, 116, 32)], { code: '421181', name: 'a\u0000b' }), 0);

    expect((read as ReadFeature).name).toBeNull();
  });
});

describe('whose a feature is', () => {
  const known = (code: string, name: string, path: string, open = true): KnownArea => ({
    code,
    name,
    officialName: `${name}居委会`,
    shortName: name.slice(0, -2),
    path,
    open,
  });
  const all = [
    known('421181001', '龙池桥街道', '龙池桥街道'),
    known('421181001011', '龙池桥社区', '龙池桥街道/龙池桥社区'),
    known('421181103210', '新桥村', '白果镇/新桥村'),
    known('421181104215', '新桥村', '夫子河镇/新桥村'),
    known('421181104299', '老桥村', '夫子河镇/老桥村', false),
  ];
  const areas = new Map(all.map((area) => [area.code, area]));
  const byName = new Map<string, KnownArea[]>();
  for (const area of all)
    for (const name of [area.name, area.path]) byName.set(name, [...(byName.get(name) ?? []), area]);
  const find = (properties: object, level: 'town' | 'village' | null = null) => {
    const read = readFeature(feature([box(115, 31, 115.1, 31.1)], properties), 0) as ReadFeature;
    const owner = ownerOf(read, areas, byName, level);
    return 'reason' in owner ? (owner as Issue).reason : owner.code;
  };

  test.each([
    [{ code: '421181001' }, '421181001'],
    [{ code: '421181001000' }, '421181001'],
    [{ name: '夫子河镇/新桥村' }, '421181104215'],
    [{ name: '新桥村', parentCode: '421181104' }, '421181104215'],
    [{ name: '新桥村' }, 'ambiguous_name'],
    [{ name: '没有的村' }, 'unknown_name'],
    [{ code: '421181999' }, 'unknown_code'],
    [{ code: '42118101' }, 'bad_code'],
    [{ code: '421181104299' }, 'area_closed'],
    [{ code: '421181001', name: '白果镇' }, 'name_differs'],
    [{ code: '421181001011', parent: '421181104' }, 'wrong_parent'],
  ])('%j is %s', (properties, answer) => {
    expect(find(properties)).toBe(answer);
  });

  test('an area of another level is refused', () => {
    expect(find({ code: '421181001011' }, 'town')).toBe('wrong_level');
  });
});

describe('how shapes lie to each other', () => {
  const left = outline(shape(box(115, 31, 115.1, 31.1)));

  test('neighbours with one border share nothing', () => {
    expect(sharedArea(left, outline(shape(box(115.1, 31, 115.2, 31.1))))).toBe(0);
  });

  test.each([
    ['lying across', box(115.05, 31, 115.15, 31.1), 0.5],
    ['inside', box(115.02, 31.02, 115.04, 31.04), 0.04],
    ['the same', box(115, 31, 115.1, 31.1), 1],
    ['around', box(114, 30, 116, 32), 1],
    ['crossing', box(115.04, 30, 115.06, 32), 0.2],
  ])('%s: shares %s of the area', (_how, corners, share) => {
    const other = outline(shape(corners as Corner[]));

    expect(sharedArea(left, other) / left.squareMetres).toBeCloseTo(share as number, 2);
    expect(sharedArea(other, left)).toBeCloseTo(sharedArea(left, other), 0);
  });

  test('a hair of overlap is no overlap, a tenth is', () => {
    const hair = outline(shape(box(115.0999, 31, 115.2, 31.1)));
    const tenth = outline(shape(box(115.09, 31, 115.19, 31.1)));

    expect(isOverlap(sharedArea(left, hair), left, hair, 'grid')).toBe(false);
    expect(isOverlap(sharedArea(left, tenth), left, tenth, 'grid')).toBe(true);
  });

  test('the share outside a parent', () => {
    const parent = outline(shape(box(115, 31, 116, 32)));

    expect(shareOutside(left, parent)).toBe(0);
    expect(shareOutside(outline(shape(box(115.95, 31, 116.05, 31.1))), parent)).toBeCloseTo(0.5, 2);
    expect(isOutside(shareOutside(outline(shape(box(117, 31, 117.1, 31.1))), parent))).toBe(true);
  });

  test('a hole of the parent is outside', () => {
    const ring = outline(shape(box(115, 31, 116, 32), [...box(115.4, 31.4, 115.6, 31.6)].reverse()));

    expect(shareOutside(outline(shape(box(115.45, 31.45, 115.55, 31.55))), ring)).toBeCloseTo(1, 2);
  });

  test('a figure of eight crosses itself, a touching corner does not', () => {
    expect(
      crossesItself(
        shape([
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
          [0, 0],
        ]),
      ),
    ).toBe(true);
    expect(
      crossesItself(
        shape([
          [0, 0],
          [2, 0],
          [2, 2],
          [1, 0],
          [0, 2],
          [0, 0],
        ]),
      ),
    ).toBe(false);
  });
});
