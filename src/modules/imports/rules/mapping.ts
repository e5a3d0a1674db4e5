import { z } from 'zod';

/**
 * How the columns of somebody else's table become cases. A mapping is a JSON file kept with the project or beside the
 * data; it holds names of columns and rules, never data.
 */

const shaping = {
  maxLength: z.int().positive().optional(),
  /** The source's UTF-8 was taken for Latin-1 and encoded once more, so that ’ reads â€™. */
  encodedTwice: z.literal(true).optional(),
};

/** `column` takes one column, `template` fills `{column}` placeholders; empty results count as missing. */
const value = z.union([
  z.strictObject({ column: z.string().min(1), ...shaping }),
  z.strictObject({ template: z.string().min(1), ...shaping }),
]);

/** A time: formats in luxon's words or `iso`, tried in order; `zone` holds for texts without an offset. */
const moment = z.strictObject({
  column: z.string().min(1),
  formats: z.array(z.string().min(1)).min(1),
  zone: z.string().default('Asia/Shanghai'),
  /** A day without time stands for its first or last second in `zone`. */
  dayMeans: z.enum(['start', 'end']).default('start'),
});

const byValue = z.strictObject({
  column: z.string().min(1),
  /** Value → what it becomes; texts are compared without regard to case and outer blanks. */
  values: z.record(z.string(), z.string()),
  /** For values not listed; left out: the row is rejected. `auto` proposes from the words. */
  otherwise: z.string().optional(),
});

export const mappingSchema = z.strictObject({
  /** Name of the source; together with the source's own id it makes an import idempotent. */
  source: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,60}$/),
  /** Whatever is worth knowing about the data: where it is from, what is odd about it. */
  about: z.string().optional(),
  /** The source's own id. `rowDigest`: it has none, and the content of the row stands for it. */
  sourceId: z.union([z.strictObject({ column: z.string().min(1) }), z.strictObject({ rowDigest: z.literal(true) })]),
  title: value,
  body: value,
  openedAt: moment,
  handledAt: moment.optional(),
  closedAt: moment.optional(),
  /** Counts `closedAt` only for rows whose column holds one of the values. */
  closedWhen: z.strictObject({ column: z.string().min(1), in: z.array(z.string()).min(1) }).optional(),
  answer: value.optional(),
  /** A class code for all, by value, or `auto` to propose from the words. */
  class: z.union([z.strictObject({ code: z.string().min(1) }), byValue, z.literal('auto')]),
  /** A fixed area for all, an area named in a column, or none: then the whole jurisdiction. */
  area: z.union([
    z.strictObject({ code: z.string().regex(/^\d{4,17}$/) }),
    z.strictObject({ column: z.string() }),
    z.null(),
  ]),
  placeText: value.optional(),
  /** Coordinates (WGS 84). `outside`: what becomes of a point beyond the jurisdiction. */
  point: z
    .strictObject({ lon: z.string(), lat: z.string(), outside: z.enum(['reject', 'drop']).default('reject') })
    .nullable()
    .default(null),
  urgency: byValue.optional(),
});
export type Mapping = z.output<typeof mappingSchema>;
export type ValueRule = z.output<typeof value>;
export type MomentRule = z.output<typeof moment>;
