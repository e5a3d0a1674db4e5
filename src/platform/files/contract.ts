import { z } from 'zod';
import { defineContract } from '../http/contract.ts';

const id = z.object({ id: z.uuid() });

const uploaded = z.object({
  id: z.uuid(),
  type: z.string(),
  size: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  thumbnailUrl: z.string().nullable(),
});

const UPLOAD_REFUSALS = [
  'files.no_file',
  'files.empty',
  'files.too_large',
  'files.type_unsupported',
  'files.type_mismatch',
  'files.too_many_pixels',
  'files.unreadable',
  'files.archive_bomb',
  'files.too_many_waiting',
] as const;

/** Body: multipart/form-data with one part `file`. */
export const upload = defineContract({
  id: 'files.upload',
  method: 'POST',
  path: '/api/files',
  summary: 'Upload one file (multipart, part `file`); attach it within a day or it is removed',
  access: { kind: 'signed_in' },
  effect: 'none',
  answer: uploaded,
  status: 201,
  refusals: UPLOAD_REFUSALS,
  perMinute: 120,
});

export const uploadPublic = defineContract({
  id: 'files.upload_public',
  method: 'POST',
  path: '/api/public/files',
  summary: 'Upload one file without an account (multipart, part `file`)',
  access: { kind: 'public' },
  effect: 'none',
  answer: uploaded,
  status: 201,
  refusals: UPLOAD_REFUSALS,
  perMinute: 30,
});

/** Bytes are streamed past the contract; the answer schema stands for them. */
const bytes = z.custom<never>().meta({ type: 'string', format: 'binary' });

export const getFile = defineContract({
  id: 'files.get',
  method: 'GET',
  path: '/api/files/:id',
  summary: 'The file, for officers who may see what it belongs to',
  access: { kind: 'action', action: 'files.read', target: 'file', param: 'id' },
  effect: 'none',
  sensitive: true,
  params: id,
  answer: bytes,
  refusals: ['files.not_found', 'files.erased'],
});

export const getThumbnail = defineContract({
  id: 'files.get_thumbnail',
  method: 'GET',
  path: '/api/files/:id/thumbnail',
  summary: 'The thumbnail of an image (WebP)',
  access: { kind: 'action', action: 'files.read', target: 'file', param: 'id' },
  effect: 'none',
  sensitive: true,
  params: id,
  answer: bytes,
  refusals: ['files.not_found', 'files.erased', 'files.not_an_image'],
});

const key = z.object({ key: z.string().max(600).optional() });

export const getPublicFile = defineContract({
  id: 'files.get_public',
  method: 'GET',
  path: '/api/public/files/:id',
  summary: 'The released version of an image; with a key, the file it was made for',
  access: { kind: 'public' },
  effect: 'none',
  params: id,
  query: key,
  answer: bytes,
  refusals: ['files.not_found', 'files.erased'],
});

export const getPublicThumbnail = defineContract({
  id: 'files.get_public_thumbnail',
  method: 'GET',
  path: '/api/public/files/:id/thumbnail',
  summary: 'The thumbnail of a released image; with a key, of the file it was made for',
  access: { kind: 'public' },
  effect: 'none',
  params: id,
  query: key,
  answer: bytes,
  refusals: ['files.not_found', 'files.erased', 'files.not_an_image'],
});
