import type { FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '../../kit/result.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a change was asked for by a page of ours. Cookies are same-site already; this also holds where a browser does
 * not know that, and against pages on a neighbouring name of the same site. A browser always says at least one of the
 * two headers; a program that sends a cookie must do so, too. Without a cookie there is no session to borrow.
 */
export function refuseForeignOrigin(request: FastifyRequest, baseUrl: string): Refusal | null {
  if (READING.has(request.method)) return null;
  const { origin, cookie, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') return refuse('http.origin_refused');
  if (origin !== undefined) {
    const own = origin === baseUrl || origin === `${request.protocol}://${request.host}`;
    return own ? null : refuse('http.origin_refused');
  }
  return site === undefined && cookie !== undefined ? refuse('http.origin_refused') : null;
}
