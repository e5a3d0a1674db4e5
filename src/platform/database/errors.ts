/** The server could not say whether a COMMIT holds: look before you repeat. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}

/** COMMIT answered ROLLBACK, because a failed statement was swallowed inside the transaction. */
export class TransactionAborted extends Error {
  override readonly name = 'TransactionAborted';
}

export const SQLSTATE = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  notNullViolation: '23502',
  exclusionViolation: '23P01',
  serializationFailure: '40001',
  deadlock: '40P01',
  lockNotAvailable: '55P03',
  insufficientPrivilege: '42501',
  queryCanceled: '57014',
} as const;

/**
 * The SQLSTATE of an error the server sent, else null. Errors are told apart by it alone: constraint names are missing
 * or changed on a cluster.
 */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  // Node's own errors have codes, too (ECONNRESET); only the server's carry a severity.
  return typeof code === 'string' && typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === SQLSTATE.uniqueViolation;
}

export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state === SQLSTATE.serializationFailure || state === SQLSTATE.deadlock;
}
