import { readToken, signToken } from '../crypto/token.ts';
import type { Vault } from '../crypto/vault.ts';

/** Long enough to read, add a photo and rate; the query code makes a new one at any time. */
const CASE_TOKEN_SECONDS = 7200;

export type CaseToken = { readonly token: string; readonly expiresAt: Date };

/** What a requester gets for number and query code: he is whoever holds this for that one case. */
export function issueCaseToken(
  vault: Pick<Vault, 'mac'>,
  of: { readonly tenant: number; readonly caseId: string },
  now: Date,
): CaseToken {
  const token = signToken(vault, 'case', { tenant: of.tenant, case: of.caseId }, CASE_TOKEN_SECONDS, now);
  return { token, expiresAt: new Date(now.getTime() + CASE_TOKEN_SECONDS * 1000) };
}

/** The case a token opens, or null. */
export function readCaseToken(vault: Pick<Vault, 'mac'>, tenant: number, token: string, now: Date): string | null {
  const payload = readToken(vault, 'case', token, now);
  return payload?.tenant === tenant && typeof payload.case === 'string' ? payload.case : null;
}
