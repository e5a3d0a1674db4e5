import type { FastifyError, FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '../../kit/result.ts';
import type { App } from '../app.ts';
import { describeError, placeOf } from '../database/describe-error.ts';
import { failureOf } from '../database/errors.ts';
import { MEBIBYTE } from './limits.ts';

/** Files cannot be written: the disk or the quota is full, or it is gone or read-only. */
const NOT_STORED = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** Maps what Fastify, disk and database throw. What is unknown is logged and answers 500 without it. */
export function refusalOfError(thrown: unknown, request: FastifyRequest, app: App): Refusal {
  const error: Partial<FastifyError> = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const known = refusalOfRequest(error, request, app) ?? refusalOfStorage(thrown, request, app);
  if (known) return known;
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 && isFastify(error)) {
    return refuse('http.bad_request');
  }
  // Not the error as it is: what the database says of one repeats the rows it is about.
  const note = { error: describeError(thrown), place: placeOf(thrown), requestId: request.id };
  app.log.error({ ...note, route: request.routeOptions?.url }, 'unexpected error');
  return refuse('http.internal');
}

/** A status on anything else thrown says nothing about the request. */
const isFastify = (error: Partial<FastifyError>) => error.code?.startsWith('FST_') === true;

function refusalOfRequest(error: Partial<FastifyError>, request: FastifyRequest, app: App): Refusal | null {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse('http.bad_json');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return refuse('http.body_too_large', { limitMb: limitOf(request, app) });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return refuse('http.unsupported_media_type');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return refuse('http.not_found');
    default:
      return null;
  }
}

function refusalOfStorage(thrown: unknown, request: FastifyRequest, app: App): Refusal | null {
  const note = { code: (thrown as { code?: unknown })?.code, requestId: request.id };
  switch (failureOf(thrown)) {
    case 'away':
      app.log.error(note, 'database away');
      return refuse('http.unavailable', { seconds: 5 });
    case 'unknown_outcome':
      app.log.error(note, 'a commit was not confirmed');
      return refuse('http.outcome_unknown', { seconds: 5 });
    case 'not_stored':
      app.log.error(note, 'the database cannot write');
      return refuse('http.not_stored', { seconds: 60 });
    case null:
      break;
  }
  if (!NOT_STORED.has(String(note.code))) return null;
  app.log.error(note, 'a file could not be written');
  return refuse('http.not_stored', { seconds: 60 });
}

function limitOf(request: FastifyRequest, app: App): number {
  const limit = request.isMultipart?.() ? app.config.fileSizeLimit : (request.routeOptions.bodyLimit ?? MEBIBYTE);
  return Math.max(1, Math.round(limit / MEBIBYTE));
}
