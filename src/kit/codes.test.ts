import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToLevel, fitsParent, levelOf, parentOf, prefixRange, within } from './codes.ts';

describe('division codes', () => {
  it.each([
    ['42', 'province', null],
    ['4211', 'city', '42'],
    ['421181', 'county', '4211'],
    ['421181001', 'town', '421181'],
    ['421181001003', 'village', '421181001'],
    ['421181001003002', 'grid', '421181001003'],
    ['42118100100300201', 'micro_grid', '421181001003002'],
    ['4', null, null],
    ['42118', null, null],
    ['4211810010030020', null, null],
    ['42118x', null, null],
    ['４２１１８１', null, null],
    ['', null, null],
  ])('%s is a %s under %s', (code, level, parent) => {
    expect(levelOf(code)).toBe(level);
    expect(parentOf(code)).toBe(parent);
  });

  it('knows the direct child from a grandchild and a stranger', () => {
    expect(fitsParent('421181001', '421181')).toBe(true);
    expect(fitsParent('421181001003', '421181')).toBe(false);
    expect(fitsParent('421182001', '421181')).toBe(false);
    expect(fitsParent('421181', '42118')).toBe(false);
    expect(cutToLevel('421181001003002', 'town')).toBe('421181001');
    expect(cutToLevel('421181', 'town')).toBeNull();
  });

  it('turns a prefix into a range that holds exactly its subtree', () => {
    const code = fc.stringMatching(/^[0-9]{2,17}$/);
    fc.assert(
      fc.property(code, code, (prefix, other) => {
        const [from, to] = prefixRange(prefix);
        for (const tried of [other, prefix, prefix + other]) {
          expect(from <= tried && tried < to).toBe(within(tried, prefix));
        }
      }),
    );
  });
});
