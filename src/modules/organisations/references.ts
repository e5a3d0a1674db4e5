import type { Refusal } from '../../kit/result.ts';
import type { ReadTx } from '../../platform/database/database.ts';

/** Says why an organisation may not close, or null. */
export type ReferenceCheck = (
  tx: ReadTx,
  organisationId: string,
  /** Who takes over; null when nobody does. */
  successorId: string | null,
) => Promise<Refusal | null>;

const checks = new Map<string, ReferenceCheck>();

/**
 * Lets a module above say that an organisation is still needed (it leads open cases, stands in the dispatch list).
 * Called once at composition; the same name again replaces the check.
 */
export function registerReferenceCheck(name: string, check: ReferenceCheck): void {
  checks.set(name, check);
}

/** The first reason of a module above against closing the organisation, or null. */
export async function refuseReferenced(
  tx: ReadTx,
  organisationId: string,
  successorId: string | null,
): Promise<Refusal | null> {
  for (const check of checks.values()) {
    const refusal = await check(tx, organisationId, successorId);
    if (refusal) return refusal;
  }
  return null;
}
