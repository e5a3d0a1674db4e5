import { z } from 'zod';
import { defineContract } from '../http/contract.ts';

const run = z.object({
  startedAt: z.string(),
  finishedAt: z.string(),
  result: z.enum(['done', 'failed']),
  file: z.string().nullable(),
  bytes: z.number().nullable(),
  problem: z.string().nullable(),
});

export const backupState = defineContract({
  id: 'backup.get_state',
  method: 'GET',
  path: '/api/backups',
  summary: 'Whether backups are made by schedule, and how the last ones ended',
  access: { kind: 'action', action: 'backup.read', target: 'tenant' },
  effect: 'read',
  answer: z.object({
    /** `off`: no folder is configured. `late`: none has succeeded for two days. */
    state: z.enum(['off', 'fine', 'failed', 'late', 'waiting']),
    at: z.string(),
    keep: z.number().int(),
    encrypted: z.boolean(),
    runs: z.array(run),
  }),
  refusals: [],
});
