import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { instant, noContent, pageOf, pageQuery, text, uuid } from '../../platform/http/fields.ts';
import { NOTICES, OFFICER_NOTICES } from './rules/notices.ts';

const id = z.object({ id: uuid });
const locale = z.enum(['zh-CN', 'en']);

const inboxItem = z.object({
  id: uuid,
  caseId: uuid,
  number: z.string(),
  notice: z.enum(OFFICER_NOTICES),
  subject: z.string(),
  body: z.string(),
  /** The page it leads to: of the case, a joint handling or a duty call, or of the own sign-ins. */
  about: z.object({ kind: z.enum(['case', 'joint', 'duty', 'account']), id: uuid }),
  /** How many events the item stands for. */
  bundled: z.int(),
  at: instant,
  read: z.boolean(),
});

export const listInbox = defineContract({
  id: 'messages.list_inbox',
  method: 'GET',
  path: '/api/messages/inbox',
  summary: 'The own inbox, newest first',
  access: { kind: 'signed_in' },
  effect: 'read',
  query: z.strictObject({ ...pageQuery, unread: z.enum(['true', 'false']).optional() }),
  answer: pageOf(inboxItem),
  refusals: [],
});

export const countUnread = defineContract({
  id: 'messages.count_unread',
  method: 'GET',
  path: '/api/messages/unread',
  summary: 'How many items of the own inbox are unread, at most 999',
  access: { kind: 'signed_in' },
  effect: 'read',
  passive: true,
  answer: z.object({ count: z.int(), more: z.boolean() }),
  refusals: [],
});

export const markRead = defineContract({
  id: 'messages.mark_read',
  method: 'POST',
  path: '/api/messages/inbox/reading',
  summary: 'Mark own items read: some, those about a case, or all up to an instant',
  access: { kind: 'signed_in' },
  effect: 'write',
  body: z
    .strictObject({ ids: z.array(uuid).max(100).optional(), caseId: uuid.optional(), until: instant.optional() })
    .refine((which) => Object.keys(which).length === 1, { params: { code: 'field.invalid' } }),
  answer: noContent,
  refusals: [],
});

const failure = z.object({
  id: uuid,
  caseId: uuid,
  number: z.string(),
  notice: z.enum(NOTICES),
  recipient: z.enum(['requester', 'officer']),
  channel: z.enum(['sms', 'mail']),
  /** `smtp_550`, `sms_400`, `channel_not_configured` … */
  error: z.string(),
  attempts: z.int(),
  at: instant,
});

const manage = { kind: 'action', action: 'messages.manage', target: 'tenant' } as const;

export const listFailures = defineContract({
  id: 'messages.list_failures',
  method: 'GET',
  path: '/api/messages/failures',
  summary: 'Messages that could not be sent, newest first; without address or words',
  access: manage,
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(failure),
  refusals: [],
});

export const retryDelivery = defineContract({
  id: 'messages.retry_delivery',
  method: 'POST',
  path: '/api/messages/failures/:id/retry',
  summary: 'Send a message again that was given up',
  access: manage,
  effect: 'write',
  params: id,
  answer: noContent,
  refusals: ['messages.delivery_not_found'],
});

export const dropDelivery = defineContract({
  id: 'messages.drop_delivery',
  method: 'DELETE',
  path: '/api/messages/failures/:id',
  summary: 'Take a message that was given up off the list',
  access: manage,
  effect: 'write',
  params: id,
  answer: noContent,
  refusals: ['messages.delivery_not_found'],
});

const template = z.object({
  notice: z.enum(NOTICES),
  locale,
  subject: z.string(),
  body: z.string(),
  /** Null for the wording the platform came with. */
  since: instant.nullable(),
  toRequester: z.boolean(),
  placeholders: z.array(z.string()),
});

export const listTemplates = defineContract({
  id: 'messages.list_templates',
  method: 'GET',
  path: '/api/messages/templates',
  summary: 'The wording of every notice in both languages',
  access: manage,
  effect: 'read',
  answer: z.object({ items: z.array(template) }),
  refusals: [],
});

export const setTemplate = defineContract({
  id: 'messages.set_template',
  method: 'PUT',
  path: '/api/messages/templates/:notice/:locale',
  summary: 'Change the wording of a notice from now on',
  access: manage,
  effect: 'write',
  params: z.object({ notice: z.enum(NOTICES), locale }),
  body: z.strictObject({ subject: text(80, 2), body: text(600, 4) }),
  answer: template,
  refusals: ['messages.placeholder_unknown', 'messages.number_missing', 'messages.too_long_to_send'],
});

export const readMailbox = defineContract({
  id: 'messages.read_mailbox',
  method: 'GET',
  path: '/api/public/mailbox',
  summary: 'What the demo would have sent; there is none outside the demo',
  access: { kind: 'public' },
  effect: 'read',
  query: z.strictObject(pageQuery),
  answer: pageOf(
    z.object({
      id: uuid,
      at: instant,
      channel: z.enum(['sms', 'mail']),
      recipient: z.string(),
      subject: z.string(),
      body: z.string(),
    }),
  ),
  refusals: [],
});
