import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../kit/codes.ts';
import type { Area } from './area.ts';
import { decideChild, decideClosing, decideMerger, decideSplit, refuseDay, type Siblings } from './changes.ts';
import type { AreaKind } from './kinds.ts';

const area = (code: string, name: string, more: Partial<Area> = {}): Area => ({
  code,
  level: levelOf(code) ?? 'grid',
  kind: 'base_grid',
  name,
  officialName: name,
  parentCode: code.slice(0, -3),
  validFrom: '2023-06-30',
  validTo: null,
  successors: [],
  centre: null,
  schematic: true,
  provisional: false,
  households: null,
  population: null,
  version: 1,
  ...more,
});
const village = area('421181001011', '龙池桥社区', { kind: 'community' });
const town = area('421181001', '龙池桥街道', { kind: 'subdistrict' });
const one = area('421181001011001', '桥东网格');
const two = area('421181001011002', '桥西网格');
const gone = area('421181001011003', '老网格', { validTo: '2024-01-01' });
const waiting = area('421181001011001', '第一网格', { provisional: true });
const under = (parent: Area, ...all: Area[]): Siblings => ({ parent, all });

describe('a new area', () => {
  test('takes over the provisional grid of a village', () => {
    expect(decideChild(under(village, waiting), { name: '桥东网格' })).toEqual({
      code: waiting.code,
      level: 'grid',
      kind: 'base_grid',
      provisional: waiting.code,
    });
  });

  test('gets the next code never used, closed ones counted', () => {
    expect(decideChild(under(village, one, two, gone), { name: '桥北网格' })).toMatchObject({
      code: '421181001011004',
    });
  });

  test.each([
    ['areas.code_retired', { name: '新', code: gone.code }],
    ['areas.code_taken', { name: '新', code: one.code }],
    ['areas.code_misfit', { name: '新', code: '421181001012001' }],
    ['areas.code_misfit', { name: '新', code: '421181001011' }],
    ['areas.code_misfit', { name: '新', code: 'x' }],
    ['areas.name_taken', { name: '桥东网格' }],
    ['areas.kind_misfit', { name: '新', kind: 'village' as AreaKind }],
  ])('%s', (code, asked) => {
    expect(decideChild(under(village, one, two, gone), asked)).toMatchObject({ refused: true, code });
  });

  test('a grid needs a village', () => {
    expect(decideChild(under(town), { name: '新', kind: 'special_grid' })).toMatchObject({
      code: 'areas.grid_needs_village',
    });
  });

  test('a closed parent takes none', () => {
    const closed = { ...village, validTo: '2025-01-01' };

    expect(decideChild(under(closed), { name: '新' })).toMatchObject({ code: 'areas.parent_closed' });
  });

  test('below a micro-grid there is nothing', () => {
    const micro = area('42118100101100101', '一组', { kind: 'micro_grid' });

    expect(decideChild(under(micro), { name: '新' })).toMatchObject({ code: 'areas.no_level_below' });
  });
});

describe('closing', () => {
  const facts = { area: one, openChildren: [], openSiblings: [two], addresses: 0, successors: [] };

  test('an empty grid beside another may end', () => {
    expect(decideClosing(facts)).toBeNull();
  });

  test.each([
    ['areas.already_closed', { ...facts, area: gone }],
    ['areas.top_area', { ...facts, area: { ...town, parentCode: null } }],
    ['areas.open_children', { ...facts, area: village, openChildren: [one] }],
    ['areas.bad_successor', { ...facts, successors: [null] }],
    ['areas.bad_successor', { ...facts, successors: [gone] }],
    ['areas.bad_successor', { ...facts, successors: [village] }],
    ['areas.bad_successor', { ...facts, successors: [one] }],
    ['areas.last_grid', { ...facts, openSiblings: [] }],
    ['areas.addresses_left', { ...facts, addresses: 3 }],
    ['areas.addresses_left', { ...facts, addresses: 3, successors: [two, area('421181001011004', '桥北网格')] }],
  ])('%s', (code, given) => {
    expect(decideClosing(given)).toMatchObject({ refused: true, code });
  });

  test('a village ends with its provisional grid; addresses go to the one successor', () => {
    expect(decideClosing({ ...facts, area: village, openChildren: [waiting] })).toBeNull();
    expect(decideClosing({ ...facts, addresses: 3, successors: [two] })).toBeNull();
  });

  test.each([
    ['2026-11-23', 'areas.day_in_future'],
    ['2020-01-01', 'areas.day_before_start'],
  ])('on %s is %s', (day, code) => {
    expect(refuseDay(one, day, '2026-11-22')).toMatchObject({ code });
  });
});

describe('merging', () => {
  test('into one of them', () => {
    const merged = decideMerger(under(village, one, two), { codes: [one.code, two.code], into: { code: one.code } });

    expect(merged).toMatchObject({ target: { code: one.code, isNew: false }, closing: [two] });
  });

  test('into a new one', () => {
    const merged = decideMerger(under(village, one, two, gone), {
      codes: [one.code, two.code],
      into: { name: '桥中网格' },
    });

    expect(merged).toMatchObject({ target: { code: '421181001011004', isNew: true }, closing: [one, two] });
  });

  test.each([
    ['areas.merger_needs_two', { codes: [one.code, one.code], into: { code: one.code } }],
    ['areas.not_a_child', { codes: [one.code, '421181001012001'], into: { code: one.code } }],
    ['areas.already_closed', { codes: [one.code, gone.code], into: { code: one.code } }],
    ['areas.target_not_among', { codes: [one.code, two.code], into: { code: gone.code } }],
    ['areas.name_taken', { codes: [one.code, two.code], into: { name: '桥南网格' } }],
    ['areas.kind_misfit', { codes: [one.code, two.code], into: { name: '新', kind: 'town' as AreaKind } }],
  ])('%s', (code, asked) => {
    const south = area('421181001011005', '桥南网格');

    expect(decideMerger(under(village, one, two, gone, south), asked)).toMatchObject({ refused: true, code });
  });
});

describe('splitting', () => {
  const micro = area(`${one.code}01`, '一组', { kind: 'micro_grid', parentCode: one.code });
  const facts = { siblings: under(village, one, two), area: one, openChildren: [micro], estates: ['锦绣花园'] };
  const parts = [
    { name: '桥东一网格', children: [micro.code], estates: [] },
    { name: '桥东二网格', children: [], estates: ['锦绣花园'] },
  ];

  test('gives each part a new code', () => {
    expect(decideSplit(facts, parts)).toMatchObject({
      parts: [{ code: '421181001011003' }, { code: '421181001011004' }],
    });
  });

  test.each([
    ['areas.split_needs_two', parts.slice(0, 1)],
    ['areas.name_taken', [parts[0], { ...parts[1], name: '桥西网格' }]],
    ['areas.name_taken', [parts[0], { ...parts[1], name: '桥东一网格' }]],
    ['areas.split_children_left', [{ ...parts[0], children: [] }, parts[1]]],
    ['areas.split_estates_left', [parts[0], { ...parts[1], estates: [] }]],
    ['areas.split_twice', [parts[0], { ...parts[1], children: [micro.code] }]],
    ['areas.split_foreign', [parts[0], { ...parts[1], children: ['42118100101100201'] }]],
    ['areas.kind_misfit', [parts[0], { ...parts[1], kind: 'village' }]],
  ])('%s', (code, given) => {
    expect(decideSplit(facts, given as typeof parts)).toMatchObject({ refused: true, code });
  });

  test('the old name may go on in a part', () => {
    expect(
      decideSplit(facts, [
        { ...parts[0], name: one.name } as (typeof parts)[number],
        parts[1] as (typeof parts)[number],
      ]),
    ).not.toHaveProperty('refused');
  });
});
