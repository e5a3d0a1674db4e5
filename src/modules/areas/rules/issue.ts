import { cleanText, hasForbiddenCharacters, shorten } from '../../../kit/text.ts';

/** One thing wrong with one row or feature; `reason` is a text key under `areas.issue.`. */
export type Issue = {
  /** 0 for the first row or feature of the file. */
  readonly index: number;
  readonly code: string | null;
  readonly name: string | null;
  readonly reason: string;
  readonly details: Readonly<Record<string, string | number>>;
};

/** A short text or number of a file as text fit for a report. */
export function words(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  if (hasForbiddenCharacters(text)) return null;
  const clean = shorten(cleanText(text), 60);
  return clean === '' ? null : clean;
}
