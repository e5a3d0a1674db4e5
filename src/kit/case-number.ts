import { toHalfWidth } from './text.ts';
import { isDay } from './time.ts';

/**
 * Public numbers of cases: `yyyymmdd-nnnnnn-c`, day of registration in Asia/Shanghai, serial of that day, check digit.
 * The digit is Damm's (2004): it catches every single wrong digit and every swap of two neighbours, the two mistakes
 * people make when they read a number out on the telephone.
 */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

function checkDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(DAMM[interim]?.[Number(digit)]);
  return String(interim);
}

export type CaseNumber = { readonly number: string; readonly day: string; readonly serial: number };

/** The number of the `serial`-th case of a day (`yyyy-mm-dd`). Serials from 1; beyond 999999 they grow a digit. */
export function caseNumber(day: string, serial: number): string {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  if (!Number.isSafeInteger(serial) || serial < 1) throw new RangeError(`not a serial: ${serial}`);
  const date = day.replaceAll('-', '');
  const digits = String(serial).padStart(6, '0');
  return `${date}-${digits}-${checkDigit(date + digits)}`;
}

/** Reads a number as people type it (spaces, no dashes, full-width); null when it is none or its digit is wrong. */
export function parseCaseNumber(typed: string): CaseNumber | null {
  const plain = toHalfWidth(typed).replace(/[\s._-]/g, '');
  const match = /^(\d{4})(\d{2})(\d{2})(\d{6,12})(\d)$/.exec(plain);
  if (!match) return null;
  const [, year, month, date, digits = '', check] = match;
  const day = `${year}-${month}-${date}`;
  const serial = Number(digits);
  if (!isDay(day) || serial < 1 || (digits.length > 6 && digits.startsWith('0'))) return null;
  if (checkDigit(`${year}${month}${date}${digits}`) !== check) return null;
  return { number: `${year}${month}${date}-${digits}-${check}`, day, serial };
}
