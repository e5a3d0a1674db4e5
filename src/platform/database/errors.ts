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
  inFailedTransaction: '25P02',
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

/** The server is not there, is coming or going, or has no connection to spare. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND'],
  ...['EAI_AGAIN', '57P01', '57P02', '57P03', '57P05', '53300'],
]);
/** It is there and cannot write: disk full, out of memory, an error of its disk, or become a standby. */
const NOT_STORED = new Set(['53100', '53200', '53400', '58000', '58030', '25006', '72000']);
/** pg gives errors of the connection no code. */
const AWAY_MESSAGE =
  /Connection terminated|connection (timeout|ended)|timeout exceeded when trying to connect|not queryable|Client has encountered a connection error/i;

export type StorageFailure = 'away' | 'not_stored' | 'unknown_outcome';

/** What an error says about the database as such; null when it is about something else. */
export function failureOf(error: unknown): StorageFailure | null {
  if (error instanceof CommitUnknown) return 'unknown_outcome';
  if (typeof error !== 'object' || error === null) return null;
  const { code, message, cause, syscall } = error as Record<string, unknown>;
  const state = sqlState(error);
  if (state !== null && NOT_STORED.has(state)) return 'not_stored';
  if (state !== null && (state.startsWith('08') || AWAY.has(state))) return 'away';
  // ENOENT is a missing socket only where a connection was tried; a missing file is something else.
  if (state === null && typeof code === 'string' && AWAY.has(code) && (code !== 'ENOENT' || syscall === 'connect')) {
    return 'away';
  }
  if (state === null && typeof message === 'string' && AWAY_MESSAGE.test(message)) return 'away';
  if (error instanceof AggregateError) return error.errors.map(failureOf).find((found) => found !== null) ?? null;
  return cause === undefined ? null : failureOf(cause);
}
