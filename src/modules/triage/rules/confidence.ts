/** Shares that add up to 1, from margins; a small `temperature` makes the largest stand out. */
export function shares(margins: readonly number[], temperature: number): number[] {
  const largest = Math.max(...margins);
  const raised = margins.map((margin) => Math.exp((margin - largest) / temperature));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
}

export type Held = { readonly margins: readonly number[]; readonly truth: number };

/**
 * The temperature under which the shares tell best how often the model is right, on texts it was not trained with
 * (Guo et al., ICML 2017). Golden section over its logarithm; 1 where there is nothing to learn from.
 */
export function fitTemperature(held: readonly Held[]): number {
  if (held.length === 0) return 1;
  const loss = (logarithm: number) => {
    const temperature = Math.exp(logarithm);
    return held.reduce((sum, { margins, truth }) => {
      return sum - Math.log(Math.max(1e-12, shares(margins, temperature)[truth] ?? 0));
    }, 0);
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.02), Math.log(5)];
  for (let step = 0; step < 40; step += 1) {
    const one = high - ratio * (high - low);
    const other = low + ratio * (high - low);
    if (loss(one) < loss(other)) high = other;
    else low = one;
  }
  return Math.exp((low + high) / 2);
}
