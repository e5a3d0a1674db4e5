import { randomBytes } from 'node:crypto';
import { readOrMakeKeyFile } from './key-file.ts';

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

/** The master key: from the environment when given, else from the key file, which is made (0600) if there is none. */
export async function loadMasterKey(source: MasterKeySource): Promise<Buffer> {
  if (source.value !== undefined && source.value !== '') return parseKey(source.value, 'the configured master key');
  const text = await readOrMakeKeyFile(source.file, () => randomBytes(KEY_BYTES).toString('base64'));
  return parseKey(text, source.file);
}

/** Reads 32 bytes in base64 or hex; `where` names the place in the refusal. */
export function parseKey(text: string, where: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) {
    throw new MasterKeyError(`${where} is not a key of ${KEY_BYTES} bytes in base64 or hex`);
  }
  return key;
}
