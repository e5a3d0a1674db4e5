import type { AreaLevel } from '../../../kit/codes.ts';
import type { Reason } from './area.ts';
import { sounds } from './names.ts';

/** What the names of one area are, as the search needs them. */
export type Named = {
  readonly code: string;
  readonly level: AreaLevel;
  readonly name: string;
  readonly officialName: string;
  readonly shortName: string;
  readonly pinyin: string;
  readonly initials: string;
};

export type Match = {
  readonly code: string;
  /** 0 to 1; only the order means something. */
  readonly score: number;
  readonly reason: Reason;
  /** The piece of the text, or of the name, that agreed. */
  readonly matched: string;
};

/** The longest text that is looked at; a place stands near the beginning. */
const LONGEST = 80;
const LONGEST_NAME = 14;

/** A text as it is searched: plain width, no spaces, Latin letters small. */
export function searchText(text: string): string {
  return [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s'’]+/g, ''),
  ]
    .slice(0, LONGEST)
    .join('');
}

// Words that every second name ends with name no place.
const KIND_WORDS =
  /^(?:自治)?(?:省|市|区|县|旗|盟|镇|乡|村|街道|街道办|办事处|社区|居委会|村委会|居民委员会|村民委员会|网格|小区)+$/;

/** False for what names no place: less than two characters, or only words for kinds of places. */
export function isSearchable(text: string): boolean {
  return [...text].length >= 2 && !KIND_WORDS.test(text);
}

/** Every piece of the text that could be a name: 2 to 14 characters, each once. */
export function pieces(text: string): string[] {
  const characters = [...text];
  const found = new Set<string>();
  for (let start = 0; start < characters.length; start += 1) {
    for (let length = 2; length <= LONGEST_NAME && start + length <= characters.length; length += 1) {
      found.add(characters.slice(start, start + length).join(''));
    }
  }
  return [...found];
}

/** The pinyin of every piece of Chinese text of 2 to 6 characters: catches 龙迟桥 for 龙池桥. */
export function soundPieces(text: string): string[] {
  const characters = [...text].filter((character) => /\p{Script=Han}/u.test(character)).slice(0, 40);
  const syllables = characters.map((character) => sounds(character).pinyin);
  const found = new Set<string>();
  for (let start = 0; start < syllables.length; start += 1) {
    for (let length = 2; length <= 6 && start + length <= syllables.length; length += 1) {
      found.add(syllables.slice(start, start + length).join(''));
    }
  }
  return [...found];
}

export function isLatin(text: string): boolean {
  return /^[a-z0-9]+$/.test(text);
}

type Evidence = { readonly score: number; readonly reason: Reason; readonly matched: string; readonly at: number };

function evidenceOf(text: string, area: Named): Evidence | null {
  if (/^\d{4,17}$/.test(text) && area.code.startsWith(text)) {
    return { score: area.code === text ? 1 : 0.6, reason: 'code', matched: text, at: 0 };
  }
  const full = [area.officialName, area.name].map((name) => name.toLowerCase());
  if (full.includes(text)) return { score: 1, reason: 'name', matched: text, at: 0 };
  const short = area.shortName.toLowerCase();
  if (short === text) return { score: 0.95, reason: 'name', matched: text, at: 0 };
  for (const name of full) {
    if (text.includes(name)) return { score: 0.85, reason: 'in_text', matched: name, at: text.indexOf(name) };
  }
  if (text.includes(short) && short.length >= 2) {
    return { score: [...short].length > 2 ? 0.7 : 0.55, reason: 'in_text', matched: short, at: text.indexOf(short) };
  }
  if (isLatin(text)) return latinEvidence(text, area);
  const holds = full.find((name) => name.includes(text));
  if (holds !== undefined) return { score: holds.startsWith(text) ? 0.6 : 0.45, reason: 'part', matched: text, at: 0 };
  return soundEvidence(text, area);
}

function latinEvidence(text: string, area: Named): Evidence | null {
  const found = (score: number, reason: Reason, matched: string): Evidence => ({ score, reason, matched, at: 0 });
  if (area.pinyin === text) return found(0.8, 'pinyin', text);
  // People type the ending, too: longchiqiaojiedao, or another one: longchiqiaozhen.
  if (area.pinyin.length >= 5 && text.startsWith(area.pinyin)) return found(0.7, 'pinyin', area.pinyin);
  if (area.initials === text) return found(0.6, 'initials', text);
  if (text.length < 2) return null;
  if (area.pinyin.startsWith(text)) return found(0.55, 'pinyin', text);
  if (text.length >= 4 && area.pinyin.includes(text)) return found(0.4, 'pinyin', text);
  return text.length >= 3 && area.initials.startsWith(text) ? found(0.4, 'initials', text) : null;
}

function soundEvidence(text: string, area: Named): Evidence | null {
  if (area.pinyin.length < 4) return null;
  return soundPieces(text).includes(area.pinyin)
    ? { score: 0.35, reason: 'sound', matched: area.shortName, at: 0 }
    : null;
}

/**
 * Ranks areas by how well a text names them. A village counts for more when its town is named, too; a name that is only
 * part of a longer name in the text counts for half (龙池 in 龙池桥); an area counts for less when something inside it
 * is named. Every area that agrees is answered, so that repeated names all show.
 */
export function rank(rawText: string, areas: readonly Named[]): Match[] {
  const text = searchText(rawText);
  if (!isSearchable(text)) return [];
  const hits = areas.flatMap((area) => {
    const evidence = evidenceOf(text, area);
    return evidence ? [{ area, evidence }] : [];
  });
  const matches = hits.map(({ area, evidence }) => {
    const inText = evidence.reason === 'in_text';
    const shadowed = inText && hits.some((other) => covers(other.evidence, evidence));
    const above = hits.filter((other) => isAbove(other.area, area) && apart(other.evidence, evidence)).length;
    const below = hits.some((other) => isAbove(area, other.area) && apart(other.evidence, evidence));
    const score = evidence.score * (shadowed ? 0.5 : 1) * (below ? 0.75 : 1) + (inText ? 0.1 * Math.min(above, 2) : 0);
    return {
      code: area.code,
      score: Math.min(1, Number(score.toFixed(3))),
      reason: evidence.reason,
      matched: evidence.matched,
    };
  });
  return matches.sort(byScore);
}

/** Best first; equal ones larger area first, then by code. */
export function byScore(left: Match, right: Match): number {
  return right.score - left.score || left.code.length - right.code.length || (left.code < right.code ? -1 : 1);
}

function isAbove(upper: Named, lower: Named): boolean {
  return lower.code !== upper.code && lower.code.startsWith(upper.code);
}

function end(evidence: Evidence): number {
  return evidence.at + evidence.matched.length;
}

/** True when `wide` holds the place of `narrow` in the text and more. */
function covers(wide: Evidence, narrow: Evidence): boolean {
  return (
    wide.reason === 'in_text' &&
    wide.at <= narrow.at &&
    end(wide) >= end(narrow) &&
    wide.matched.length > narrow.matched.length
  );
}

function apart(one: Evidence, other: Evidence): boolean {
  return one.reason === 'in_text' && other.reason === 'in_text' && (end(one) <= other.at || end(other) <= one.at);
}
