import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { App } from '../app.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import type { ReadTx, WriteTx } from '../database/database.ts';
import type { FileStore } from './file-store.ts';
import { isImageType } from './file-types.ts';
import { blurRegions, type Region } from './images.ts';
import { thumbnailKey } from './receive.ts';
import { findFile } from './store.ts';

type Parts = Pick<App, 'database' | 'files' | 'log'>;

/** A drawn version that waits for `confirmRelease`. */
export type PreparedRelease = { readonly id: string; readonly key: string };

/**
 * Draws the version of an image that the public will see, with the regions a person marked made unreadable. Takes
 * seconds for a large photo: call it before the transaction that releases.
 * Refuses `files.not_found`, `files.not_an_image`.
 */
export async function prepareRelease(
  app: Parts,
  actor: Actor,
  id: string,
  regions: readonly Region[],
): Promise<Result<PreparedRelease>> {
  const file = await app.database.read(actor, (tx) => findFile(tx, id));
  if (!file || file.erased) return refuse('files.not_found');
  if (!isImageType(file.type)) return refuse('files.not_an_image');
  const drawn = await blurRegions(await readAll(app.files, id), file.type, regions);
  const key = uuidv7();
  await app.files.put(key, drawn.bytes);
  await app.files.put(thumbnailKey(key), drawn.thumbnail);
  return { id, key };
}

/** Makes prepared versions public, in the transaction of the decision; an earlier version is removed after it. */
export async function confirmRelease(
  app: Parts,
  tx: WriteTx,
  actor: Actor,
  releases: readonly PreparedRelease[],
  now: Date,
): Promise<void> {
  for (const { id, key } of releases) {
    await dropReleased(app, tx, id);
    await sql`
      UPDATE platform.file SET released_key = ${key}, released_at = ${now}, released_by = ${actorId(actor)}
      WHERE tenant_id = ${actor.tenant} AND id = ${id}`.execute(tx);
  }
}

/** Takes images back from the public; whoever has them in his browser's memory keeps them. */
export async function withdrawRelease(app: Parts, tx: WriteTx, actor: Actor, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await dropReleased(app, tx, id);
    await sql`
      UPDATE platform.file SET released_key = NULL, released_at = NULL, released_by = NULL
      WHERE tenant_id = ${actor.tenant} AND id = ${id}`.execute(tx);
  }
}

/**
 * Removes the bytes of a file by an order, and what else is known of it but size, type and commitment: a chain that holds
 * the commitment still verifies.
 */
export async function eraseFile(
  app: Parts,
  tx: WriteTx,
  actor: Actor,
  id: string,
  erasure: { readonly order: string; readonly at: Date },
): Promise<Result<null>> {
  const file = await findFile(tx, id);
  if (!file) return refuse('files.not_found');
  if (file.erased) return null;
  await withdrawRelease(app, tx, actor, [id]);
  await sql`
    UPDATE platform.file SET name = NULL, position = NULL, sha256 = NULL, salt = NULL, erased_at = ${erasure.at}, erasure_order = ${erasure.order}
    WHERE tenant_id = ${actor.tenant} AND id = ${id}`.execute(tx);
  removeAfterCommit(app, tx, id);
  return null;
}

/** Removes the bytes when the transaction is through; a crash in between leaves bytes without a row, never a row without. */
export function removeAfterCommit(app: Parts, tx: WriteTx, key: string): void {
  app.database.afterCommit(tx, () => {
    Promise.all([app.files.remove(key), app.files.remove(thumbnailKey(key))]).catch((error: Error) =>
      app.log.error({ key, error: error.message }, 'bytes of a removed file are still there'),
    );
  });
}

async function dropReleased(app: Parts, tx: WriteTx, id: string): Promise<void> {
  const before = await findFile(tx as ReadTx, id);
  if (before?.releasedKey) removeAfterCommit(app, tx, before.releasedKey);
}

async function readAll(files: FileStore, key: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of files.read(key)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
