import { type Block, BLOCKS } from './features.ts';
import { foldsOf, type Figures, figuresOf } from './measure.ts';
import { best, type Labelled, train } from './model.ts';
import { groupsOf, nearDuplicates } from './near-duplicates.ts';

/** From this share on two texts count as near-duplicates of one another. */
export const NEAR_IN_FOLDS = 0.5;
/** Stricter where a training set must hold nothing of the texts it is tested with. */
export const NEAR_IN_TEST = 0.4;

const SEED = 11;

/**
 * Figures on texts the model has not seen: each part is answered by a model trained with the others. Near-duplicates
 * lie in one part, so that nothing is answered from a copy of itself.
 */
export function crossValidate(
  texts: readonly Labelled[],
  folds: number,
  blocks: readonly Block[] = BLOCKS,
  onProgress: (share: number) => void = () => undefined,
): Figures {
  const labels = [...new Set(texts.map(({ label }) => label))].sort();
  const pairs = nearDuplicates(
    texts.map(({ words }) => words.all),
    NEAR_IN_FOLDS,
  );
  const parts = foldsOf(groupsOf(texts.length, pairs), folds, SEED);
  const answers: number[] = texts.map(() => -1);
  for (const [at, part] of parts.entries()) {
    const inside = new Set(part);
    const model = train(
      texts.filter((_, row) => !inside.has(row)),
      { blocks, calibrate: false, onProgress: (share) => onProgress((at + share) / folds) },
    );
    for (const row of part) {
      const text = texts[row] as Labelled;
      answers[row] = labels.indexOf(model.labels[best(model, text.words, blocks)] ?? '');
    }
  }
  return figuresOf(
    labels,
    texts.map(({ label }) => labels.indexOf(label)),
    answers,
  );
}

/** The texts that are neither contained in a tested one nor nearly the same. */
export function withoutOverlap(texts: readonly Labelled[], tested: readonly Labelled[]): readonly Labelled[] {
  const both = [...texts, ...tested].map(({ words }) => words.all);
  const overlapping = new Set<number>();
  for (const { one, other } of nearDuplicates(both, NEAR_IN_TEST)) {
    if (one < texts.length && other >= texts.length) overlapping.add(one);
  }
  return texts.filter((_, row) => !overlapping.has(row));
}
