import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const KEY_BYTES = 32;

/** Thrown when the master key cannot be read, or is not the one this database was sealed with. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

export type MasterKeySource = {
  /** Where the key file lies; made at the first start. Outside the database, so that a copy of one is not enough. */
  readonly file: string;
  /** Takes the place of the file: 32 bytes in base64 or hex, e.g. from a secret store. */
  readonly value?: string | undefined;
};

/**
 * The master key: from the environment when given, else from the key file, which is made (0600) if there is none.
 * Several processes may start at once; the first one's file wins and all read the same.
 */
export async function loadMasterKey(source: MasterKeySource): Promise<Buffer> {
  if (source.value !== undefined && source.value !== '') return parseKey(source.value, 'the configured master key');
  try {
    return await readKeyFile(source.file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await writeKeyFile(source.file);
  return readKeyFile(source.file);
}

async function readKeyFile(file: string): Promise<Buffer> {
  const text = await readFile(file, 'utf8');
  const { mode } = await stat(file);
  // A copied folder may have lost the tight mode; mend it rather than refuse to start.
  if ((mode & 0o077) !== 0) await chmod(file, 0o600);
  return parseKey(text.trim(), file);
}

/** Written to a name of its own, made durable, then linked: another start never sees half a key. */
async function writeKeyFile(file: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.master-${randomBytes(8).toString('hex')}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function parseKey(text: string, where: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) {
    throw new MasterKeyError(`${where} is not a key of ${KEY_BYTES} bytes in base64 or hex`);
  }
  return key;
}
