import { cleanText, hasForbiddenCharacters, lengthOf, toHalfWidth } from '../../../kit/text.ts';

/** An address below the grid. A part that an address does not have is the literal 无, never empty. */
export type AddressParts = {
  readonly estate: string;
  readonly building: string;
  readonly unit: string;
  readonly room: string;
};

/** What stands where an address has no such part. */
export const NONE = '无';

const LONGEST_PART = 40;

/**
 * Brings the four parts to their fixed spelling: 1幢 (not 1栋, 1号楼, 1#, 一栋), 2单元, 301室; leading zeros go,
 * full-width signs become plain, blanks and words for 'nothing' become 无. Answers the reason (a key under
 * `areas.issue.`) when nothing is left or a part cannot be stored.
 */
export function normalAddress(written: {
  readonly estate?: string | undefined;
  readonly building?: string | undefined;
  readonly unit?: string | undefined;
  readonly room?: string | undefined;
}): AddressParts | { readonly reason: string } {
  const given = [written.estate, written.building, written.unit, written.room].map((part) => part ?? '');
  if (given.some(hasForbiddenCharacters)) return { reason: 'bad_characters' };
  const [estate = '', building = '', unit = '', room = ''] = given.map(plain);
  const parts = {
    estate: estate === '' ? NONE : estate,
    building: spell(building, '幢', /(?:号楼|栋|幢|座|楼|#|号)$/),
    unit: spell(unit, '单元', /(?:单元|门|梯)$/),
    room: spell(room, '室', /(?:号室|号房|室|房|号)$/),
  };
  const all = Object.values(parts);
  if (all.every((part) => part === NONE)) return { reason: 'address_empty' };
  if (all.some((part) => lengthOf(part) > LONGEST_PART)) return { reason: 'address_too_long' };
  return parts;
}

/** The four parts as one line, without what it does not have: 锦绣花园3幢2单元101室. */
export function addressText(parts: AddressParts): string {
  return [parts.estate, parts.building, parts.unit, parts.room].filter((part) => part !== NONE).join('');
}

/** The same place in a village has the same key, whichever grid it lies in. */
export function placeKey(village: string, parts: AddressParts): string {
  return [village, parts.estate, parts.building, parts.unit, parts.room].join('|');
}

const NOTHING = /^(?:无|没有|空|none|null|nil|n\/a|na|[-_/\\—.、]+)$/i;

function plain(part: string): string {
  const text = toHalfWidth(cleanText(part)).replace(/[\s|]+/g, '');
  return NOTHING.test(text) ? '' : text;
}

/** A number (also with letters or dashes: 3-2, A, 12b) with the fixed ending; any other name stays as it is. */
function spell(part: string, ending: string, endings: RegExp): string {
  if (part === '') return NONE;
  const body = digits(part.replace(endings, ''));
  if (body === '') return part;
  const numbered = /^(?:第)?([0-9]+(?:[-.][0-9]+)*[a-z]?|[a-z][0-9]{0,4}(?:-[0-9]+)*|[甲乙丙丁东西南北中])$/i.exec(
    body,
  );
  if (!numbered?.[1]) return part;
  return numbered[1].toUpperCase().replace(/(^|[-.])0+(?=\d)/g, '$1') + ending;
}

const NUMERALS = '〇一二三四五六七八九';

/** Chinese numerals to ninety-nine as digits: 十二 is 12, 二十 is 20, 零三 is 03. */
function digits(text: string): string {
  const small = text.replace(/零/g, '〇').replace(/两/g, '二');
  return small.replace(/[〇一二三四五六七八九十]+/g, (run) => {
    if (!run.includes('十')) return [...run].map((numeral) => String(NUMERALS.indexOf(numeral))).join('');
    const match = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(run);
    if (!match) return run;
    const tens = match[1] ? NUMERALS.indexOf(match[1]) : 1;
    return String(tens * 10 + (match[2] ? NUMERALS.indexOf(match[2]) : 0));
  });
}
