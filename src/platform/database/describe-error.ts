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

const FRAME = /^ {4}at .*(?::\d+:\d+\)?|\(<anonymous>\)|\(native\))$/;

/** Where an error arose, without its message: the lines of the stack that name places in the code. */
export function placeOf(error: unknown): string {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return frames.map((line) => line.trim()).join(' < ');
}
