import type { FastifyRequest } from 'fastify';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../app.ts';
import type { Actor } from '../auth/actor.ts';
import { getFile, getPublicFile, getPublicThumbnail, getThumbnail, upload, uploadPublic } from './contract.ts';
import { isImageType } from './file-types.ts';
import { residentFileLinks } from './links.ts';
import { receiveFile, refuseTooLarge, type Upload } from './receive.ts';
import { serveFile, servePublicFile } from './serve-file.ts';
import type { FileInfo } from './store.ts';

/** What multipart adds to a file: boundaries and part headers, usually some 200 bytes. */
const MULTIPART_OVERHEAD = 4096;

export function filesRoutes(app: App): readonly Route[] {
  return [
    route(upload, async ({ actor, raw }) => {
      const file = await receive(app, actor, raw.request as FastifyRequest);
      if (isRefusal(file)) return file;
      return { ...file, thumbnailUrl: isImageType(file.type) ? `/api/files/${file.id}/thumbnail` : null };
    }),
    route(uploadPublic, async ({ actor, raw, now }) => {
      const file = await receive(app, actor, raw.request as FastifyRequest);
      if (isRefusal(file)) return file;
      const links = isImageType(file.type) ? residentFileLinks(app.vault, file.id, now) : null;
      return { ...file, thumbnailUrl: links?.thumbnailUrl ?? null };
    }),
    route(getFile, ({ actor, params, raw }) => serveFile(app, actor, { id: params.id, thumbnail: false }, raw)),
    route(getThumbnail, ({ actor, params, raw }) => serveFile(app, actor, { id: params.id, thumbnail: true }, raw)),
    route(getPublicFile, ({ actor, params, query, raw }) =>
      servePublicFile(app, actor, { id: params.id, thumbnail: false, key: query.key }, raw),
    ),
    route(getPublicThumbnail, ({ actor, params, query, raw }) =>
      servePublicFile(app, actor, { id: params.id, thumbnail: true, key: query.key }, raw),
    ),
  ];
}

async function receive(app: App, actor: Actor, request: FastifyRequest): Promise<Result<FileInfo>> {
  const sent = await readUpload(request, app.config.fileSizeLimit);
  return isRefusal(sent) ? sent : receiveFile(app, actor, sent);
}

/** The one file of a multipart body. What is announced as too large is refused before it is read. */
async function readUpload(request: FastifyRequest, limit: number): Promise<Result<Upload>> {
  if (!request.isMultipart()) return refuse('files.no_file');
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit + MULTIPART_OVERHEAD) return refuseTooLarge(announced - MULTIPART_OVERHEAD, limit);
  try {
    const part = await request.file();
    if (!part) return refuse('files.no_file');
    return { bytes: await part.toBuffer(), name: part.filename || null, type: part.mimetype || null };
  } catch (error) {
    // Nothing of ours is at work here: what fails is the form itself, without its boundary, cut off, or with odd parts.
    if ((error as { code?: string }).code !== 'FST_REQ_FILE_TOO_LARGE') return refuse('http.bad_request');
    return refuseTooLarge(Math.max(announced - MULTIPART_OVERHEAD, limit + 1), limit);
  }
}
