/** A text cut into words. `head` is its title or, where there is none, its first words: there the matter is named. */
export type Words = { readonly head: readonly string[]; readonly all: readonly string[] };

const HEAD_WORDS = 12;

/** The words of a text and its head; `title` is part of `all`. */
export function wordsOf(title: readonly string[], body: readonly string[]): Words {
  const all = [...title, ...body];
  return { head: (title.length > 0 ? title : all).slice(0, HEAD_WORDS), all };
}

/**
 * One family of features with its weight beside the others. Characters carry most in Chinese: they need no word list
 * and survive wrong cuts. The head counts a second time, since it names the matter. Weights and lengths were chosen by
 * cross-validation (docs/triage.md).
 */
export type Block = {
  readonly name: string;
  readonly weight: number;
  /** Features seen in fewer texts are left out of a large training. */
  readonly least: number;
  readonly of: (words: Words) => Iterable<string>;
};

export const BLOCKS: readonly Block[] = [
  { name: 'characters', weight: 1, least: 3, of: ({ all }) => runs(all.join(''), 1, 4) },
  { name: 'words', weight: 0.7, least: 2, of: ({ all }) => all },
  { name: 'head-characters', weight: 0.7, least: 2, of: ({ head }) => runs(head.join(''), 1, 3) },
  { name: 'head-words', weight: 0.5, least: 2, of: ({ head }) => head },
];

/** Words alone, weighted by TF-IDF: the plain yardstick beside which the model is reported. */
export const BASELINE: readonly Block[] = [{ name: 'words', weight: 1, least: 2, of: ({ all }) => all }];

/** Every run of `from` to `to` characters. */
export function* runs(text: string, from: number, to: number): Generator<string> {
  for (let length = from; length <= to; length += 1) {
    for (let at = 0; at + length <= text.length; at += 1) yield text.slice(at, at + length);
  }
}
