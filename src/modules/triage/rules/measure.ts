import { seeded, shuffle } from './random.ts';

export type ClassFigures = {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly count: number;
};

export type Figures = {
  readonly count: number;
  /** The mean of the classes' F1: a rare class counts as much as a common one. */
  readonly macroF1: number;
  readonly accuracy: number;
  readonly classes: readonly ClassFigures[];
};

/** Compares what was answered with what is right; both are numbers of labels. Classes without texts are left out. */
export function figuresOf(labels: readonly string[], truth: readonly number[], answers: readonly number[]): Figures {
  const classes = labels.flatMap((label, at): ClassFigures[] => {
    const count = truth.filter((right) => right === at).length;
    const given = answers.filter((answer) => answer === at).length;
    if (count === 0 && given === 0) return [];
    const hits = truth.filter((right, row) => right === at && answers[row] === at).length;
    const precision = given === 0 ? 0 : hits / given;
    const recall = count === 0 ? 0 : hits / count;
    const f1 = hits === 0 ? 0 : (2 * hits) / (count + given);
    return [{ label, precision: round(precision), recall: round(recall), f1: round(f1), count }];
  });
  const right = truth.filter((label, row) => label === answers[row]).length;
  const mean = classes.reduce((sum, one) => sum + one.f1, 0) / Math.max(1, classes.length);
  return {
    count: truth.length,
    macroF1: round(mean),
    accuracy: round(truth.length === 0 ? 0 : right / truth.length),
    classes,
  };
}

export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Divides rows into `count` parts of about the same size; rows of one group stay together. */
export function foldsOf(groups: readonly number[], count: number, seed: number): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (const [row, group] of groups.entries()) {
    const known = members.get(group);
    if (known) known.push(row);
    else members.set(group, [row]);
  }
  const shuffled = [...members.values()];
  shuffle(shuffled, seeded(seed));
  const folds: number[][] = Array.from({ length: count }, () => []);
  for (const rows of shuffled.sort((a, b) => b.length - a.length)) {
    const smallest = folds.reduce((least, fold) => (fold.length < least.length ? fold : least));
    smallest.push(...rows);
  }
  return folds;
}
