import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { day, instant, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { EXCLUSION_STATES } from './rules/exclusion.ts';

const id = z.object({ id: uuid });
const organisation = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const ground = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });

const exclusion = z.object({
  id: uuid,
  version: z.int(),
  case: z.object({ id: uuid, number: z.string() }),
  organisation,
  ground,
  words: z.string(),
  state: z.enum(EXCLUSION_STATES),
  askedAt: instant,
  askedBy: z.string(),
  askedByOrganisation: organisation,
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedByOrganisation: organisation.nullable(),
  decisionWords: z.string().nullable(),
  publicWords: z.string().nullable(),
  revokedAt: instant.nullable(),
  revokedByOrganisation: organisation.nullable(),
  revocationWords: z.string().nullable(),
  /** What the reader may do now, and why not, in his language; null when it is not for his posts at all. */
  decide: z.object({ allowed: z.boolean(), reason: z.string().nullable() }).nullable(),
  revoke: z.object({ allowed: z.boolean(), reason: z.string().nullable() }).nullable(),
});
export type ExclusionView = z.input<typeof exclusion>;

const read = { kind: 'action', action: 'exclusions.read', target: 'visible' } as const;
const decide = { kind: 'action', action: 'exclusions.decide', target: 'visible' } as const;
const ofCase = (action: string) => ({ kind: 'action', action, target: 'case', param: 'id' }) as const;

export const listExclusions = defineContract({
  id: 'exclusions.list',
  method: 'GET',
  path: '/api/exclusions',
  summary: 'Exclusions that my office asked for or profits from, and those of my area; newest first',
  access: read,
  effect: 'read',
  query: z.strictObject({ ...pageQuery, state: z.enum(EXCLUSION_STATES).optional() }),
  answer: pageOf(exclusion),
  refusals: [],
});

export const listGrounds = defineContract({
  id: 'exclusions.list_grounds',
  method: 'GET',
  path: '/api/exclusions/grounds',
  summary: 'The grounds in force today, and every dated row of the place',
  access: read,
  effect: 'read',
  answer: z.object({
    items: z.array(ground),
    rows: z.array(ground.extend({ validFrom: day, validTo: day.nullable() })),
  }),
  refusals: [],
});

export const setGround = defineContract({
  id: 'exclusions.set_ground',
  method: 'POST',
  path: '/api/exclusions/grounds',
  summary: 'Add, rename or end a ground from a day on',
  access: { kind: 'action', action: 'exclusions.manage', target: 'tenant' },
  effect: 'write',
  body: z.strictObject({
    code: z.string().regex(/^[a-z][a-z_]{2,39}$/),
    nameZh: text(60, 2),
    nameEn: text(120, 2),
    validFrom: day,
    validTo: day.nullable(),
  }),
  answer: z.object({ code: z.string() }),
  refusals: ['exclusions.ground_in_past', 'exclusions.ground_days'],
});

export const exclusionsOfCase = defineContract({
  id: 'exclusions.of_case',
  method: 'GET',
  path: '/api/cases/:id/exclusions',
  summary: 'What was asked and decided about leaving a case out of figures',
  access: ofCase('exclusions.read'),
  effect: 'read',
  params: id,
  answer: z.object({
    items: z.array(exclusion),
    /** For whose figures the reader may ask; empty when he may not. */
    askFor: z.array(organisation),
  }),
  refusals: [],
});

export const askExclusion = defineContract({
  id: 'exclusions.ask',
  method: 'POST',
  path: '/api/cases/:id/exclusions',
  summary: 'Ask that the figures of an office leave a case out',
  access: ofCase('exclusions.ask'),
  effect: 'write',
  params: id,
  body: z.strictObject({ organisationId: uuid, ground: z.string().max(40), words: text(1000, 10) }),
  status: 201,
  answer: exclusion,
  refusals: [
    'exclusions.not_your_office',
    'exclusions.not_involved',
    'exclusions.ground_unknown',
    'exclusions.already_asked',
  ],
});

export const decideExclusion = defineContract({
  id: 'exclusions.decide',
  method: 'POST',
  path: '/api/exclusions/:id/decision',
  summary: 'A second person of another office grants or refuses; what is granted is public',
  access: decide,
  effect: 'write',
  params: id,
  body: z
    .strictObject({
      version: z.int(),
      granted: z.boolean(),
      words: text(1000, 4),
      /** What the public reads; needed to grant. */
      publicWords: optionalText(300),
    })
    .refine((body) => !body.granted || body.publicWords !== null, {
      path: ['publicWords'],
      params: { code: 'field.missing' },
    }),
  answer: exclusion,
  refusals: [
    'exclusions.not_found',
    'exclusions.stale',
    'exclusions.already_decided',
    'exclusions.second_person_needed',
    'exclusions.decider_not_independent',
    'exclusions.public_words_personal',
  ],
});

export const revokeExclusion = defineContract({
  id: 'exclusions.revoke',
  method: 'POST',
  path: '/api/exclusions/:id/revocation',
  summary: 'Take an exclusion back; the list says so',
  access: decide,
  effect: 'write',
  params: id,
  body: z.strictObject({ version: z.int(), words: text(1000, 4) }),
  answer: exclusion,
  refusals: [
    'exclusions.not_found',
    'exclusions.stale',
    'exclusions.not_in_force',
    'exclusions.decider_not_independent',
  ],
});

export const listPublicExclusions = defineContract({
  id: 'exclusions.list_public',
  method: 'GET',
  path: '/api/public/exclusions',
  summary: 'Cases left out of figures: number, office, ground, who decided and when, no personal data',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.object({
      id: uuid,
      number: z.string(),
      organisation: z.object({ name: z.string(), nameEn: z.string() }),
      ground,
      words: z.string().nullable(),
      decidedBy: z.object({ name: z.string(), nameEn: z.string() }),
      decidedAt: instant,
      revokedAt: instant.nullable(),
    }),
  ),
  refusals: [],
});
