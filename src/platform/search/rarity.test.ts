import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba, TfIdf } from '@node-rs/jieba';
import { expect, test } from 'vitest';
import { readRarity } from './rarity.ts';
import { keywords } from './words.ts';

const list = (name: string) => readFileSync(createRequire(import.meta.url).resolve(`@node-rs/jieba/${name}.txt`));

test('every word of the list is found with its own value, and none that is not in it', () => {
  const rarity = readRarity(list('idf'));
  const words = new Map<string, number>();
  for (const line of list('idf').toString().split('\n')) {
    const [word, value] = line.split(' ');
    if (word && value) words.set(word, Number(value));
  }
  const values = [...words.values()].sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)] ?? 0;

  expect(words.size).toBeGreaterThan(200_000);
  const wrong = [...words].filter(([word, value]) => Math.abs(rarity.of(word) - value) > 1e-5);
  expect(wrong).toEqual([]);
  const unknown = [...words.keys()].map((word) => `${word}不`).filter((word) => !words.has(word));
  expect(unknown.filter((word) => Math.abs(rarity.of(word) - middle) > 1e-5)).toEqual([]);
});

test('a list without a last line break, with empty lines and with words alone is read as far as it goes', () => {
  const rarity = readRarity(Buffer.from('路灯 9.5\n\n坏了\n电梯 8'));

  expect([rarity.of('路灯'), rarity.of('电梯')]).toEqual([9.5, 8]);
  expect(rarity.of('坏了')).toBe(9.5);
});

test('telling words and their weights are those the word cutter’s own TF-IDF finds', () => {
  const jieba = Jieba.withDict(list('dict'));
  const tfidf = TfIdf.withDict(list('idf'));
  const texts = [
    '小区里的路灯坏了，小区的路灯一直不亮，路灯在 3 号楼前。the street LAMP is out',
    '翡翠湾小区12栋电梯停运一周，老人上下楼不便，物业说在等配件',
    '工地夜间施工噪音扰民，孩子无法休息，请有关部门尽快处理',
    '医保报销材料交了两个月没有结果，窗口和热线说法不一',
  ];
  for (const text of texts) {
    const theirs = tfidf
      .extractKeywords(jieba, text.toLowerCase(), 100)
      .map(({ keyword, weight }) => ({ word: keyword.trim(), weight }))
      .filter(({ word }) => /\p{L}/u.test(word));
    const ours = keywords(text, 100);
    expect(ours.map(({ word }) => word)).toEqual(theirs.map(({ word }) => word));
    for (const [at, { weight }] of ours.entries()) expect(weight).toBeCloseTo(theirs[at]?.weight ?? 0, 4);
  }
});
