import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { instant, optionalText, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';

/** The duties towards the people whose data this is. Office routes under `/api/privacy`, the person's own under `/api/public`. */

const number = z.string().min(1).max(40);
const parts = z.array(z.object({ key: z.string(), heading: z.string(), paragraphs: z.array(z.string()) }));
export type NoticeParts = z.output<typeof parts>;

const tenantAction = (action: string) => ({ kind: 'action', action, target: 'tenant' }) as const;

export const currentNotice = defineContract({
  id: 'privacy.get_notice',
  method: 'GET',
  path: '/api/public/privacy-notice',
  summary: 'The notice that holds now, in the caller’s language: what is collected, why, for how long, which rights',
  access: { kind: 'public' },
  effect: 'read',
  answer: z.object({ version: z.number(), validFrom: instant, parts }),
  refusals: [],
});

const newPart = z.strictObject({
  key: z.string().regex(/^[a-z_]{1,30}$/),
  heading: text(60),
  paragraphs: z.array(text(1000)).min(1).max(12),
});
const newParts = z.array(newPart).min(5).max(20);

/** Headings that the law wants in every notice (PIPL 17). */
export const REQUIRED_PARTS = ['who', 'what', 'see', 'keep', 'rights'] as const;

export const listNotices = defineContract({
  id: 'privacy.list_notices',
  method: 'GET',
  path: '/api/privacy/notices',
  summary: 'All versions of the notice, newest first',
  access: tenantAction('privacy.manage'),
  effect: 'read',
  answer: z.object({
    items: z.array(
      z.object({ version: z.number(), validFrom: instant, parts: z.record(z.enum(['zh-CN', 'en']), parts) }),
    ),
  }),
  refusals: [],
});

export const addNotice = defineContract({
  id: 'privacy.add_notice',
  method: 'POST',
  path: '/api/privacy/notices',
  summary: 'Put a new version of the notice in force; former versions stay',
  access: tenantAction('privacy.manage'),
  effect: 'write',
  body: z.strictObject({ parts: z.strictObject({ 'zh-CN': newParts, en: newParts }) }),
  answer: z.object({ version: z.number() }),
  status: 201,
  refusals: ['privacy.notice_incomplete'],
});

const rule = z.object({
  id: uuid,
  classPrefix: z.string(),
  className: z.string().nullable(),
  identityMonths: z.number(),
  contentMonths: z.number().nullable(),
  basis: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
});

export const listRetention = defineContract({
  id: 'privacy.list_retention',
  method: 'GET',
  path: '/api/privacy/retention',
  summary: 'Retention rules with their dates, those in force first',
  access: tenantAction('privacy.manage'),
  effect: 'read',
  answer: z.object({ items: z.array(rule) }),
  refusals: [],
});

const months = z.number().int().min(1).max(1200);

export const setRetention = defineContract({
  id: 'privacy.set_retention',
  method: 'POST',
  path: '/api/privacy/retention',
  summary: 'Say how long data of a class is kept from now on; the former rule ends',
  access: tenantAction('privacy.manage'),
  effect: 'write',
  fresh: true,
  body: z.strictObject({
    classPrefix: z.string().regex(/^(\d{2}|\d{4}|)$/),
    identityMonths: months,
    contentMonths: months.nullable(),
    basis: text(200, 2),
  }),
  answer: rule,
  status: 201,
  refusals: ['privacy.content_before_identity'],
});

export const previewRetention = defineContract({
  id: 'privacy.preview_retention',
  method: 'GET',
  path: '/api/privacy/retention/preview',
  summary: 'Dry run: what the next erasing run would erase, by class; erases nothing',
  access: tenantAction('privacy.manage'),
  effect: 'read',
  answer: z.object({
    at: instant,
    rows: z.array(
      z.object({ classCode: z.string(), className: z.string(), identities: z.number(), contents: z.number() }),
    ),
    /** First numbers, so that somebody can look at examples before he agrees. */
    examples: z.array(z.string()),
    /** Looked at so many ended cases; more may follow. */
    looked: z.number(),
    more: z.boolean(),
  }),
  refusals: [],
});

export const WHAT = ['identity', 'content'] as const;

const erasure = z.object({
  id: uuid,
  number: z.string(),
  what: z.enum(WHAT),
  order: z.string(),
  at: instant,
  automatic: z.boolean(),
});

export const listErasures = defineContract({
  id: 'privacy.list_erasures',
  method: 'GET',
  path: '/api/privacy/erasures',
  summary: 'What was erased, when and by which order, newest first',
  access: tenantAction('privacy.manage'),
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(erasure),
  refusals: [],
});

export const eraseByOrder = defineContract({
  id: 'privacy.erase_by_order',
  method: 'POST',
  path: '/api/privacy/erasures',
  summary: 'Erase identity or words of one ended case by an order; cannot be undone, the chain stays whole',
  access: tenantAction('privacy.manage'),
  effect: 'write',
  fresh: true,
  body: z.strictObject({ number, what: z.array(z.enum(WHAT)).min(1).max(2), order: text(80, 2) }),
  answer: z.object({ erased: z.array(z.enum(WHAT)) }),
  status: 201,
  refusals: ['privacy.no_case', 'cases.not_ended'],
});

export const lookUpPhone = defineContract({
  id: 'privacy.look_up_phone',
  method: 'POST',
  path: '/api/privacy/phone-look-ups',
  summary: 'Filings made with one exact phone number, for a stated reason; logged, and told to the person',
  access: tenantAction('privacy.look_up'),
  effect: 'write',
  fresh: true,
  unkept: true,
  body: z.strictObject({ phone: z.string().min(1).max(40), reason: text(200, 4) }),
  answer: z.object({
    items: z.array(z.object({ id: uuid, number: z.string(), title: z.string(), state: z.string(), openedAt: instant })),
    /** Filings the caller may not see. */
    hidden: z.number(),
  }),
  refusals: ['requesters.bad_phone', 'requesters.phone_needs_area_code'],
  perMinute: 20,
});

export const contactRequester = defineContract({
  id: 'privacy.contact_requester',
  method: 'POST',
  path: '/api/cases/:id/contact-requests',
  summary: 'Reach the requester through the platform: a message, or asking him to call; his number is never shown',
  access: { kind: 'action', action: 'cases.reply', target: 'case', param: 'id' },
  effect: 'write',
  params: z.strictObject({ id: uuid }),
  body: z.strictObject({
    how: z.enum(['message', 'call_back']),
    text: text(1000, 2),
    expectedVersion: z.number().int().min(0),
  }),
  answer: z.object({ version: z.number() }),
  status: 201,
  refusals: [
    'cases.not_found',
    'cases.no_requester',
    'cases.stale_version',
    'cases.wrong_state',
    'cases.not_your_part',
    'privacy.no_office_phone',
  ],
});

const personRequest = z.object({
  id: uuid,
  number: z.string(),
  kind: z.enum(['correction', 'deletion']),
  state: z.enum(['open', 'granted', 'refused']),
  createdAt: instant,
  dueAt: instant,
  late: z.boolean(),
  asked: z.object({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    mail: z.string().nullable(),
    text: z.string().nullable(),
    what: z.enum(WHAT).nullable(),
  }),
  answer: z.string().nullable(),
  decidedAt: instant.nullable(),
});

export const listRequests = defineContract({
  id: 'privacy.list_requests',
  method: 'GET',
  path: '/api/privacy/requests',
  summary: 'What people asked to have corrected or deleted; open ones by their deadline',
  access: tenantAction('privacy.decide'),
  effect: 'read',
  sensitive: true,
  query: z.strictObject({ ...pageQuery, state: z.enum(['open', 'decided']).default('open') }),
  answer: pageOf(personRequest),
  refusals: [],
});

export const decideRequest = defineContract({
  id: 'privacy.decide_request',
  method: 'POST',
  path: '/api/privacy/requests/:id/decision',
  summary: 'Grant what a person asked, which does it at once, or refuse it with the reason',
  access: tenantAction('privacy.decide'),
  effect: 'write',
  fresh: true,
  params: z.strictObject({ id: uuid }),
  body: z.strictObject({ grant: z.boolean(), answer: text(500, 2) }),
  answer: personRequest,
  status: 201,
  refusals: ['privacy.no_request', 'privacy.decided_already', 'cases.not_ended', 'requesters.erased'],
});

export const listAffected = defineContract({
  id: 'privacy.list_affected',
  method: 'POST',
  path: '/api/privacy/affected-lists',
  summary: 'After a breach: whose data an account or address read in a window of time, as a table safe to open',
  access: tenantAction('privacy.list_affected'),
  effect: 'write',
  fresh: true,
  unkept: true,
  body: z
    .strictObject({
      from: instant,
      to: instant,
      account: z
        .string()
        .max(100)
        .regex(/^[\w.:@-]+$/)
        .nullable(),
      address: z.union([z.ipv4(), z.ipv6()]).nullable(),
      reason: text(200, 4),
    })
    .refine((body) => Date.parse(body.from) < Date.parse(body.to), { params: { code: 'field.invalid' }, path: ['to'] }),
  answer: z.object({ csv: z.string(), cases: z.number(), reads: z.number(), cut: z.boolean() }),
  refusals: [],
});

const look = z.object({
  at: instant,
  kind: z.enum(['unmasked', 'looked_up']),
  office: z.string().nullable(),
  reason: z.string(),
});

export const ownPrivacy = defineContract({
  id: 'privacy.get_own',
  method: 'GET',
  path: '/api/public/my-case/privacy',
  summary: 'Who looked at one’s identity, what one agreed to, and what one asked for, in one request of one’s own',
  access: { kind: 'resident' },
  effect: 'read',
  answer: z.object({
    looks: z.array(look),
    consents: z.array(
      z.object({ purpose: z.enum(['publication', 'sensitive']), givenAt: instant, withdrawnAt: instant.nullable() }),
    ),
    noticeVersion: z.number().nullable(),
    requests: z.array(personRequest),
    /** Set when the identity is gone, and by which order. */
    erased: z.object({ what: z.array(z.enum(WHAT)), order: z.string(), at: instant }).nullable(),
    ended: z.boolean(),
    /** A name or number was left with the request. */
    identity: z.boolean(),
  }),
  refusals: ['privacy.case_token_needed'],
});

const exportedCase = z.object({
  number: z.string(),
  filedAt: instant,
  state: z.string(),
  title: z.string(),
  text: z.string(),
  place: z.string().nullable(),
  className: z.string().nullable(),
  identity: z
    .object({ name: z.string().nullable(), phone: z.string().nullable(), mail: z.string().nullable() })
    .nullable(),
  /** What happened that concerns him, with the words that were for him or from him. */
  events: z.array(z.object({ at: instant, kind: z.string(), words: z.array(z.string()) })),
  files: z.array(z.object({ id: uuid, url: z.string() })),
  looks: z.array(look),
  consents: z.array(z.string()),
  noticeVersion: z.number().nullable(),
});

export const exportOwn = defineContract({
  id: 'privacy.export_own',
  method: 'GET',
  path: '/api/public/my-data',
  summary: 'Everything held about the person: of one request by its code, of all by his phone',
  access: { kind: 'resident' },
  effect: 'read',
  sensitive: true,
  answer: z.object({ exportedAt: instant, full: z.boolean(), cases: z.array(exportedCase) }),
  refusals: ['privacy.case_token_needed'],
  perMinute: 10,
});
export type ExportedCase = z.output<typeof exportedCase>;

export const askCorrection = defineContract({
  id: 'privacy.ask_correction',
  method: 'POST',
  path: '/api/public/my-case/corrections',
  summary: 'Ask to have name, phone or mail put right; an officer decides by a date',
  access: { kind: 'resident' },
  effect: 'write',
  body: z.strictObject({
    name: optionalText(50),
    phone: optionalText(30),
    mail: optionalText(100),
    text: optionalText(500),
  }),
  answer: personRequest,
  status: 201,
  refusals: [
    'privacy.case_token_needed',
    'privacy.nothing_to_correct',
    'privacy.asked_already',
    'requesters.bad_phone',
    'requesters.phone_needs_area_code',
    'requesters.bad_mail',
    'requesters.erased',
  ],
});

export const askDeletion = defineContract({
  id: 'privacy.ask_deletion',
  method: 'POST',
  path: '/api/public/my-case/deletions',
  summary:
    'Have one’s identity deleted from an ended request at once; the words, or an open request, an officer decides',
  access: { kind: 'resident' },
  effect: 'write',
  body: z.strictObject({ what: z.enum(WHAT), text: optionalText(500) }),
  answer: z.object({ done: z.boolean(), request: personRequest.nullable() }),
  status: 201,
  refusals: ['privacy.case_token_needed', 'privacy.asked_already', 'privacy.no_identity'],
});

export const privacyContracts = {
  currentNotice,
  listNotices,
  addNotice,
  listRetention,
  setRetention,
  previewRetention,
  listErasures,
  eraseByOrder,
  lookUpPhone,
  contactRequester,
  listRequests,
  decideRequest,
  listAffected,
  ownPrivacy,
  exportOwn,
  askCorrection,
  askDeletion,
} as const;

export type PersonRequest = z.output<typeof personRequest>;
