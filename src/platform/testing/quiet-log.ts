import type { Log } from '../log.ts';

/** Swallows everything; tests that look at the log bring their own. */
export const quietLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quietLog as never,
};
