import type { Block, Words } from './features.ts';

/** The features of one block that the model knows, each with its number and how telling it is (inverse document share). */
export type Vocabulary = { readonly index: ReadonlyMap<string, number>; readonly idf: Float32Array };

/** Texts as rows of weighted features: row i holds `columns` and `values` from `starts[i]` to `starts[i + 1]`. */
export type Rows = {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly width: number;
};

/**
 * Trainings smaller than this can spare nothing that two texts share. What stands in one text alone is never learned:
 * a name or a number that one person wrote does not enter a model.
 */
const SMALL = 2000;

/** Learns a block's features from the texts; of more than `most` the commonest are kept. */
export function learnVocabulary(block: Block, texts: readonly Words[], most: number): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const feature of new Set(block.of(text))) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const least = texts.length < SMALL ? 2 : block.least;
  let kept = [...counts].filter(([, count]) => count >= least);
  if (kept.length > most) kept = kept.sort((a, b) => b[1] - a[1]).slice(0, most);
  const idf = Float32Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1);
  return { index: new Map(kept.map(([feature], at) => [feature, at])), idf };
}

/** The features of one text in one block, scaled to length 1; repeated ones count by their logarithm. */
export function weigh(block: Block, { index, idf }: Vocabulary, text: Words): Map<number, number> {
  const found = new Map<number, number>();
  for (const feature of block.of(text)) {
    const at = index.get(feature);
    if (at !== undefined) found.set(at, (found.get(at) ?? 0) + 1);
  }
  let square = 0;
  for (const [at, count] of found) {
    const value = (1 + Math.log(count)) * (idf[at] as number);
    found.set(at, value);
    square += value * value;
  }
  const scale = square > 0 ? block.weight / Math.sqrt(square) : 0;
  for (const [at, value] of found) found.set(at, value * scale);
  return found;
}

/** All blocks side by side, each with its own columns. */
export function toRows(blocks: readonly Block[], vocabularies: readonly Vocabulary[], texts: readonly Words[]): Rows {
  const starts = new Int32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, text] of texts.entries()) {
    let offset = 0;
    for (const [at, block] of blocks.entries()) {
      const vocabulary = vocabularies[at] as Vocabulary;
      for (const [column, value] of weigh(block, vocabulary, text)) {
        columns.push(offset + column);
        values.push(value);
      }
      offset += vocabulary.idf.length;
    }
    starts[row + 1] = columns.length;
  }
  const width = vocabularies.reduce((sum, vocabulary) => sum + vocabulary.idf.length, 0);
  return { starts, columns: Int32Array.from(columns), values: Float32Array.from(values), width };
}

/** Some of the rows, in the order asked for. */
export function pickRows(rows: Rows, wanted: readonly number[]): Rows {
  const starts = new Int32Array(wanted.length + 1);
  for (const [at, row] of wanted.entries()) {
    starts[at + 1] = (starts[at] as number) + (rows.starts[row + 1] as number) - (rows.starts[row] as number);
  }
  const size = starts[wanted.length] as number;
  const columns = new Int32Array(size);
  const values = new Float32Array(size);
  for (const [at, row] of wanted.entries()) {
    const from = rows.starts[row] as number;
    const to = rows.starts[row + 1] as number;
    columns.set(rows.columns.subarray(from, to), starts[at]);
    values.set(rows.values.subarray(from, to), starts[at]);
  }
  return { starts, columns, values, width: rows.width };
}
