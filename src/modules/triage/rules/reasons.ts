import { BLOCKS, type Words } from './features.ts';
import type { Model } from './model.ts';
import type { Vocabulary } from './vocabulary.ts';
import { weigh } from './vocabulary.ts';

/** Words that say nothing to a reader as a reason, although they may tip the scales. */
const TOO_SHORT = 2;
/** Of the strongest word's weight; what speaks less for the label is no reason a person would name. */
const WORTH_SAYING = 0.2;

/**
 * The words of a text that speak most for a label, strongest first. A run of characters counts for every word it lies
 * in, a word for itself; only what the reader finds in his own text is answered.
 */
export function reasonsFor(model: Model, words: Words, label: string, limit = 5): readonly string[] {
  const at = model.labels.indexOf(label);
  if (at < 0) return [];
  const speaks = new Map<string, number>();
  let offset = 0;
  for (const [number, block] of BLOCKS.entries()) {
    const vocabulary = model.vocabularies[number] as Vocabulary;
    const names = namesOf(block.of(words), vocabulary);
    for (const [column, value] of weigh(block, vocabulary, words)) {
      const name = names.get(column) ?? '';
      const weight = (model.weights[(offset + column) * model.labels.length + at] as number) * value;
      speaks.set(name, (speaks.get(name) ?? 0) + weight);
    }
    offset += vocabulary.idf.length;
  }
  return strongest([...new Set(words.all)], speaks, limit);
}

function namesOf(features: Iterable<string>, { index }: Vocabulary): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const feature of features) {
    const column = index.get(feature);
    if (column !== undefined) names.set(column, feature);
  }
  return names;
}

function strongest(words: readonly string[], speaks: ReadonlyMap<string, number>, limit: number): readonly string[] {
  const weighed = words
    .filter((word) => word.length >= TOO_SHORT && !/^[\d.,:%-]+$/.test(word))
    .map((word) => ({ word, weight: weightOf(word, speaks) }))
    .sort((a, b) => b.weight - a.weight);
  const least = Math.max(0, (weighed[0]?.weight ?? 0) * WORTH_SAYING);
  return weighed
    .filter(({ weight }) => weight > least)
    .slice(0, limit)
    .map(({ word }) => word);
}

/** The word itself and the runs inside it. */
function weightOf(word: string, speaks: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (let length = 1; length <= Math.min(4, word.length); length += 1) {
    for (let at = 0; at + length <= word.length; at += 1) sum += speaks.get(word.slice(at, at + length)) ?? 0;
  }
  return word.length > 4 ? sum + (speaks.get(word) ?? 0) : sum;
}
