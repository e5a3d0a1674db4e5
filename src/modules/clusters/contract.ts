import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { areaCode, instant, optionalText, point, text, uuid } from '../../platform/http/fields.ts';
import { chosenCases, eachResult, STATES } from '../cases/contract.ts';

const named = z.object({ id: uuid, name: z.string(), nameEn: z.string(), shortName: z.string() });
const className = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string() });
const reason = text(500, 2);

const similar = z.object({
  id: uuid,
  number: z.string(),
  version: z.int(),
  state: z.string(),
  title: z.string(),
  body: z.string(),
  class: className,
  path: z.array(z.string()),
  openedAt: instant,
  lead: named.nullable(),
  /** How likely it is the same matter, 0 to 1, and the words both share; 1 and none for a case asked about by id. */
  score: z.number(),
  shared: z.array(z.string()),
  metres: z.int().nullable(),
  /** How many are merged into it. */
  duplicates: z.int(),
});
export type SimilarCase = z.output<typeof similar>;

export const similarToText = defineContract({
  id: 'clusters.similar_to_text',
  method: 'POST',
  path: '/api/similar-cases',
  summary: 'Cases nearby that are likely about the same matter as a text, likeliest first',
  access: { kind: 'action', action: 'cases.read', target: 'visible' },
  effect: 'read',
  body: z.strictObject({
    text: text(2100, 4),
    areaCode: areaCode.nullish(),
    classCode: z.string().max(40).nullish(),
    point: point.nullish(),
  }),
  answer: z.object({ items: z.array(similar) }),
  refusals: [],
  perMinute: 120,
});

export const similarToCase = defineContract({
  id: 'clusters.similar_to_case',
  method: 'GET',
  path: '/api/cases/:id/similar-cases',
  summary: 'The case, what is merged into it, and cases likely about the same matter',
  access: { kind: 'action', action: 'cases.read', target: 'case', param: 'id' },
  effect: 'read',
  params: z.object({ id: uuid }),
  query: z.object({
    /** Ids of cases somebody chose himself, parted by commas; they come first. */
    with: z
      .string()
      .max(800)
      .transform((ids) => ids.split(','))
      .pipe(z.array(uuid).max(20))
      .optional(),
  }),
  answer: z.object({ own: similar, merged: z.array(similar), items: z.array(similar) }),
  refusals: ['cases.not_found'],
});

const results = z.object({ results: z.array(eachResult) });

export const mergeCases = defineContract({
  id: 'clusters.merge_cases',
  method: 'POST',
  path: '/api/mergers',
  summary: 'Merges cases into one; each keeps its caller and his call-back. What cannot be merged is told one by one',
  access: { kind: 'action', action: 'cases.merge', target: 'visible' },
  effect: 'write',
  body: z.strictObject({ masterId: uuid, cases: chosenCases, reason }),
  answer: results,
  refusals: ['cases.not_found'],
});

export const undoMerges = defineContract({
  id: 'clusters.undo_merges',
  method: 'POST',
  path: '/api/merger-undoings',
  summary: 'Takes merged cases apart again; each goes its own way with its own clocks',
  access: { kind: 'action', action: 'cases.reopen', target: 'visible' },
  effect: 'write',
  body: z.strictObject({ cases: chosenCases, reason }),
  answer: results,
  refusals: [],
});

export const followCase = defineContract({
  id: 'clusters.follow_case',
  method: 'POST',
  path: '/api/cases/:id/followers',
  summary: 'Registers a caller who asks for the same as this case; he keeps his own number and call-back',
  access: { kind: 'action', action: 'cases.merge', target: 'case', param: 'id' },
  effect: 'write',
  status: 201,
  params: z.object({ id: uuid }),
  body: z.strictObject({
    title: text(80, 2),
    body: text(2000, 4),
    channel: z.enum(['phone', 'counter', 'letter']),
    requester: z.strictObject({ name: optionalText(50), phone: optionalText(30) }).nullish(),
    anonymous: z.boolean().default(false),
    placeText: optionalText(200),
  }),
  answer: z.object({ id: uuid, number: z.string(), queryCode: z.string(), masterNumber: z.string() }),
  refusals: ['cases.not_found', 'cases.master_not_open', 'requesters.bad_phone'],
});

export const ISSUE_STATES = ['found', 'opened', 'dismissed', 'faded'] as const;
export const ISSUE_KINDS = ['proactive', 'problem_of_month'] as const;

const issue = z.object({
  id: uuid,
  title: z.string(),
  words: z.array(z.string()),
  class: className,
  areaCode: z.string(),
  path: z.array(z.string()),
  requests: z.int(),
  people: z.int(),
  heat: z.number(),
  firstAt: instant,
  lastAt: instant,
  countedAt: instant,
  state: z.enum(ISSUE_STATES),
  kind: z.enum(ISSUE_KINDS).nullable(),
  month: z.string().nullable(),
  lead: named.nullable(),
  caseId: uuid.nullable(),
  caseNumber: z.string().nullable(),
  reason: z.string().nullable(),
  publicTitle: z.string().nullable(),
  publicText: z.string().nullable(),
  publishedAt: instant.nullable(),
});
export type HotIssue = z.output<typeof issue>;

const read = { kind: 'action', action: 'clusters.read', target: 'visible' } as const;
const decide = { kind: 'action', action: 'clusters.decide', target: 'visible' } as const;
const id = z.object({ id: uuid });

export const listIssues = defineContract({
  id: 'clusters.list_issues',
  method: 'GET',
  path: '/api/hot-issues',
  summary: 'Hot issues in the areas of the own posts, hottest first; at most 100',
  access: read,
  effect: 'read',
  query: z.strictObject({ state: z.enum(ISSUE_STATES).default('found') }),
  answer: z.object({ items: z.array(issue) }),
  refusals: [],
});

export const readIssue = defineContract({
  id: 'clusters.read_issue',
  method: 'GET',
  path: '/api/hot-issues/:id',
  summary: 'One hot issue with those of its requests that the actor may see',
  access: read,
  effect: 'read',
  params: id,
  answer: issue.extend({
    members: z.array(
      z.object({
        id: uuid,
        number: z.string(),
        title: z.string(),
        state: z.string(),
        openedAt: instant,
        path: z.array(z.string()),
      }),
    ),
    /** Requests of it that the actor may not see. */
    hidden: z.int(),
  }),
  refusals: ['clusters.issue_not_found'],
});

export const openIssue = defineContract({
  id: 'clusters.open_issue',
  method: 'POST',
  path: '/api/hot-issues/:id/opening',
  summary: 'Opens a proactive case or the problem of the month with an office in the lead',
  access: decide,
  effect: 'write',
  params: id,
  body: z.strictObject({
    kind: z.enum(ISSUE_KINDS),
    leadId: uuid,
    title: text(80, 2),
    text: text(2000, 4),
    reason,
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .nullish(),
  }),
  answer: issue,
  refusals: ['clusters.issue_not_found', 'clusters.issue_decided', 'clusters.month_taken'],
});

export const dismissIssue = defineContract({
  id: 'clusters.dismiss_issue',
  method: 'POST',
  path: '/api/hot-issues/:id/dismissal',
  summary: 'Says that these requests are no matter of their own, with a reason',
  access: decide,
  effect: 'write',
  params: id,
  body: z.strictObject({ reason }),
  answer: issue,
  refusals: ['clusters.issue_not_found', 'clusters.issue_decided'],
});

export const publishIssue = defineContract({
  id: 'clusters.publish_issue',
  method: 'POST',
  path: '/api/hot-issues/:id/publication',
  summary: 'Makes an opened issue public in words of its own, or changes them',
  access: decide,
  effect: 'write',
  params: id,
  body: z.strictObject({ title: text(80, 2), text: text(2000, 4) }),
  answer: issue,
  refusals: ['clusters.issue_not_found', 'clusters.issue_not_opened'],
});

export const publicIssues = defineContract({
  id: 'clusters.public_issues',
  method: 'GET',
  path: '/api/public/hot-issues',
  summary: 'Issues that were opened and made public, newest first; at most 50',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({
        id: uuid,
        title: z.string(),
        text: z.string(),
        kind: z.enum(ISSUE_KINDS),
        month: z.string().nullable(),
        leadName: z.string(),
        leadNameEn: z.string(),
        /** Of the case that was opened for it. */
        state: z.enum(STATES),
        publishedAt: instant,
      }),
    ),
  }),
  refusals: [],
});
