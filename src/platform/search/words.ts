import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { sql, type RawBuilder } from 'kysely';
import { type Rarity, readRarity } from './rarity.ts';

let jieba: Jieba | null = null;
let rarity: Rarity | null = null;

/**
 * A list that comes with the word cutter, read when it is wanted. The package's own `dict.js` would keep the text of both
 * for good, 8 MB in every process, though the cutter builds what it needs from them.
 */
function list(name: 'dict' | 'idf'): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(`@node-rs/jieba/${name}.txt`));
}

/** Loaded at first use: the dictionary takes some 60 ms and 38 MB. */
function cutter(): Jieba {
  jieba ??= Jieba.withDict(list('dict'));
  return jieba;
}

const WORD = /[\p{Script=Han}\p{L}\p{N}]/u;

/** Splits a query into words as the index does; at most 12, single letters and punctuation dropped. */
export function cutWords(text: string): string[] {
  const words = cutter()
    .cut(text.toLowerCase(), true)
    .map((word) => word.trim())
    .filter((word) => WORD.test(word));
  return [...new Set(words)].slice(0, 12);
}

/** The words of a text in their order, repeated ones repeated, punctuation dropped: what statistics are made of. */
export function segment(text: string): string[] {
  return cutter()
    .cut(text, true)
    .map((word) => word.trim())
    .filter((word) => WORD.test(word));
}

/** A word with how much it tells of its text. */
export type Keyword = { readonly word: string; readonly weight: number };

/** What stands in every English text tells nothing; Chinese words of one character are left out anyway. */
const EMPTY_WORDS = new Set(
  'the of is and to in that we for an are by be as on with can if from which you it this then at have all not one has or'.split(
    ' ',
  ),
);

/**
 * The most telling words of a text, strongest first, by how rare they are in Chinese at large: what the cutter's own
 * extraction gives, in a fifth of the memory.
 */
export function keywords(text: string, limit: number): Keyword[] {
  rarity ??= readRarity(list('idf'));
  const counts = new Map<string, number>();
  let all = 0;
  for (const word of cutter().cut(text.toLowerCase(), false)) {
    if ([...word].length < 2 || EMPTY_WORDS.has(word)) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    all++;
  }
  const rareness = rarity;
  return [...counts]
    .map(([word, count]) => ({ word: word.trim(), weight: (count * rareness(word)) / all }))
    .sort((one, other) => other.weight - one.weight || (one.word < other.word ? -1 : 1))
    .slice(0, limit * 2)
    .filter(({ word }) => word.length >= 2 && /\p{L}/u.test(word))
    .slice(0, limit);
}

/** All the words of a text for indexing: longer words and their parts, so that a part finds the whole. */
export function indexWords(text: string): string[] {
  const words = cutter()
    .cutForSearch(text.toLowerCase(), true)
    .map((word) => word.trim())
    .filter((word) => WORD.test(word) && word.length <= 60);
  return [...new Set(words)];
}

/** What the index of a text holds: at most 2,000 words. */
export function searchWords(text: string): string[] {
  return indexWords(text).slice(0, 2000);
}

/** A text as tsvector of the 'simple' configuration. */
export function searchVector(text: string): RawBuilder<unknown> {
  return sql`array_to_tsvector(${searchWords(text)}::text[])`;
}
