import { z } from 'zod';
import { cleanText, hasForbiddenCharacters } from '../../kit/text.ts';

/**
 * Field schemas that every contract builds on. A custom issue carries its code in `params.code`; its text stands in
 * the catalogue under that code.
 */

function coded(code: string): { params: { code: string } } {
  return { params: { code } };
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** Free text of `min` to `max` characters: NFC, trimmed, line ends LF; no NUL, lone surrogates or control characters. */
export function text(max: number, min = 1) {
  return z
    .string()
    .max(max * 4)
    .refine((value) => !hasForbiddenCharacters(value), coded('field.forbidden_characters'))
    .transform(cleanText)
    .refine((value) => lengthOf(value) >= min, {
      params: { code: min === 1 ? 'field.missing' : 'field.too_short', minimum: min },
    })
    .refine((value) => lengthOf(value) <= max, { params: { code: 'field.too_long', maximum: max } })
    .meta({ maxLength: max, minLength: min });
}

/** Like `text`, but absent, null or blank all become null. */
export function optionalText(max: number) {
  return z
    .string()
    .nullish()
    .transform((value) => value ?? '')
    .refine((value) => !hasForbiddenCharacters(value), coded('field.forbidden_characters'))
    .transform(cleanText)
    .refine((value) => lengthOf(value) <= max, { params: { code: 'field.too_long', maximum: max } })
    .transform((value) => (value === '' ? null : value));
}

export const uuid = z.uuid();
/** A division, grid or micro-grid code at its significant length. */
export const areaCode = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$/);
/** An instant in ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true });
/** A day `yyyy-mm-dd`. */
export const day = z.iso.date();
export const longitude = z.number().min(-180).max(180);
export const latitude = z.number().min(-90).max(90);
export const point = z.strictObject({ lon: longitude, lat: latitude });

/** Query parameters of a keyset list. */
export const pageQuery = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

/** The answer of a keyset list: `next` is the cursor for `after`, null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const noContent = z.object({ ok: z.literal(true) });
