export type Telling = { readonly word: string; readonly weight: number };

/** A request as it is compared: what it is about, where and when. */
export type Compared = {
  readonly words: readonly Telling[];
  readonly classCode: string | null;
  readonly areaCode: string | null;
  readonly point: readonly [number, number] | null;
  readonly at: Date;
};

export type Likeness = { readonly score: number; readonly shared: readonly string[] };

/** From this score on a request is offered as a likely duplicate. */
export const LIKELY = 0.5;
const HALF_LIFE_DAYS = 120;
const NEAR_METRES = 300;

/**
 * How likely two requests are about one matter, 0 to 1: how much of what each tells the other tells, too, more when
 * class and place agree, less the longer ago it was. `metres` is what lies between their points, where both are known.
 */
export function likenessOf(asked: Compared, other: Compared, metres: number | null, now: Date): Likeness {
  const weights = new Map(other.words.map(({ word, weight }) => [word, weight]));
  const shared = asked.words.filter(({ word }) => weights.has(word));
  if (shared.length === 0) return { score: 0, shared: [] };
  const mine = sum(shared) / sum(asked.words);
  const theirs = shared.reduce((total, { word }) => total + (weights.get(word) ?? 0), 0) / sum(other.words);
  const words = (2 * mine * theirs) / (mine + theirs);
  const sameClass =
    asked.classCode === null || other.classCode === null ? 0 : asked.classCode === other.classCode ? 0.15 : -0.1;
  const place = placeBonus(asked.areaCode, other.areaCode, metres);
  const days = Math.max(0, now.getTime() - other.at.getTime()) / 86_400_000;
  const score = (words + sameClass + place) * 2 ** (-days / HALF_LIFE_DAYS);
  return { score: Math.min(1, score), shared: shared.map(({ word }) => word) };
}

function placeBonus(one: string | null, other: string | null, metres: number | null): number {
  if (metres !== null) return metres <= NEAR_METRES ? 0.2 : -0.1;
  if (one === null || other === null) return 0;
  if (one.length >= 12 && other.length >= 12) return one.slice(0, 12) === other.slice(0, 12) ? 0.15 : -0.15;
  return one.startsWith(other) || other.startsWith(one) ? 0.05 : -0.15;
}

function sum(words: readonly Telling[]): number {
  return words.reduce((total, { weight }) => total + weight, 0) || 1;
}

/** Where a look-up goes: each word under its town; under its month where the town is not known. */
export function keysFor(words: readonly string[], areaCode: string, months: readonly string[]): readonly string[] {
  const town = areaCode.length >= 9 ? [areaCode.slice(0, 9)] : [];
  return [...town, ...months].flatMap((scope) => words.map((word) => `${scope}:${word}`));
}
