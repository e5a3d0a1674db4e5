import { pinyin } from 'pinyin-pro';
import type { AreaLevel } from '../../../kit/codes.ts';

/** The parts of a name by which areas are shown and found. */
export type NameParts = {
  /** As people say it: 龙池桥社区. */
  readonly name: string;
  /** As the division list has it: 龙池桥社区居民委员会. */
  readonly officialName: string;
  /** Without its kind: 龙池桥. */
  readonly shortName: string;
  /** Syllables of the short name without tones, joined: longchiqiao. */
  readonly pinyin: string;
  /** First letters of the short name: lcq. */
  readonly initials: string;
};

const COMMITTEE = /(?:居民委员会|居委会|村民委员会|村委会)$/;

/** Endings that say the kind, longest first; people leave them out or write another one. */
const ENDINGS: Readonly<Partial<Record<AreaLevel, readonly string[]>>> = {
  city: ['自治州', '地区', '市', '盟'],
  county: ['自治县', '自治旗', '林区', '特区', '新区', '区', '县', '市', '旗'],
  town: ['街道办事处', '民族乡', '办事处', '地区', '街道', '镇', '乡'],
  village: [
    '社区居民委员会',
    '社区居委会',
    '村民委员会',
    '居民委员会',
    '村委会',
    '居委会',
    '生活区',
    '社区',
    '嘎查',
    '村',
  ],
};

/** Takes a division's name apart. Never leaves a short name of fewer than two characters. */
export function nameParts(officialName: string, level: AreaLevel): NameParts {
  const official = officialName.normalize('NFKC').trim();
  const name = level === 'village' ? villageName(official) : official;
  const shortName = withoutEnding(name, level);
  return { name, officialName: official, shortName, ...sounds(shortName) };
}

function villageName(official: string): string {
  const body = official.replace(COMMITTEE, '');
  if (body === official || [...body].length < 2) return official;
  if (/村民委员会$|村委会$/.test(official)) return /村$|嘎查$/.test(body) ? body : `${body}村`;
  return /(?:社区|小区|居民区)$/.test(body) ? body : `${body}社区`;
}

/** The name without the ending of its kind. */
export function withoutEnding(name: string, level: AreaLevel): string {
  for (const ending of ENDINGS[level] ?? []) {
    if (!name.endsWith(ending)) continue;
    const short = name.slice(0, -ending.length);
    if ([...short].length >= 2) return short;
  }
  return name;
}

/** Pinyin and first letters of a text, in lower case; what is not Chinese stays, so `甲7号院` reads jia7haoyuan. */
export function sounds(text: string): { pinyin: string; initials: string } {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' });
  const clean = syllables.map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return { pinyin: clean.join(''), initials: clean.map((syllable) => syllable.slice(0, 1)).join('') };
}
