import { parseCaseNumber } from '../../kit/case-number.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { toHalfWidth } from '../../kit/text.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { issueCaseToken } from '../../platform/auth/case-token.ts';
import { secondsUntilNextTry } from '../../platform/auth/throttle.ts';
import { findCaseId, queryCodeFits } from '../cases/index.ts';
import { beginTry, endTry, triesBefore } from './tries.ts';

export type TrackingRequest = { readonly number: string; readonly queryCode: string; readonly address: string };
export type Proof = { readonly token: string; readonly expiresAt: string; readonly number: string };

/** A case that no number leads to: an unknown number is compared with its code, so that both refusals take as long. */
const NO_CASE = '00000000-0000-7000-8000-000000000000';

/**
 * Exchanges number and query code for a proof of that one case. An unknown number and a wrong code get the same answer.
 * Refuses `open.no_match`, `open.too_many_tries`.
 */
export async function openTracking(app: App, actor: Actor, asked: TrackingRequest): Promise<Result<Proof>> {
  const now = app.now();
  const { tenant } = actor;
  const number = parseCaseNumber(asked.number)?.number ?? null;
  const keys = {
    number: app.vault.blindIndex(tenant, 'tracking number', number ?? toHalfWidth(asked.number)),
    address: app.vault.blindIndex(tenant, 'address', asked.address),
  };
  // Three transactions: a try counts even when what follows it fails.
  const id = await app.database.transact(actor, (tx) => beginTry(tx, { ...keys, tenant }, now));
  const history = await app.database.read(actor, (tx) => triesBefore(tx, keys, id, now));
  const seconds = secondsUntilNextTry(history, now);
  if (seconds > 0) {
    await app.database.transact(actor, (tx) => endTry(tx, id, 'put_off'));
    return refuse('open.too_many_tries', { seconds });
  }
  const caseId = number === null ? null : await app.database.read(actor, (tx) => findCaseId(tx, actor, number));
  const fits = queryCodeFits(app.vault, tenant, caseId ?? NO_CASE, asked.queryCode);
  if (number === null || caseId === null || !fits) return refuse('open.no_match');
  await app.database.transact(actor, (tx) => endTry(tx, id, 'succeeded'));
  return proofOf(app, tenant, { id: caseId, number });
}

/** A proof for a case whose requester is known already. */
export function proofOf(app: App, tenant: number, of: { readonly id: string; readonly number: string }): Proof {
  const { token, expiresAt } = issueCaseToken(app.vault, { tenant, caseId: of.id }, app.now());
  return { token, expiresAt: expiresAt.toISOString(), number: of.number };
}
