/** A request as clustering sees it: its words, how often each counts, and when it came. */
export type Item = { readonly words: ReadonlyMap<string, number>; readonly at: number };

export type ClusterOptions = {
  /** How alike two groups must be to become one, as the cosine between their middles. */
  readonly least: number;
  /** Requests further apart in time than this are not joined, in milliseconds. */
  readonly span: number;
};

export const USUAL: ClusterOptions = { least: 0.28, span: 240 * 86_400_000 };

/** Words in more requests than this share join nothing. */
const COMMON_SHARE = 0.06;
/** Among few requests one matter may well be most of them. */
const RARE_ENOUGH = 30;
/** Two requests are compared when they share a word in at most so many. */
const MOST_COMPARED = 80;

type Vector = ReadonlyMap<string, number>;
type Group = { readonly sum: Map<string, number>; length: number; members: number[]; from: number; to: number };

/**
 * Groups of requests about one matter, largest first; those alone with theirs are left out. Words count by how rare
 * they are among these requests. The most alike are joined first, and a group is compared by its middle, so that a
 * chain of ever less alike requests does not grow into one.
 */
export function clusterItems(items: readonly Item[], options: ClusterOptions = USUAL): readonly (readonly number[])[] {
  const vectors = vectorsOf(items);
  const groups = new Map<number, Group>(
    vectors.map((vector, at) => {
      const when = items[at]?.at ?? 0;
      return [at, { sum: new Map(vector), length: 1, members: [at], from: when, to: when }];
    }),
  );
  const groupOf = items.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (groupOf[root] !== root) root = groupOf[root] as number;
    groupOf[at] = root;
    return root;
  };
  for (const { one, other } of likePairs(vectors, options.least)) {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a === b) continue;
    const [left, right] = [groups.get(a) as Group, groups.get(b) as Group];
    const span = Math.max(left.to, right.to) - Math.min(left.from, right.from);
    if (span > options.span || alike(left, right) < options.least) continue;
    join(left, right);
    groupOf[b] = a;
    groups.delete(b);
  }
  return [...groups.values()]
    .map(({ members }) => members)
    .filter((members) => members.length > 1)
    .sort((a, b) => b.length - a.length);
}

/** The cosine between the middles of two groups. */
function alike(left: Group, right: Group): number {
  return product(left.sum, right.sum) / (left.length * right.length);
}

function vectorsOf(items: readonly Item[]): readonly Vector[] {
  const counts = new Map<string, number>();
  for (const { words } of items) for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(RARE_ENOUGH, items.length * COMMON_SHARE);
  return items.map(({ words }) => {
    const vector = new Map<string, number>();
    for (const [word, times] of words) {
      const count = counts.get(word) ?? 0;
      if (count >= 2 && count <= most) vector.set(word, (1 + Math.log(times)) * Math.log(1 + items.length / count));
    }
    const length = lengthOf(vector);
    for (const [word, value] of vector) vector.set(word, value / length);
    return vector;
  });
}

type Pair = { readonly one: number; readonly other: number; readonly alike: number };

/** Pairs at least so alike, most alike first. Only those that share a rare word are looked at. */
function likePairs(vectors: readonly Vector[], least: number): readonly Pair[] {
  const holders = new Map<string, number[]>();
  for (const [at, vector] of vectors.entries()) {
    for (const word of vector.keys()) {
      const known = holders.get(word);
      if (known) known.push(at);
      else holders.set(word, [at]);
    }
  }
  const pairs: Pair[] = [];
  for (const [at, vector] of vectors.entries()) {
    const near = new Set<number>();
    for (const word of vector.keys()) {
      const known = holders.get(word) ?? [];
      if (known.length <= MOST_COMPARED) for (const other of known) if (other > at) near.add(other);
    }
    for (const other of near) {
      const share = product(vector, vectors[other] as Vector);
      if (share >= least) pairs.push({ one: at, other, alike: share });
    }
  }
  return pairs.sort((a, b) => b.alike - a.alike || a.one - b.one || a.other - b.other);
}

function product(one: Vector, other: Vector): number {
  const [short, long] = one.size <= other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [word, value] of short) sum += value * (long.get(word) ?? 0);
  return sum;
}

function lengthOf(vector: Vector): number {
  let square = 0;
  for (const value of vector.values()) square += value * value;
  return Math.sqrt(square) || 1;
}

function join(left: Group, right: Group): void {
  for (const [word, value] of right.sum) left.sum.set(word, (left.sum.get(word) ?? 0) + value);
  left.length = lengthOf(left.sum);
  left.members = [...left.members, ...right.members];
  left.from = Math.min(left.from, right.from);
  left.to = Math.max(left.to, right.to);
}
