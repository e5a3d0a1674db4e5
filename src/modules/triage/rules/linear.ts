import { seeded, shuffle } from './random.ts';
import type { Rows } from './vocabulary.ts';

/** Weights of one class against all others: `weights[column]`, and what stands beside every text. */
export type Separator = { readonly weights: Float32Array; readonly bias: number };

export type SeparatorOptions = {
  /** Cost of a mistake; larger fits the training closer. */
  readonly cost: number;
  readonly rounds: number;
  readonly seed: number;
};

export const USUAL: SeparatorOptions = { cost: 1, rounds: 10, seed: 7 };

/**
 * A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., ICML 2008). Each
 * round visits every text once in random order; rounds end early when nothing moves any more.
 */
export function separate(rows: Rows, isMember: (row: number) => boolean, options: SeparatorOptions): Separator {
  const { starts, columns, values } = rows;
  const count = starts.length - 1;
  const slack = 0.5 / options.cost;
  const weights = new Float32Array(rows.width);
  const alphas = new Float32Array(count);
  const diagonal = squaredLengths(rows);
  const order = Int32Array.from({ length: count }, (_, at) => at);
  const random = seeded(options.seed);
  let bias = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    shuffle(order, random);
    let largest = 0;
    for (let turn = 0; turn < count; turn += 1) {
      const row = order[turn] as number;
      const sign = isMember(row) ? 1 : -1;
      const from = starts[row] as number;
      const to = starts[row + 1] as number;
      let margin = bias;
      for (let at = from; at < to; at += 1)
        margin += (weights[columns[at] as number] as number) * (values[at] as number);
      const alpha = alphas[row] as number;
      const gradient = sign * margin - 1 + slack * alpha;
      const projected = alpha === 0 ? Math.min(gradient, 0) : gradient;
      largest = Math.max(largest, Math.abs(projected));
      if (Math.abs(projected) < 1e-9) continue;
      const next = Math.max(0, alpha - gradient / ((diagonal[row] as number) + slack));
      alphas[row] = next;
      const step = (next - alpha) * sign;
      for (let at = from; at < to; at += 1) {
        const column = columns[at] as number;
        weights[column] = (weights[column] as number) + step * (values[at] as number);
      }
      bias += step;
    }
    if (largest < 0.02) break;
  }
  return { weights, bias };
}

/** With the constant beside every text counted in. */
function squaredLengths({ starts, values }: Rows): Float32Array {
  const lengths = new Float32Array(starts.length - 1);
  for (let row = 0; row < lengths.length; row += 1) {
    let sum = 1;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      sum += (values[at] as number) ** 2;
    }
    lengths[row] = sum;
  }
  return lengths;
}

/** How far a row lies on the class's side of its separator. */
export function marginOf({ weights, bias }: Separator, rows: Rows, row: number): number {
  let sum = bias;
  for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at += 1) {
    sum += (weights[rows.columns[at] as number] as number) * (rows.values[at] as number);
  }
  return sum;
}
