import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { pinyin } from 'pinyin-pro';

/** Guesses a password must withstand: 10^8, as Login.gov asks (a score of 3). */
const LEAST_SCORE = 3;

/** What must be left of a password without the words below and the person's own. */
const LEAST_REST = 6;

/**
 * Words and numbers that people here think of first. The list of common passwords was gathered elsewhere and hardly knows
 * them: the platform's and the office's own words, then what leaked passwords in pinyin and lucky numbers are made of.
 */
const HERE = [
  ...['gongzhi', '共治', 'demo', 'admin', 'administrator', 'guanliyuan', 'mima', 'password', 'wangge', 'wanggeyuan'],
  ...[
    'shequ',
    'jiedao',
    'zhengfu',
    'zonghezhili',
    'zhili',
    'zhongguo',
    'beijing',
    'renmin',
    'fuwu',
    'jiedai',
    'xinfang',
  ],
  ...['woaini', 'aini', 'nihao', 'baobei', 'laopo', 'laogong', 'woshishui', 'zhimakaimen', 'xiaoxiao', 'tiantian'],
  ...['5201314', '1314520', '147258369', '789456123', '741852963', '159357', '123456', '654321', '888888', '666666'],
  ...['abc123', 'asd123', 'qwe123', 'zxc123', 'aa123', 'qq123', 'a123', '1314', '520', '112233', '123321', '100200'],
];

let estimator: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether a password is among those that were breached or are tried first, or is built from them, from rows of keys, dates
 * or the person's own words. Looked up in a list that came with the platform; nothing is sent anywhere.
 */
export async function isGuessable(password: string, ownWords: readonly string[]): Promise<boolean> {
  const words = wordsOf([...HERE, ...ownWords]);
  if (restOf(password, words) < LEAST_REST) return true;
  estimator ??= loadEstimator();
  return (await estimator).check(password, words).score < LEAST_SCORE;
}

/** The words, their parts, and how Chinese ones are typed in pinyin; longest first, so that none hides in another. */
function wordsOf(given: readonly string[]): string[] {
  const plain = given.flatMap((word) => [word, ...word.split(/[._\-\s@]+/)]);
  const typed = plain
    .filter((word) => /\p{Script=Han}/u.test(word))
    .map((word) => pinyin(word, { toneType: 'none', separator: '' }));
  const words = [...plain, ...typed].map((word) => word.toLowerCase()).filter((word) => word.length > 1);
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/** How many letters and digits are left without these words. */
function restOf(password: string, words: readonly string[]): number {
  let rest = password.normalize('NFKC').toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, '');
  return (rest.match(/[\p{L}\p{N}]/gu) ?? []).length;
}

/** 50,000 words that most processes never need. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: 128 });
}
