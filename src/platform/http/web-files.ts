import { createReadStream, existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Serves the two built web applications: the portal at `/`, the office at `/office/`. Hashed assets are cached for a
 * year; the pages themselves are always revalidated. Unknown paths get the application's page, which shows its own
 * "not found".
 */
export async function serveWeb(server: FastifyInstance, folder: string): Promise<void> {
  for (const [application, prefix] of [
    ['office', '/office/'],
    ['public', '/'],
  ] as const) {
    await server.register(fastifyStatic, {
      root: join(folder, application),
      prefix,
      index: 'index.html',
      decorateReply: false,
      setHeaders: (reply, path) => {
        const hashed = path.includes(`${sep}assets${sep}`);
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
}

/** The page of the application that owns `path`; null when the web was not built, or a part of an older build is asked. */
export function pageFor(folder: string, path: string): NodeJS.ReadableStream | null {
  if (/^\/(office\/)?assets\//.test(path)) return null;
  const application = path === '/office' || path.startsWith('/office/') ? 'office' : 'public';
  const file = join(folder, application, 'index.html');
  return existsSync(file) ? createReadStream(file) : null;
}
