import { z } from 'zod';
import { LANES } from '../../platform/auth/actor.ts';
import { defineContract } from '../../platform/http/contract.ts';
import { areaCode, day, instant, uuid } from '../../platform/http/fields.ts';
import { SUM_NAMES } from '../call-backs/contract.ts';
import { CHANNELS } from '../cases/contract.ts';
import { GROUPS } from './rules/plan.ts';

const count = z.int();
const rate = z.object({ value: z.number().nullable(), of: count });
const figures = z.object({
  filed: count,
  open: count,
  /** By state, those that occur. */
  states: z.record(z.string(), count),
  contact: z.object({ inTime: count, late: count }),
  closed: z.object({ all: count, inTime: count, late: count }),
  callBacks: z.object(
    Object.fromEntries(SUM_NAMES.map((name) => [name, count])) as Record<(typeof SUM_NAMES)[number], z.ZodInt>,
  ),
  rates: z.object({ response: rate, resolution: rate, satisfaction: rate, timely: rate }),
});
const named = z.object({ zh: z.string(), en: z.string() });

export const readCounts = defineContract({
  id: 'statistics.read_counts',
  method: 'GET',
  path: '/api/statistics/counts',
  summary: 'Counts and rates of an area one may look at, by what lies in it, class, organisation, channel, lane or day',
  access: { kind: 'action', action: 'statistics.read', target: 'visible' },
  effect: 'read',
  query: z.object({
    /** The area of one's own post unless told. */
    area: areaCode.optional(),
    by: z.enum(GROUPS).default('area'),
    /** Both or neither; without them all days count. */
    from: day.optional(),
    to: day.optional(),
    /** A class with all below it. */
    classCode: z.string().max(40).optional(),
    organisationId: uuid.optional(),
    channel: z.enum(CHANNELS).optional(),
    lane: z.enum(LANES).optional(),
  }),
  answer: z.object({
    area: z.object({ code: z.string(), name: z.string(), level: z.string() }),
    /** From the top of what one may look at down to the area. */
    path: z.array(z.object({ code: z.string(), name: z.string() })),
    /** Where one may begin: the areas of one's own posts. */
    areas: z.array(z.object({ code: z.string(), name: z.string() })),
    by: z.enum(GROUPS),
    /** The first count is done; until then `counted` cases are in the figures. */
    complete: z.boolean(),
    counted: count,
    /** The newest event in the figures. */
    followedAt: instant.nullable(),
    /** Sealed and confidential cases are among them. */
    restricted: z.boolean(),
    /** The lanes they are limited to by one's post; null: all. */
    lanes: z.array(z.enum(LANES)).nullable(),
    total: figures,
    /** By area: of the area itself, not of any area in it. */
    direct: figures.nullable(),
    items: z.array(
      figures.extend({
        key: z.string(),
        name: named.nullable(),
        /** By area: there are areas below it. */
        drill: z.boolean().nullable(),
      }),
    ),
  }),
  refusals: [
    'statistics.area_not_yours',
    'statistics.days_wrong',
    'statistics.days_missing',
    'statistics.one_at_a_time',
    'statistics.whole_months',
  ],
});
