import { describe, expect, test } from 'vitest';
import seed from '../../../../database/seeds/catalogue.json' with { type: 'json' };
import { matchWords } from './matching.ts';

const classes = seed.classes.flatMap((upper) => [
  { code: upper.code, parentCode: null, keywords: upper.keywords },
  ...upper.children.map((child) => ({ code: child.code, parentCode: upper.code, keywords: child.keywords })),
]);
const best = (text: string) => matchWords(text, classes)[0];

describe('classes by the words of a request', () => {
  test.each([
    ['菜市场后门的路灯坏了三盏，晚上老人走路看不清', '1101'],
    ['夜间施工噪声，连续三晚打桩', '1003'],
    ['小区电梯困人，维保电话打不通', '0701'],
    ['工地拖欠工资两个月，涉及6名农民工', '1801'],
    ['消防通道被私家车堵住通道', '0401'],
    ['家里停水两天了，水管爆管', '1105'],
    ['A street light has been out for a week', '1101'],
    ['I smell a gas leak in the stairway', '0703'],
  ])('%s → %s', (text, code) => {
    expect(best(text)?.code).toBe(code);
  });

  test('the words that led there come with it, a word inside a longer one counts once', () => {
    const match = matchWords('夜间施工噪声很大', [
      { code: '1', parentCode: null, keywords: ['噪声', '施工噪声', '夜间施工'] },
    ]);

    expect(match).toEqual([{ code: '1', words: ['施工噪声', '夜间施工'], score: 8, confidence: null }]);
  });

  test('English words match whole', () => {
    const gas = [{ code: '07', parentCode: null, keywords: ['gas'] }];

    expect(matchWords('a gasp for air', gas)).toEqual([]);
    expect(matchWords('Gas everywhere', gas)).toHaveLength(1);
  });

  test('at the same score the lower class goes first; nothing is guessed from nothing', () => {
    const two = [
      { code: '11', parentCode: null, keywords: ['灯'] },
      { code: '1101', parentCode: '11', keywords: ['灯'] },
    ];

    expect(matchWords('灯不亮', two).map((one) => one.code)).toEqual(['1101', '11']);
    expect(matchWords('你好', classes)).toEqual([]);
  });
});
