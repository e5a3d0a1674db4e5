/** A text cut into words. `head` is its beginning, the title first: there the matter is named. */
export type Words = { readonly head: readonly string[]; readonly all: readonly string[] };

const HEAD_WORDS = 30;

/** The words of a text and its head; `title` is part of both. */
export function wordsOf(title: readonly string[], body: readonly string[]): Words {
  const all = [...title, ...body];
  return { head: all.slice(0, HEAD_WORDS), all };
}

/**
 * One family of features with its weight beside the others. Characters carry most in Chinese: they need no word list
 * and survive wrong cuts. The first 8, 20 and 30 words count again, so that what stands earlier weighs more. Weights
 * and lengths were chosen by cross-validation (docs/triage.md).
 */
export type Block = {
  readonly name: string;
  readonly weight: number;
  /** Features seen in fewer texts are left out of a large training. */
  readonly least: number;
  readonly of: (words: Words) => Iterable<string>;
};

const beginning =
  (count: number, longest: number) =>
  ({ head }: Words) =>
    runs(head.slice(0, count).join(''), 1, longest);

export const BLOCKS: readonly Block[] = [
  { name: 'characters', weight: 1, least: 3, of: ({ all }) => runs(all.join(''), 1, 4) },
  { name: 'words', weight: 0.7, least: 2, of: ({ all }) => all },
  { name: 'first-8', weight: 0.6, least: 2, of: beginning(8, 3) },
  { name: 'first-20', weight: 0.6, least: 2, of: beginning(20, 4) },
  { name: 'first-30', weight: 0.5, least: 2, of: beginning(30, 3) },
];

/** Words alone, weighted by TF-IDF: the plain yardstick beside which the model is reported. */
export const BASELINE: readonly Block[] = [{ name: 'words', weight: 1, least: 2, of: ({ all }) => all }];

/** Every run of `from` to `to` characters. */
export function* runs(text: string, from: number, to: number): Generator<string> {
  for (let length = from; length <= to; length += 1) {
    for (let at = 0; at + length <= text.length; at += 1) yield text.slice(at, at + length);
  }
}
