import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../app.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import type { ReadTx } from '../database/database.ts';
import { setTimer } from '../timers/timers.ts';
import { checkArchive } from './archives.ts';
import { type FileType, isArchiveType, isImageType, typeOf } from './file-types.ts';
import { cleanImage } from './images.ts';
import type { PhotoPosition } from './exif-position.ts';
import { type FileInfo, fileCommitment, PURGE_TIMER, uploaderKind } from './store.ts';

/** A file that nothing took in is removed after a day. */
const WAITING_HOURS = 24;
/** Public uploads that wait for their request; a flood must not fill the disk. */
const MOST_WAITING = 2000;

export type Upload = {
  readonly bytes: Uint8Array;
  readonly name: string | null;
  /** The Content-Type the sender gave, if any; checked against the content, never believed. */
  readonly type: string | null;
};

type Parts = Pick<App, 'database' | 'files' | 'vault' | 'config' | 'now'>;

/**
 * Checks, cleans and keeps an uploaded file. It belongs to nothing yet: `attachFiles` gives it to a case within a day,
 * or it is removed.
 */
export async function receiveFile(app: Parts, actor: Actor, upload: Upload): Promise<Result<FileInfo>> {
  const checked = await checkUpload(app, upload);
  return isRefusal(checked) ? checked : keepFile(app, actor, checked);
}

/** An upload that was found harmless and drawn anew; may be kept any number of times. */
export type CheckedUpload = { readonly name: string | null; readonly type: FileType; readonly prepared: Prepared };

/** The first half of `receiveFile`: what needs nobody and nothing but the bytes. */
export async function checkUpload(app: Pick<App, 'config'>, upload: Upload): Promise<Result<CheckedUpload>> {
  const limit = app.config.fileSizeLimit;
  if (upload.bytes.length === 0) return refuse('files.empty');
  if (upload.bytes.length > limit) return refuseTooLarge(upload.bytes.length, limit);
  const type = await typeOf(upload.bytes, upload);
  if (isRefusal(type)) return type;
  const prepared = await prepare(upload.bytes, type);
  return isRefusal(prepared) ? prepared : { name: upload.name, type, prepared };
}

/** The second half of `receiveFile`: keeps it as a new file of the actor's. */
export async function keepFile(
  app: Parts,
  actor: Actor,
  { name, type, prepared }: CheckedUpload,
): Promise<Result<FileInfo>> {
  const busy = await app.database.read(actor, (tx) => refuseFlood(tx, actor));
  if (busy) return busy;
  const id = uuidv7();
  const { bytes, thumbnail } = prepared;
  await Promise.all([app.files.put(id, bytes), thumbnail && app.files.put(thumbnailKey(id), thumbnail)]);
  try {
    await enter(app, actor, id, name, type, prepared);
  } catch (error) {
    await Promise.all([app.files.remove(id), app.files.remove(thumbnailKey(id))]);
    throw error;
  }
  return { id, type, size: bytes.length, width: prepared.width, height: prepared.height };
}

export function refuseTooLarge(size: number, limit: number) {
  const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
  return refuse('files.too_large', { size: megabytes(size), limit: Math.floor(limit / 1024 / 1024) });
}

/** The key of a file's thumbnail in the file store. */
export function thumbnailKey(id: string): string {
  return `${id}.thumb`;
}

type Prepared = {
  readonly bytes: Uint8Array;
  readonly thumbnail: Uint8Array | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly position: PhotoPosition | null;
};

async function prepare(bytes: Uint8Array, type: FileType): Promise<Result<Prepared>> {
  if (isImageType(type)) return cleanImage(bytes, type);
  if (isArchiveType(type)) {
    const unsafe = await checkArchive(bytes);
    if (isRefusal(unsafe)) return unsafe;
  }
  return { bytes, thumbnail: null, width: null, height: null, position: null };
}

async function refuseFlood(tx: ReadTx, actor: Actor) {
  if (uploaderKind(actor) !== 'public') return null;
  const found = await sql<{ full: boolean }>`
    SELECT count(*) >= ${MOST_WAITING} AS full FROM (
      SELECT 1 FROM platform.file
      WHERE tenant_id = ${actor.tenant} AND created_kind = 'public' AND owner_id IS NULL LIMIT ${MOST_WAITING}
    ) AS waiting`.execute(tx);
  return found.rows[0]?.full ? refuse('files.too_many_waiting', { seconds: 600 }) : null;
}

async function enter(
  app: Parts,
  actor: Actor,
  id: string,
  name: string | null,
  type: FileType,
  file: Prepared,
): Promise<void> {
  const now = app.now();
  const hash = createHash('sha256').update(file.bytes).digest('hex');
  const salt = randomBytes(16);
  const seal = (part: 'name' | 'position', plain: string) => app.vault.seal(actor.tenant, plain, `file:${id}:${part}`);
  const sealedName = name ? seal('name', name.slice(0, 200)) : null;
  const sealedPosition = file.position ? seal('position', JSON.stringify(file.position)) : null;
  await app.database.transact(actor, async (tx) => {
    await sql`
      INSERT INTO platform.file
        (tenant_id, id, sha256, salt, commitment, size, type, width, height, name, position, created_at, created_by, created_kind)
      VALUES (${actor.tenant}, ${id}, ${hash}, ${salt}, ${fileCommitment(salt, hash)}, ${file.bytes.length},
        ${type}, ${file.width}, ${file.height}, ${sealedName}, ${sealedPosition}, ${now}, ${actorId(actor)},
        ${uploaderKind(actor)})`.execute(tx);
    const dueAt = new Date(now.getTime() + WAITING_HOURS * 3_600_000);
    await setTimer(tx, { tenant: actor.tenant, kind: PURGE_TIMER, subject: id, dueAt });
  });
}
