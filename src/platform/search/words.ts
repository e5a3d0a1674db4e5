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

/** English words that tell nothing; those of Chinese are told by how common they are. */
const EMPTY_WORDS = new Set(
  'the of is and to in that we for an are by be as on with can if from which you it this then at have all not one has or'.split(
    ' ',
  ),
);

/**
 * The most telling words of a text, strongest first: by the share of the text's words (of two characters and more) that
 * they are, times how rare they are in Chinese at large (TF-IDF).
 */
export function keywords(text: string, limit: number): Keyword[] {
  rarity ??= readRarity(list('idf'));
  const words = cutter()
    .cut(text.toLowerCase())
    .map((word) => word.trim())
    .filter((word) => [...word].length >= 2 && !EMPTY_WORDS.has(word));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([word]) => /\p{L}/u.test(word))
    .map(([word, count]) => ({ word, weight: (count / words.length) * (rarity as Rarity).of(word) }))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
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
