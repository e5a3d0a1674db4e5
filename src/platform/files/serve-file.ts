import { finished } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Result, refuse } from '../../kit/result.ts';
import type { App } from '../app.ts';
import type { Actor } from '../auth/actor.ts';
import { FILE_TYPES, isImageType } from './file-types.ts';
import { THUMBNAIL_TYPE } from './images.ts';
import { linkOpens } from './links.ts';
import { thumbnailKey } from './receive.ts';
import { fileName, findFile, type StoredFile } from './store.ts';

export type Wanted = { readonly id: string; readonly thumbnail: boolean };

type Raw = { readonly request: unknown; readonly reply: unknown };

/** Sends a file whose viewer was found to be allowed. Answers after the last byte, or a refusal. */
export async function serveFile(app: App, actor: Actor, wanted: Wanted, raw: Raw): Promise<Result<never>> {
  const { file, name } = await app.database.read(actor, async (tx) => ({
    file: await findFile(tx, wanted.id),
    name: wanted.thumbnail ? null : await fileName(tx, app.vault, wanted.id),
  }));
  return send(app, file, file?.id ?? null, wanted, name, raw);
}

/** Sends what the public may see: the released version; or, with a key made for it, the file itself. */
export async function servePublicFile(
  app: App,
  actor: Actor,
  wanted: Wanted & { readonly key: string | undefined },
  raw: Raw,
): Promise<Result<never>> {
  if (wanted.key !== undefined && linkOpens(app.vault, wanted.id, wanted.key, app.now())) {
    return serveFile(app, actor, wanted, raw);
  }
  const file = await app.database.read(actor, (tx) => findFile(tx, wanted.id));
  return send(app, file, file?.releasedKey ?? null, wanted, null, raw);
}

async function send(
  app: App,
  file: StoredFile | null,
  key: string | null,
  wanted: Wanted,
  name: string | null,
  raw: Raw,
): Promise<Result<never>> {
  if (!file || (key === null && !file.erased)) return refuse('files.not_found');
  if (file.erased || key === null) return refuse('files.erased');
  if (wanted.thumbnail && !isImageType(file.type)) return refuse('files.not_an_image');
  const reply = raw.reply as FastifyReply;
  const request = raw.request as FastifyRequest;
  const tag = `"${key}${wanted.thumbnail ? '-t' : ''}"`;
  reply
    .header('cache-control', 'private, max-age=300')
    .header('etag', tag)
    .header('x-content-type-options', 'nosniff')
    // Should a browser ever show one of these as a page, it may do nothing.
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('content-disposition', disposition(file, name))
    .type(wanted.thumbnail ? THUMBNAIL_TYPE : file.type);
  if (request.headers['if-none-match'] === tag) {
    reply.code(304).send();
    return undefined as never;
  }
  if (!wanted.thumbnail && key === file.id) reply.header('content-length', file.size);
  reply.send(app.files.read(wanted.thumbnail ? thumbnailKey(key) : key));
  // The viewer may leave before the last byte; that is no fault of ours.
  await finished(reply.raw).catch(() => undefined);
  return undefined as never;
}

/** Photos may be looked at in the page; everything else is saved, never opened by the browser in our name. */
function disposition(file: StoredFile, name: string | null): string {
  const kind = isImageType(file.type) ? 'inline' : 'attachment';
  const fallback = `${file.id}.${FILE_TYPES[file.type].endings[0]}`;
  return `${kind}; filename="${fallback}"${name ? `; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}` : ''}`;
}
