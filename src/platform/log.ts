import type { Logger } from 'pino';

/** Structured log. Only ids, codes, counts and durations go in: never names, phones, free text or query strings. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;
