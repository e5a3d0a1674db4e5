import { sql } from 'kysely';
import type { App, Module, TimerHandler } from '../app.ts';
import * as contracts from './contract.ts';
import { removeAfterCommit } from './release.ts';
import { filesRoutes } from './routes.ts';
import { PURGE_TIMER } from './store.ts';
import { filesTexts } from './texts.ts';

export { checkArchive } from './archives.ts';
export type { PhotoPosition } from './exif-position.ts';
export { FILE_TYPES, type FileType, isImageType } from './file-types.ts';
export { createFolderStore } from './folder-store.ts';
export type { Region } from './images.ts';
export { type FileLinks, releasedFileLinks, residentFileLinks } from './links.ts';
export { type CheckedUpload, checkUpload, keepFile, receiveFile, type Upload } from './receive.ts';
export { confirmRelease, eraseFile, type PreparedRelease, prepareRelease, withdrawRelease } from './release.ts';
export {
  attachFiles,
  type FileInfo,
  fileInfos,
  fileName,
  type FileOwner,
  filePosition,
  findFile,
  type StoredFile,
} from './store.ts';

/**
 * Uploads and their serving. Who may see a file is decided by the module that owns what it belongs to: it registers the
 * target `file`.
 */
export const filesModule: Module = {
  name: 'files',
  texts: filesTexts,
  refusals: {
    'files.no_file': 400,
    'files.empty': 422,
    'files.too_large': 413,
    'files.type_unsupported': 415,
    'files.type_mismatch': 415,
    'files.too_many_pixels': 422,
    'files.unreadable': 422,
    'files.archive_bomb': 422,
    'files.too_many_waiting': 429,
    'files.not_found': 404,
    'files.already_attached': 409,
    'files.too_many': 422,
    'files.not_an_image': 422,
    'files.erased': 410,
  },
  grants: {
    grid_worker: ['files.read'],
    community_worker: ['files.read'],
    dispatcher: ['files.read'],
    handler: ['files.read'],
    verifier: ['files.read'],
    supervisor: ['files.read'],
    evaluator: ['files.read'],
  },
  contracts: Object.values(contracts),
  sealed: [
    {
      table: 'platform.file',
      key: ['id'],
      sealed: ['name', 'position'],
      context: (column, row) => `file:${row.id}:${column}`,
    },
  ],
  routes: filesRoutes,
  timers: (app) => ({ [PURGE_TIMER]: purge(app) }),
};

/** Removes an upload that nothing took in. */
function purge(app: App): TimerHandler {
  return async (timer, tx) => {
    const removed = await sql`
      DELETE FROM platform.file WHERE tenant_id = ${timer.tenant} AND id = ${timer.subject} AND owner_id IS NULL
      RETURNING id`.execute(tx);
    if (removed.rows.length > 0) removeAfterCommit(app, tx, timer.subject);
  };
}
