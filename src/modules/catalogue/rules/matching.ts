/** A class and the words that led to it; `score` counts the characters of the text they explain. */
export type ClassMatch = {
  readonly code: string;
  readonly words: readonly string[];
  readonly score: number;
  /** How sure the classifier is, 0 to 1; null where words alone speak. */
  readonly confidence: number | null;
};

export type Matchable = {
  readonly code: string;
  readonly parentCode: string | null;
  readonly keywords: readonly string[];
};

type Keyword = { readonly word: string; readonly lower: string; readonly latin: boolean; readonly of: number };

/**
 * Classes whose words stand in a text, best first. A suggestion that shows its reason, never a decision. A word inside
 * a longer one that matched too counts once; a class of the lower level goes before its parent at the same score.
 */
export function matchWords(text: string, classes: readonly Matchable[], limit = 5): readonly ClassMatch[] {
  return wordMatcher(classes)(text, limit);
}

/** `matchWords` for many texts: words are looked up by how they begin, so a text costs its length, not the catalogue's. */
export function wordMatcher(classes: readonly Matchable[]): (text: string, limit?: number) => readonly ClassMatch[] {
  const beginnings = beginningsOf(classes);
  return (text, limit = 5) => {
    const haystack = text.toLowerCase();
    const found = new Map<number, Set<string>>();
    for (let at = 0; at < haystack.length; at++) {
      for (const keyword of beginnings.get(haystack.charCodeAt(at)) ?? []) {
        if (!standsAt(haystack, keyword, at)) continue;
        const words = found.get(keyword.of);
        if (words) words.add(keyword.word);
        else found.set(keyword.of, new Set([keyword.word]));
      }
    }
    const matches = [...found].flatMap(([of, words]) => matchOf(classes[of], words));
    matches.sort((a, b) => b.score - a.score || Number(b.lower) - Number(a.lower) || (a.code < b.code ? -1 : 1));
    return matches.slice(0, limit).map(({ code, words, score }) => ({ code, words, score, confidence: null }));
  };
}

function beginningsOf(classes: readonly Matchable[]): ReadonlyMap<number, readonly Keyword[]> {
  const beginnings = new Map<number, Keyword[]>();
  for (const [of, { keywords }] of classes.entries()) {
    for (const word of keywords) {
      const lower = word.toLowerCase();
      if (lower === '') continue;
      const keyword = { word, lower, latin: isLatin(lower), of };
      const first = lower.charCodeAt(0);
      const others = beginnings.get(first);
      if (others) others.push(keyword);
      else beginnings.set(first, [keyword]);
    }
  }
  return beginnings;
}

type Scored = Omit<ClassMatch, 'confidence'> & { readonly lower: boolean };

function matchOf(each: Matchable | undefined, stand: ReadonlySet<string>): Scored[] {
  if (!each) return [];
  // In the order of the catalogue, which is the order they are shown in.
  const found = each.keywords.filter((word) => stand.has(word));
  const words = found.filter((word) => !found.some((other) => other !== word && other.includes(word)));
  const score = words.reduce((sum, word) => sum + weight(word), 0);
  return [{ code: each.code, words, score, lower: each.parentCode !== null }];
}

type Advice = { readonly code: string; readonly words: readonly string[]; readonly confidence: number };

/** What was learned first, surest first, then what words alone point to; each class once. */
export function joinAdvice(
  advice: readonly Advice[],
  byWords: readonly ClassMatch[],
  limit = 5,
): readonly ClassMatch[] {
  const learned = advice.map((one) => ({ ...one, score: byWords.find(({ code }) => code === one.code)?.score ?? 0 }));
  const known = new Set(learned.map(({ code }) => code));
  return [...learned, ...byWords.filter(({ code }) => !known.has(code))].slice(0, limit);
}

/** English words match whole ('gas', not 'gasp'); Chinese ones anywhere, since nothing separates words. */
function standsAt(haystack: string, { lower, latin }: Keyword, at: number): boolean {
  if (!haystack.startsWith(lower, at)) return false;
  return !latin || (!isLatin(haystack[at - 1] ?? '') && !isLatin(haystack[at + lower.length] ?? ''));
}

function isLatin(text: string): boolean {
  return /[a-z]/i.test(text);
}

/** A Chinese character says about as much as three Latin letters. */
function weight(word: string): number {
  return isLatin(word) ? word.length / 3 : word.length;
}
