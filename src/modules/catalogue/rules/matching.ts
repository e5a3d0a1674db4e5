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

/**
 * Classes whose words stand in a text, best first. A suggestion that shows its reason, never a decision. A word inside
 * a longer one that matched too counts once; a class of the lower level goes before its parent at the same score.
 */
export function matchWords(text: string, classes: readonly Matchable[], limit = 5): readonly ClassMatch[] {
  const haystack = text.toLowerCase();
  const matches: (Omit<ClassMatch, 'confidence'> & { readonly lower: boolean })[] = [];
  for (const each of classes) {
    const found = each.keywords.filter((word) => standsIn(haystack, word.toLowerCase()));
    const words = found.filter((word) => !found.some((other) => other !== word && other.includes(word)));
    if (words.length === 0) continue;
    const score = words.reduce((sum, word) => sum + weight(word), 0);
    matches.push({ code: each.code, words, score, lower: each.parentCode !== null });
  }
  matches.sort((a, b) => b.score - a.score || Number(b.lower) - Number(a.lower) || (a.code < b.code ? -1 : 1));
  return matches.slice(0, limit).map(({ code, words, score }) => ({ code, words, score, confidence: null }));
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
function standsIn(haystack: string, word: string): boolean {
  if (word === '') return false;
  for (let at = haystack.indexOf(word); at >= 0; at = haystack.indexOf(word, at + 1)) {
    if (!isLatin(word) || (!isLatin(haystack[at - 1] ?? '') && !isLatin(haystack[at + word.length] ?? ''))) return true;
  }
  return false;
}

function isLatin(text: string): boolean {
  return /[a-z]/i.test(text);
}

/** A Chinese character says about as much as three Latin letters. */
function weight(word: string): number {
  return isLatin(word) ? word.length / 3 : word.length;
}
