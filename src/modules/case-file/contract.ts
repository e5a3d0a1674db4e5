import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { uuid } from '../../platform/http/fields.ts';
import { LOCALES } from '../../platform/i18n/texts.ts';

export const caseFile = defineContract({
  id: 'case-file.get_file',
  method: 'GET',
  path: '/api/case-files/:id',
  summary: 'One case as a PDF, without the requester’s identity',
  access: { kind: 'action', action: 'case-file.read', target: 'case', param: 'id' },
  effect: 'none',
  params: z.object({ id: uuid }),
  query: z.object({ locale: z.enum(LOCALES).optional() }),
  perMinute: 30,
  /** The bytes of the PDF; nothing of it is JSON. */
  answer: z.never(),
  refusals: ['cases.not_found'],
});
