import type { Socket } from 'node:net';
import type { App } from '../app.ts';
import { rawAnswer } from './connections.ts';
import type { Policies } from './policies.ts';
import { plainProblem } from './problem.ts';

/** What Node found wrong before there was a request, and the refusal that says so. */
const CODES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'http.timeout',
  HPE_HEADER_OVERFLOW: 'http.headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'http.body_too_large',
};

/** Answers what never became a request with the same policies and the same form as everything else. */
export function answerClientErrors(app: App, policies: Policies, statuses: ReadonlyMap<string, number>) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const { status, body } = plainProblem(app, statuses, CODES[error.code ?? ''] ?? 'http.bad_request');
    // Something may have been answered already on this connection; then there is nothing left to say.
    if (socket.writable && socket.bytesWritten === 0) socket.write(rawAnswer(status, policies.headers, body));
    app.log.debug({ code: error.code }, 'what came was no request');
    socket.destroySoon();
  };
}
