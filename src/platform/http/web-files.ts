import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Policies } from './policies.ts';

/**
 * Serves the parts of the two built web applications: the portal's at `/`, the office's at `/office/`. Hashed assets
 * are cached for a year, and lie compressed beside the plain ones. Their pages are sent by `sendPage`, since the office's differs each time.
 */
export async function serveWeb(
  server: FastifyInstance,
  folder: string,
  screen: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): Promise<void> {
  for (const path of ['/', '/office/']) server.get(path, screen);
  for (const [application, prefix] of [
    ['office', '/office/'],
    ['public', '/'],
  ] as const) {
    await server.register(fastifyStatic, {
      root: join(folder, application),
      prefix,
      index: false,
      decorateReply: false,
      // What the build compressed beforehand; anything else is compressed as it goes.
      preCompressed: true,
      allowedPath: (path) => !/\/(index\.html|\.vite\b.*)$/.test(path),
      setHeaders: (reply, path) => {
        const hashed = path.includes(`${sep}assets${sep}`);
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
}

/** Whether a path that is nothing else is a screen. A part of an older build that is gone must be seen to be gone. */
export function isScreen(request: FastifyRequest): boolean {
  const path = pathOf(request);
  return ['GET', 'HEAD'].includes(request.method) && !path.startsWith('/api/') && !path.includes('/assets/');
}

/** What stands in the office's page where its nonce goes. */
const NONCE_MARK = '__CSP_NONCE__';

/**
 * The page of the application that owns the path; null when the web was not built. The office's component library
 * writes styles at run time: they carry a nonce that is good for this page alone. The portal needs none.
 */
export async function sendPage(
  folder: string,
  policies: Policies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | null> {
  const path = pathOf(request);
  const isOffice = path === '/office' || path.startsWith('/office/');
  const page = await readFile(join(folder, isOffice ? 'office' : 'public', 'index.html'), 'utf8').catch(() => null);
  if (page === null) return null;
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
  if (!isOffice) return reply.send(page);
  const nonce = randomBytes(18).toString('base64');
  reply.header('content-security-policy', policies.withNonce(nonce));
  return reply.send(page.replaceAll(NONCE_MARK, nonce));
}

const pathOf = (request: FastifyRequest) => request.url.split('?')[0] ?? '/';
