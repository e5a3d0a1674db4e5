import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';

/**
 * `/metrics` for Prometheus: with the token of the settings from anywhere, without one from this machine alone. What came
 * through a proxy comes from elsewhere. For everybody else there is no such page.
 */
export function serveMetrics(server: FastifyInstance, app: App): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unmatched';
    app.metrics.answered({ method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
  });
  server.get('/metrics', async (request, reply) => {
    if (!mayRead(request, app.config.metricsToken)) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .type(app.metrics.contentType)
      .send(await app.metrics.text());
  });
}

function mayRead(request: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (.{1,500})$/.exec(request.headers.authorization ?? '')?.[1];
  if (token !== null) return given !== undefined && timingSafeEqual(digest(given), digest(token));
  const proxied = Object.keys(request.headers).some((name) => /^(x-forwarded-.*|forwarded|via)$/.test(name));
  return !proxied && /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
}

const digest = (text: string) => createHash('sha256').update(text).digest();
