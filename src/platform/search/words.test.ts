import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba, TfIdf } from '@node-rs/jieba';
import { expect, test } from 'vitest';
import { readRarity } from './rarity.ts';
import { keywords } from './words.ts';

const path = (name: string) => createRequire(import.meta.url).resolve(`@node-rs/jieba/${name}.txt`);
const SEEDS = new URL('../../../database/seeds/triage-examples.json', import.meta.url);

test('the telling words of a text and their weights are those of the cutter itself', () => {
  const cutter = Jieba.withDict(readFileSync(path('dict')));
  const extraction = TfIdf.withDict(readFileSync(path('idf')));
  const { examples } = JSON.parse(readFileSync(SEEDS, 'utf8')) as { examples: Record<string, string[]> };
  const texts = Object.values(examples).flatMap((each) => [...each.slice(0, 1), each.join('。')]);
  const told = (words: readonly { word: string; weight: number }[]) =>
    words.map(({ word, weight }) => `${word} ${weight.toFixed(4)}`).sort();

  for (const text of [...texts, 'The water of THE 3rd 小区 小区 is not OK: ABC-12']) {
    const own = extraction
      .extractKeywords(cutter, text.toLowerCase(), 1000)
      .map(({ keyword, weight }) => ({ word: keyword.trim(), weight }))
      .filter(({ word }) => word.length >= 2 && /\p{L}/u.test(word));
    expect(told(keywords(text, 500))).toEqual(told(own));
  }
  expect(texts.length).toBeGreaterThan(100);
});

test('a word of the list has its number, any other the one in the middle', () => {
  const rarity = readRarity(Buffer.from('甲乙 2.5\n丙 7\nNew York 4'));

  expect(['甲乙', '丙', 'New York', '丁'].map(rarity)).toEqual([2.5, 7, 4, 4]);
});
