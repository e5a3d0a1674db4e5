/** Two texts that say nearly the same; `share` is how much of the shorter one stands in the longer. */
export type Pair = { readonly one: number; readonly other: number; readonly share: number };

/** Words that stand in more texts than this join nothing: they say too little, and comparing them costs most. */
const COMMON = 400;
/** A very short text is compared as if it held this much, so that two bare titles do not pass for the same. */
const LEAST_WEIGHT = 15;

/**
 * Pairs of texts of which the shorter stands almost whole in the longer. Words of two characters and more count by how
 * rare they are; only texts that share a word that is not common are compared, so this does not grow with the square.
 */
export function nearDuplicates(texts: readonly (readonly string[])[], least: number): readonly Pair[] {
  const sets = texts.map((words) => [...new Set(words.filter((word) => word.length >= 2))]);
  const counts = new Map<string, number>();
  for (const set of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weight = (word: string) => Math.log(texts.length / (counts.get(word) ?? 1));
  const totals = sets.map((set) => set.reduce((sum, word) => sum + weight(word), 0));
  const earlier = new Map<string, number[]>();
  const pairs: Pair[] = [];
  for (const [at, set] of sets.entries()) {
    const shared = new Map<number, number>();
    for (const word of set) {
      const before = earlier.get(word);
      if (before && (counts.get(word) ?? 0) <= COMMON) {
        for (const other of before) shared.set(other, (shared.get(other) ?? 0) + weight(word));
      }
      if (before) before.push(at);
      else earlier.set(word, [at]);
    }
    for (const [other, sum] of shared) {
      const share = sum / Math.max(LEAST_WEIGHT, Math.min(totals[at] ?? 0, totals[other] ?? 0));
      if (share >= least) pairs.push({ one: other, other: at, share });
    }
  }
  return pairs;
}

/** For each text the group it belongs to: texts joined by a chain of pairs share one. */
export function groupsOf(count: number, pairs: readonly Pair[]): readonly number[] {
  const parents = Array.from({ length: count }, (_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] as number;
    parents[at] = root;
    return root;
  };
  for (const { one, other } of pairs) parents[rootOf(one)] = rootOf(other);
  return parents.map((_, at) => rootOf(at));
}
