import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { text, uuid } from '../../platform/http/fields.ts';
import { LOCALES } from '../../platform/i18n/texts.ts';

const id = z.object({ id: uuid });
const language = { locale: z.enum(LOCALES).optional() };
/** The bytes of the PDF; nothing of it is JSON. */
const bytes = z.never();

export const caseFile = defineContract({
  id: 'case-file.get_file',
  method: 'GET',
  path: '/api/case-files/:id',
  summary: 'One case as a PDF, without the requester’s identity',
  access: { kind: 'action', action: 'case-file.read', target: 'case', param: 'id' },
  effect: 'none',
  params: id,
  query: z.object(language),
  perMinute: 30,
  answer: bytes,
  refusals: ['cases.not_found'],
});

export const identifiedFile = defineContract({
  id: 'case-file.make_identified_copy',
  method: 'POST',
  path: '/api/case-files/:id/identified-copies',
  summary: 'One case as a PDF that names the requester, for a stated reason; logged like an unmasking',
  access: { kind: 'action', action: 'cases.unmask', target: 'case', param: 'id' },
  effect: 'none',
  fresh: true,
  params: id,
  body: z.strictObject({ reason: text(200, 4), ...language }),
  perMinute: 10,
  answer: bytes,
  refusals: ['cases.not_found', 'cases.no_requester', 'cases.unmask_not_for_handlers'],
});

export const ownFile = defineContract({
  id: 'case-file.get_own_file',
  method: 'GET',
  path: '/api/public/my-case/file',
  summary: 'The requester’s own case as a PDF: what he is told on his page, and nothing of others',
  access: { kind: 'resident' },
  effect: 'none',
  query: z.object(language),
  perMinute: 10,
  answer: bytes,
  refusals: ['case-file.case_token_needed', 'cases.not_found'],
});
