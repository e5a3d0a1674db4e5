import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The text of a key file, made (0600) when there is none. Several processes may start at once; the first one's file
 * wins and all read the same.
 */
export async function readOrMakeKeyFile(file: string, make: () => string): Promise<string> {
  try {
    return await readKeyFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await writeKeyFile(file, make());
  return readKeyFile(file);
}

/** The text of a key file; throws ENOENT when there is none. */
export async function readKeyFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const { mode } = await stat(file);
  // A copied folder may have lost the tight mode; mend it rather than refuse to start.
  if ((mode & 0o077) !== 0) await chmod(file, 0o600);
  return text.trim();
}

/** Writes a key file that is not there yet, for its owner only; leaves one that is. */
export async function writeKeyFile(file: string, text: string): Promise<void> {
  const draft = await writeDraft(file, text);
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(dirname(file));
}

/** Writes a key file in place of the one that may be there. */
export async function replaceKeyFile(file: string, text: string): Promise<void> {
  await rename(await writeDraft(file, text), file);
  await syncFolder(dirname(file));
}

/** Under a name of its own and durable before it gets its real one: nobody ever sees half a key. */
async function writeDraft(file: string, text: string): Promise<string> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.key-${randomBytes(8).toString('hex')}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${text.trim()}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
