import { describe, expect, test } from 'vitest';
import { ancestorsOf, codeReadings, divisionPrefix, nextCode, segmentRange } from './codes.ts';

describe('the prefix of a jurisdiction', () => {
  test.each([
    ['421181', '421181'],
    ['330100', '3301'],
    ['441900', '4419'],
    ['419001', '419001'],
    ['110101', '110101'],
    ['429000', null],
    ['330000', null],
    ['4211', null],
    ['42118a', null],
  ])('%s is %s', (jurisdiction, prefix) => {
    expect(divisionPrefix(jurisdiction)).toBe(prefix);
  });
});

describe('codes as files write them', () => {
  test.each([
    ['330100', ['330100', '3301']],
    ['330106', ['330106']],
    ['421181001000', ['421181001000', '421181001']],
    ['330100000000', ['330100000000', '330100000', '330100', '3301']],
    ['421181001011001', ['421181001011001']],
    ['42118', []],
    ['abc', []],
  ])('%s may mean %j', (written, readings) => {
    expect(codeReadings(written)).toEqual(readings);
  });
});

describe('the next free code', () => {
  const range = segmentRange('grid', 'base_grid');
  if (!range) throw new Error('grids have a range');

  test('is the first one never used, closed areas counted', () => {
    const used = new Set(['421181001011001', '421181001011002', '421181001011004']);

    expect(nextCode('421181001011', range, used)).toBe('421181001011003');
  });

  test('is null when all 999 are used up', () => {
    const used = new Set(
      Array.from({ length: 999 }, (_, index) => `421181001011${String(index + 1).padStart(3, '0')}`),
    );

    expect(nextCode('421181001011', range, used)).toBeNull();
  });

  test.each([
    ['village', 'community', 1],
    ['village', 'village', 200],
    ['village', 'quasi_community', 400],
    ['town', 'subdistrict', 1],
    ['town', 'farm', 400],
  ] as const)('begins for a %s of kind %s at %i', (level, kind, first) => {
    expect(segmentRange(level, kind)?.first).toBe(first);
  });
});

test('the ancestors of a grid, top first', () => {
  expect(ancestorsOf('421181001011001')).toEqual(['42', '4211', '421181', '421181001', '421181001011']);
});
