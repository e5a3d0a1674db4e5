/** The lengths at which a code names an area. */
const LENGTHS = [17, 15, 12, 9, 6, 4];

/** The smallest area that holds all of them; the first's county or city where they share nothing smaller. */
export function commonArea(codes: readonly string[]): string {
  const [first = ''] = codes;
  const length = LENGTHS.find(
    (each) => first.length >= each && codes.every((code) => code.slice(0, each) === first.slice(0, each)),
  );
  return first.slice(0, length ?? 4);
}

/** From this share of the smaller one on, a cluster is an issue that is known. */
const SAME = 0.5;

/** For each cluster the known issue that it goes on, each taken once, the largest overlap first; null for a new one. */
export function matchIssues(
  clusters: readonly (readonly string[])[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (string | null)[] {
  const pairs = clusters.flatMap((members, at) =>
    [...known].flatMap(([issue, before]) => {
      const shared = members.filter((id) => before.has(id)).length;
      return shared / Math.max(1, Math.min(members.length, before.size)) >= SAME ? [{ at, issue, shared }] : [];
    }),
  );
  const matched: (string | null)[] = clusters.map(() => null);
  const taken = new Set<string>();
  for (const { at, issue } of pairs.sort((a, b) => b.shared - a.shared)) {
    if (matched[at] !== null || taken.has(issue)) continue;
    matched[at] = issue;
    taken.add(issue);
  }
  return matched;
}
