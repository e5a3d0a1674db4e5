import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../kit/codes.ts';
import { type Named, rank } from './match.ts';
import { nameParts } from './names.ts';

function area(code: string, officialName: string): Named {
  const level = levelOf(code) ?? 'village';
  return { code, level, ...nameParts(officialName, level) };
}

const street = area('421181001', '龙池桥街道');
const community = area('421181001011', '龙池桥社区居民委员会');
const other = area('421181104', '夫子河镇');
const twin1 = area('421181103210', '新桥村村民委员会');
const twin2 = area('421181104215', '新桥村村民委员会');
const short = area('421181109230', '龙池村村民委员会');
const cast = [street, community, other, twin1, twin2, short];
const codes = (text: string) => rank(text, cast).map((match) => match.code);

describe('ranking the areas a text may mean', () => {
  test('a name inside a longer sentence: the street first, then its community of the same name', () => {
    const [first, second] = rank('龙池桥菜市场后门', cast);

    expect(first).toMatchObject({ code: street.code, reason: 'in_text', matched: '龙池桥' });
    expect(second?.code).toBe(community.code);
  });

  test.each(['龙池桥', '龙池桥街道', '龙池桥办事处', '龙池桥镇'])(
    '%s finds the street whatever ending is written',
    (text) => {
      expect(codes(text)).toContain(street.code);
    },
  );

  test.each(['龙池桥社区', '龙池桥居委会', '龙池桥社区居民委员会', '龙池桥社区居委会'])(
    '%s finds the community',
    (text) => {
      expect(codes(text)).toContain(community.code);
    },
  );

  test.each([
    ['longchiqiao', 'pinyin'],
    ['Long Chi Qiao', 'pinyin'],
    ['longchiqiaozhen', 'pinyin'],
    ['longchi', 'pinyin'],
    ['lcq', 'initials'],
  ])('%s finds it by %s', (text, reason) => {
    expect(rank(text, cast).find((match) => match.code === street.code)?.reason).toBe(reason);
  });

  test('a name written with another character of the same sound is offered last, and says so', () => {
    expect(rank('龙迟桥', cast)[0]).toMatchObject({ reason: 'sound' });
  });

  test('repeated village names are all answered', () => {
    expect(codes('新桥村')).toEqual([twin1.code, twin2.code]);
  });

  test('naming the town puts its own village first', () => {
    const [first, second] = rank('夫子河镇新桥村路灯不亮', cast);

    expect(first?.code).toBe(twin2.code);
    expect(first?.score).toBeGreaterThan(second?.score ?? 1);
  });

  test('a shorter name inside a longer one counts for half', () => {
    const [first] = rank('龙池桥社区门口', [community, short]);

    expect(first?.code).toBe(community.code);
    expect(rank('龙池桥社区门口', [community, short])[1]?.score ?? 0).toBeLessThan(0.4);
  });

  test('codes are found by their beginning', () => {
    expect(codes('421181001')).toEqual([street.code, community.code]);
  });

  test.each(['', '   ', '的', '%', '_', '测试一二三四', '村', '社区', '村委会', '街道办事处'])(
    '%j finds nothing',
    (text) => {
      expect(rank(text, cast)).toEqual([]);
    },
  );
});
