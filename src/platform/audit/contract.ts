import { z } from 'zod';
import { defineContract } from '../http/contract.ts';
import { instant, pageOf, pageQuery } from '../http/fields.ts';

const code = z
  .string()
  .max(100)
  .regex(/^[\w.:@-]+$/);

export const auditEntry = z.object({
  id: z.uuid(),
  at: z.string(),
  actorId: z.string(),
  actorKind: z.enum(['officer', 'resident', 'anonymous', 'system']),
  postId: z.string().nullable(),
  action: z.string(),
  targetKind: z.string(),
  targetId: z.string(),
  result: z.string(),
  address: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

/** Newest first. Auditors alone: who administers the platform does not read the record of what he did. */
export const listEntries = defineContract({
  id: 'audit.list_entries',
  method: 'GET',
  path: '/api/audit/entries',
  summary: 'List who did what, newest first',
  access: { kind: 'action', action: 'audit.read', target: 'tenant' },
  effect: 'read',
  query: z.strictObject({
    ...pageQuery,
    actor: code.optional(),
    action: code.optional(),
    targetKind: code.optional(),
    targetId: code.optional(),
    result: z.enum(['done', 'refused', 'failed']).optional(),
    from: instant.optional(),
    to: instant.optional(),
  }),
  answer: pageOf(auditEntry),
  refusals: [],
});
