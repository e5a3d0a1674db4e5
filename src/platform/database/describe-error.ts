import { sqlState } from './errors.ts';

/**
 * An error in words that may be logged and stored: the server's messages repeat values of rows, so of those only the
 * SQLSTATE is kept.
 */
export function describeError(error: unknown): string {
  const state = sqlState(error);
  if (state !== null) return `SQLSTATE ${state}`;
  if (error instanceof Error) return `${error.name}: ${error.message}`.slice(0, 500);
  return typeof error;
}
