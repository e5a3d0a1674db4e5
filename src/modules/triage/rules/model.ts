import { fitTemperature, type Held, shares } from './confidence.ts';
import { type Block, BLOCKS, type Words } from './features.ts';
import { marginOf, separate, type SeparatorOptions, USUAL } from './linear.ts';
import { seeded, shuffle } from './random.ts';
import { learnVocabulary, pickRows, type Rows, toRows, type Vocabulary, weigh } from './vocabulary.ts';

/** A text with the class a person confirmed. */
export type Labelled = { readonly words: Words; readonly label: string };

/** A trained classifier. `weights` holds, for each feature, one number a label; read from its file with 16 bits each. */
export type Model = {
  readonly labels: readonly string[];
  readonly vocabularies: readonly Vocabulary[];
  readonly weights: Float32Array | Float16Array;
  readonly biases: Float32Array;
  readonly temperature: number;
  readonly trainedOn: number;
};

export type TrainingOptions = {
  readonly blocks?: readonly Block[];
  readonly separator?: SeparatorOptions;
  /** Finds out how sure the model may be, on a part kept aside; costs as much again as the training. */
  readonly calibrate?: boolean;
  /** Told the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
};

/** Numbers a model may hold, 4 bytes each: 160 MB. Many classes leave room for fewer features. */
const MOST_WEIGHTS = 40_000_000;
/** A share of the texts on which confidence is learned. */
const HELD_SHARE = 0.2;

/** Learns from labelled texts. The same texts in the same order give the same model. */
export function train(texts: readonly Labelled[], options: TrainingOptions = {}): Model {
  const blocks = options.blocks ?? BLOCKS;
  const labels = [...new Set(texts.map(({ label }) => label))].sort();
  const truth = texts.map(({ label }) => labels.indexOf(label));
  const most = Math.floor(MOST_WEIGHTS / Math.max(1, labels.length) / blocks.length);
  const words = texts.map((text) => text.words);
  const vocabularies = blocks.map((block) => learnVocabulary(block, words, most));
  const rows = toRows(blocks, vocabularies, words);
  const rounds = options.calibrate === false ? 1 : 2;
  let done = 0;
  const step = () => {
    done += 1;
    options.onProgress?.(done / (rounds * labels.length));
  };
  const separator = options.separator ?? USUAL;
  const temperature =
    rounds === 1
      ? 1
      : fitTemperature(heldOut(rows, apart(words, separator.seed), truth, labels.length, separator, step));
  const weights = new Float32Array(rows.width * labels.length);
  const biases = new Float32Array(labels.length);
  for (const label of labels.keys()) {
    const found = separate(rows, (row) => truth[row] === label, separator);
    for (let column = 0; column < rows.width; column += 1) {
      weights[column * labels.length + label] = found.weights[column] as number;
    }
    biases[label] = found.bias;
    step();
  }
  return { labels, vocabularies, weights, biases, temperature, trainedOn: texts.length };
}

/** Rows to learn from and rows kept aside; the same text twice lies on one side. */
function apart(
  texts: readonly Words[],
  seed: number,
): { readonly rest: readonly number[]; readonly held: readonly number[] } {
  const same = [...Map.groupBy(texts.keys(), (row) => texts[row]?.all.join(' ') ?? '').values()];
  shuffle(same, seeded(seed));
  const cut = Math.floor(same.length * HELD_SHARE);
  return { held: same.slice(0, cut).flat(), rest: same.slice(cut).flat() };
}

/** Margins of texts kept aside, from a training with the others. */
function heldOut(
  rows: Rows,
  { rest, held }: ReturnType<typeof apart>,
  truth: readonly number[],
  labels: number,
  separator: SeparatorOptions,
  step: () => void,
): readonly Held[] {
  const kept = pickRows(rows, rest);
  const margins: number[][] = held.map(() => []);
  for (let label = 0; label < labels; label += 1) {
    const found = separate(kept, (row) => truth[rest[row] as number] === label, separator);
    for (const [at, row] of held.entries()) margins[at]?.push(marginOf(found, rows, row));
    step();
  }
  return held.map((row, at) => ({ margins: margins[at] ?? [], truth: truth[row] ?? 0 }));
}

/** A label and how sure the model is of it, 0 to 1; the shares of all labels add up to 1. */
export type Guess = { readonly label: string; readonly confidence: number };

/** The labels a text may have, likeliest first. A text in which nothing is known answers none. */
export function guess(model: Model, words: Words, limit = 5, blocks: readonly Block[] = BLOCKS): readonly Guess[] {
  const margins = marginsOf(model, words, blocks);
  if (margins === null) return [];
  return shares(margins, model.temperature)
    .map((confidence, at) => ({ label: model.labels[at] ?? '', confidence }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, limit);
}

/** The number of the likeliest label; -1 when nothing of the text is known. */
export function best(model: Model, words: Words, blocks: readonly Block[] = BLOCKS): number {
  const margins = marginsOf(model, words, blocks) ?? [];
  return margins.reduce((found, margin, at) => (found < 0 || margin > (margins[found] ?? 0) ? at : found), -1);
}

function marginsOf(model: Model, words: Words, blocks: readonly Block[]): number[] | null {
  const count = model.labels.length;
  const margins = Float64Array.from(model.biases);
  let offset = 0;
  let known = false;
  for (const [at, block] of blocks.entries()) {
    const vocabulary = model.vocabularies[at] as Vocabulary;
    for (const [column, value] of weigh(block, vocabulary, words)) {
      const start = (offset + column) * count;
      for (let label = 0; label < count; label += 1) {
        margins[label] = (margins[label] as number) + (model.weights[start + label] as number) * value;
      }
      known = true;
    }
    offset += vocabulary.idf.length;
  }
  return known ? [...margins] : null;
}
