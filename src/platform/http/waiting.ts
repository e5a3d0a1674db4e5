import { createServer } from 'node:http';
import { once } from 'node:events';
import type { Config } from '../config/config.ts';
import { joinTexts } from '../i18n/texts.ts';
import { policiesFor } from './policies.ts';
import { plainProblem } from './problem.ts';
import { HTTP_REFUSALS } from './refusals.ts';
import { httpTexts } from './texts.ts';

const RETRY_SECONDS = 10;

/**
 * Answers in the platform's place while it cannot start yet: it lives (`/api/health`), is not ready (`/api/ready`), and
 * whoever comes is asked to come again. Answers what ends it.
 */
export async function answerWhileWaiting(config: Pick<Config, 'host' | 'port' | 'baseUrl' | 'slowSeconds'>) {
  const texts = joinTexts([httpTexts]);
  const problem = plainProblem({ texts }, new Map(Object.entries(HTTP_REFUSALS)), 'http.unavailable');
  const headers = {
    ...policiesFor(config.baseUrl.startsWith('https:')).headers,
    'cache-control': 'no-store',
    connection: 'close',
  };
  const milliseconds = config.slowSeconds * 1000;
  const server = createServer({ headersTimeout: milliseconds, requestTimeout: milliseconds }, (request, response) => {
    const path = request.url?.split('?')[0];
    const json = (status: number, type: string, body: string) =>
      response
        .writeHead(status, {
          ...headers,
          'content-type': `${type}; charset=utf-8`,
          ...(status === 503 ? { 'retry-after': String(RETRY_SECONDS) } : {}),
        })
        .end(request.method === 'HEAD' ? undefined : body);
    request.resume();
    if (path === '/api/health') json(200, 'application/json', '{"status":"up"}');
    else if (path === '/api/ready') json(503, 'application/json', '{"status":"database_away"}');
    else json(503, 'application/problem+json', problem.body);
  });
  server.listen(config.port, config.host);
  await once(server, 'listening');
  return async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}
