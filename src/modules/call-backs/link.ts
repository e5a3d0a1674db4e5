import { createHash } from 'node:crypto';
import type { Vault } from '../../platform/crypto/vault.ts';

export type LinkOf = { readonly caseId: string; readonly round: number };

/**
 * The single-use code in the link that a requester is sent: 120 bits, computed from a key outside the database and
 * stored nowhere. It opens one question about one round of one case, and nothing once that is answered.
 */
export function linkCodeOf(vault: Vault, tenant: number, { caseId, round }: LinkOf): string {
  return vault.mac('call-back link', `${tenant}:${caseId}:${round}`).subarray(0, 15).toString('base64url');
}

/** What is stored of a code: enough to find its entry, not to make the link. */
export function linkHashOf(code: string): string {
  return createHash('sha256').update(`call-back ${code}`).digest('hex');
}
