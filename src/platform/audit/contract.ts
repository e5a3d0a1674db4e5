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

const filters = {
  actor: code.optional(),
  /** One action, or a whole family: `cases.*`. */
  action: z
    .string()
    .max(100)
    .regex(/^[\w.]+(\.\*)?$/)
    .optional(),
  targetKind: code.optional(),
  targetId: code.optional(),
  result: z.enum(['done', 'refused', 'failed']).optional(),
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
  from: instant.optional(),
  to: instant.optional(),
};

/** Newest first. Auditors alone: who administers the platform does not read the record of what he did. */
export const listEntries = defineContract({
  id: 'audit.list_entries',
  method: 'GET',
  path: '/api/audit/entries',
  summary: 'List who did what, newest first',
  access: { kind: 'action', action: 'audit.read', target: 'tenant' },
  effect: 'read',
  sensitive: true,
  query: z.strictObject({ ...pageQuery, ...filters }),
  answer: pageOf(auditEntry),
  refusals: [],
});

export const MOST_EXPORTED = 50_000;

/**
 * The same entries as a file with a detached signature over its bytes. Written down as a read like any other; needs a
 * fresh proof, since the file leaves the platform.
 */
export const exportEntries = defineContract({
  id: 'audit.export_entries',
  method: 'POST',
  path: '/api/audit/exports',
  summary: 'Entries as CSV or NDJSON, signed',
  access: { kind: 'action', action: 'audit.read', target: 'tenant' },
  effect: 'read',
  sensitive: true,
  fresh: true,
  body: z.strictObject({ ...filters, format: z.enum(['csv', 'ndjson']) }),
  answer: z.object({
    filename: z.string(),
    content: z.string(),
    entries: z.number().int(),
    /** Base64 of the signature over the UTF-8 bytes of `content`; Ed25519 raw, SM2 as ASN.1. */
    signature: z.string(),
    algorithm: z.enum(['Ed25519', 'SM2']),
    keyId: z.string(),
  }),
  refusals: ['audit.too_many'],
  perMinute: 10,
});
