import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import type { FileStore } from './file-store.ts';

/** Keys are made by the server: a UUID, with an ending for derived versions (`<uuid>.thumb`). */
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[a-z0-9]{1,20})?$/;

/**
 * Files in a folder, as `ab/cd/<key>` by the last four digits of the UUID; the first digits of a UUIDv7 are its time
 * and would put a day's files into one folder.
 */
export function createFolderStore(folder: string): FileStore {
  return {
    async put(key, bytes) {
      const path = pathOf(folder, key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeDurably(path, bytes);
    },
    read: (key) => readLater(pathOf(folder, key)),
    async remove(key) {
      try {
        await unlink(pathOf(folder, key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    },
  };
}

function pathOf(folder: string, key: string): string {
  if (!KEY.test(key)) throw new Error('not a key of the file store');
  const id = key.slice(0, 36);
  return join(folder, id.slice(-4, -2), id.slice(-2), key);
}

/** Content and name reach the disk before this answers; link() refuses a name that is taken. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, path);
  } finally {
    await unlink(draft);
  }
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The stream fails, rather than the process, when the file is not there. */
function readLater(path: string): Readable {
  const source = createReadStream(path);
  const out = new PassThrough();
  source.on('error', (error) => out.destroy(error));
  return source.pipe(out);
}
