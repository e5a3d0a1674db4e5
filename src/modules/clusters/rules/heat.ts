/** A request in a cluster: who asked, by a key that names nobody, or null; and when. */
export type Voice = { readonly person: string | null; readonly at: number };

export type Heat = {
  /** Different people who can be told apart. */
  readonly people: number;
  readonly heat: number;
};

const HALF_LIFE_MS = 60 * 86_400_000;
/** A request without a name may be of somebody already counted. */
const NAMELESS = 0.25;

/**
 * heat = 10 × (Σ over people 2^(−age/60 days) + N), where each person counts once, with his newest request, and N is a
 * quarter of the same sum over requests without a name, never more than half of what the named ones come to, or 1.
 * Clicks, looks and repeated requests of one person add nothing; after two months half of it is left.
 */
export function heatOf(voices: readonly Voice[], now: number): Heat {
  const newest = new Map<string, number>();
  let nameless = 0;
  for (const { person, at } of voices) {
    if (person === null) nameless += freshness(at, now) * NAMELESS;
    else newest.set(person, Math.max(newest.get(person) ?? 0, at));
  }
  const named = [...newest.values()].reduce((sum, at) => sum + freshness(at, now), 0);
  const heat = 10 * (named + Math.min(nameless, Math.max(1, named / 2)));
  return { people: newest.size, heat: Math.round(heat * 10) / 10 };
}

function freshness(at: number, now: number): number {
  return 2 ** (-Math.max(0, now - at) / HALF_LIFE_MS);
}
