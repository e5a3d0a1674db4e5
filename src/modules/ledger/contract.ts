import { z } from 'zod';
import { defineContract } from '../../platform/http/contract.ts';
import { pageOf } from '../../platform/http/fields.ts';

const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const base64 = z.string();

const checkpoint = z.object({
  size: z.number().int(),
  at: z.string(),
  root: base64,
  keyId: z.string(),
  /** The signed note, byte for byte: what mirrors keep and scripts check. */
  note: z.string(),
});

const key = z.object({
  origin: z.string(),
  algorithm: z.enum(['Ed25519', 'SM2']),
  keyId: z.string(),
  /** SPKI in PEM. */
  publicKey: z.string(),
});

const caseProof = z.object({
  format: z.literal('gongzhi-proof/1'),
  tenant: z.number().int(),
  case: z.object({ number: z.string(), id: z.uuid(), version: z.number().int(), head: z.string() }),
  index: z.number().int(),
  proof: z.array(base64),
  checkpoint: z.string(),
  algorithm: z.enum(['Ed25519', 'SM2']),
  publicKey: z.string(),
});
export type CaseProof = z.input<typeof caseProof>;

const consistencyProof = z.object({ earlier: z.string(), later: z.string(), proof: z.array(base64) });
export type ConsistencyProof = z.input<typeof consistencyProof>;

const PUBLIC = { access: { kind: 'public' }, effect: 'read' } as const;

export const historyKey = defineContract({
  ...PUBLIC,
  id: 'ledger.history_key',
  method: 'GET',
  path: '/api/public/history/key',
  summary: 'The public key that signs the checkpoints',
  answer: key,
  refusals: [],
});

export const listCheckpoints = defineContract({
  ...PUBLIC,
  id: 'ledger.list_checkpoints',
  method: 'GET',
  path: '/api/public/history/checkpoints',
  summary: 'Signed checkpoints of the history, newest first',
  query: z.strictObject({
    after: z
      .string()
      .regex(/^\d{1,16}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: pageOf(checkpoint),
  refusals: [],
});

export const latestOne = defineContract({
  ...PUBLIC,
  id: 'ledger.latest_checkpoint',
  method: 'GET',
  path: '/api/public/history/checkpoints/latest',
  summary: 'The latest signed checkpoint, and how often one is made',
  answer: key.extend({ everyMinutes: z.number().int(), checkpoint: checkpoint.nullable() }),
  refusals: [],
});

export const getCheckpoint = defineContract({
  ...PUBLIC,
  id: 'ledger.get_checkpoint',
  method: 'GET',
  path: '/api/public/history/checkpoints/:size',
  summary: 'The checkpoint over exactly so many entries',
  params: z.object({ size }),
  answer: checkpoint,
  refusals: ['ledger.no_checkpoint'],
});

export const getConsistency = defineContract({
  ...PUBLIC,
  id: 'ledger.get_consistency',
  method: 'GET',
  path: '/api/public/history/consistency',
  summary: 'Proof that a later checkpoint continues an earlier one (RFC 9162)',
  query: z.strictObject({ from: size, to: size }),
  answer: consistencyProof,
  refusals: ['ledger.no_checkpoint'],
});

export const listLeaves = defineContract({
  ...PUBLIC,
  id: 'ledger.list_leaves',
  method: 'GET',
  path: '/api/public/history/leaves',
  summary: 'Hashes of the entries, in order, for those who recompute the root',
  query: z.strictObject({ from: size.default(0), limit: z.coerce.number().int().min(1).max(5000).default(1000) }),
  answer: z.object({ from: z.number().int(), items: z.array(base64) }),
  refusals: [],
});

export const releasedProof = defineContract({
  ...PUBLIC,
  id: 'ledger.released_proof',
  method: 'GET',
  path: '/api/public/history/cases/:number/proof',
  summary: 'Inclusion proof of a request that was made public',
  params: z.object({ number: z.string().max(40) }),
  answer: caseProof,
  refusals: ['ledger.not_public', 'ledger.not_yet'],
});

export const ownProof = defineContract({
  id: 'ledger.own_proof',
  method: 'GET',
  path: '/api/public/history/own-proof',
  summary: 'Inclusion proof of the request one proved to be one’s own by number and query code',
  access: { kind: 'resident' },
  effect: 'read',
  answer: caseProof,
  refusals: ['ledger.case_needed', 'ledger.not_yet'],
});

export const officeProof = defineContract({
  id: 'ledger.case_proof',
  method: 'GET',
  path: '/api/cases/:id/proof',
  summary: 'Inclusion proof of one case',
  access: { kind: 'action', action: 'cases.read', target: 'case', param: 'id' },
  effect: 'read',
  params: z.object({ id: z.uuid() }),
  answer: caseProof,
  refusals: ['cases.not_found', 'ledger.not_yet'],
});

export const historyState = defineContract({
  id: 'ledger.history_state',
  method: 'GET',
  path: '/api/history/state',
  summary: 'How far the history is signed and mirrored',
  access: { kind: 'action', action: 'ledger.read', target: 'tenant' },
  effect: 'read',
  answer: z.object({
    checkpoint: checkpoint.nullable(),
    everyMinutes: z.number().int(),
    /** Cases that moved since the last checkpoint; counted to 1000. */
    waiting: z.number().int(),
    /** Entries the history folder of this machine covers; null when it cannot be written or does not fit. */
    mirrored: z.number().int().nullable(),
    mirrorProblem: z.enum(['differs', 'not_writable']).nullable(),
    folder: z.string(),
    auditSealedTo: z.string().nullable(),
    auditMonths: z.number().int(),
  }),
  refusals: [],
});
