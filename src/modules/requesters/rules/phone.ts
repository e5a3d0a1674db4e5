import { type Result, refuse } from '../../../kit/result.ts';

/** A telephone number in its one stored form: digits only, an extension after `x`. */
export type Phone = { readonly kind: 'mobile' | 'landline' | 'service'; readonly number: string };

const MOBILE = /^1[3-9]\d{9}$/;
/** Three-digit area codes are 010 and 02x; all others have four digits. */
const LANDLINE = /^(?:010|02\d|0[3-9]\d{2})[2-9]\d{6,7}$/;
const SERVICE = /^[48]00\d{7}$/;
const EXTENSION = /^(.*?)(?:转|分机|ext\.?|x|#|,)\s*(\d{1,6})$/i;

/**
 * Reads a Chinese telephone number as people write it: full-width digits, spaces, dashes, brackets, +86, extension.
 * Refuses `requesters.phone_needs_area_code` for a local number without its area code, `requesters.bad_phone`
 * for what is no number.
 */
export function readPhone(written: string): Result<Phone> {
  const folded = written.normalize('NFKC').trim();
  const withExtension = EXTENSION.exec(folded);
  const digits = strip(withExtension?.[1] ?? folded);
  const extension = withExtension?.[2];
  if (digits === null) return refuse('requesters.bad_phone');
  const number = withoutCountry(digits);
  if (MOBILE.test(number) && extension === undefined) return { kind: 'mobile', number };
  if (LANDLINE.test(number)) return { kind: 'landline', number: extension ? `${number}x${extension}` : number };
  if (SERVICE.test(number)) return { kind: 'service', number: extension ? `${number}x${extension}` : number };
  if (/^[2-9]\d{6,7}$/.test(number)) return refuse('requesters.phone_needs_area_code');
  return refuse('requesters.bad_phone');
}

/** Digits with an optional leading plus; null when anything else stands between them. */
function strip(text: string): string | null {
  const bare = text.replace(/[\s\-‐-―−().·/]/g, '');
  return /^\+?\d+$/.test(bare) ? bare : null;
}

function withoutCountry(digits: string): string {
  const national = /^(?:\+86|0086)(\d+)$/.exec(digits)?.[1] ?? /^86(1\d{10})$/.exec(digits)?.[1];
  if (national === undefined) return digits;
  // Written internationally, a landline loses the zero of its area code.
  return MOBILE.test(national) || SERVICE.test(national) || national.startsWith('0') ? national : `0${national}`;
}

/** What screens show of a number until it is unmasked: `138****8000`, `0713****45`. */
export function maskPhone(number: string): string {
  const plain = number.split('x')[0] ?? number;
  if (MOBILE.test(plain)) return `${plain.slice(0, 3)}****${plain.slice(-4)}`;
  if (SERVICE.test(plain)) return `${plain.slice(0, 3)}****${plain.slice(-2)}`;
  const area = /^(?:010|02\d)/.test(plain) ? 3 : 4;
  return `${plain.slice(0, area)}****${plain.slice(-2)}`;
}

/** The last four digits, by which officers look a caller up. */
export function phoneEnding(number: string): string {
  return (number.split('x')[0] ?? number).slice(-4);
}
