import { readFile } from 'node:fs/promises';
import { BackupError } from './backup-error.ts';
import type { BackupKey } from './frames.ts';

/** The key of a backup from a key file or a file with a passphrase; null when neither is named. */
export async function readBackupKey(places: {
  readonly keyFile?: string | null | undefined;
  readonly passphraseFile?: string | null | undefined;
}): Promise<BackupKey | null> {
  if (places.keyFile) return { key: parseKey(await readFile(places.keyFile, 'utf8')) };
  if (places.passphraseFile) {
    const passphrase = (await readFile(places.passphraseFile, 'utf8')).trim();
    if (passphrase.length < 12) throw new BackupError('backup.bad_key', 'a passphrase has at least 12 characters');
    return { passphrase };
  }
  return null;
}

function parseKey(text: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length !== 32) throw new BackupError('backup.bad_key');
  return key;
}
