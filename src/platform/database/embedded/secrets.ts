import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../setup-error.ts';

/** Passwords of the database roles, one set per data folder. */
export type DatabaseSecrets = { readonly superuser: string; readonly owner: string; readonly app: string };

export function keysFolder(dataDir: string): string {
  return join(dataDir, 'keys');
}

/**
 * Reads the passwords, or makes them for a database that is yet to be made. The file is 0600 in a folder of 0700.
 */
export function databaseSecrets(dataDir: string, options: { readonly databaseExists?: boolean } = {}): DatabaseSecrets {
  const folder = keysFolder(dataDir);
  const file = join(folder, 'database.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DatabaseSecrets;
  if (options.databaseExists) {
    throw new SetupError(`${file} is missing: it holds the passwords of the database. Put it back from a backup.`);
  }
  const secrets = { superuser: password(), owner: password(), app: password() };
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  writeDurably(file, `${JSON.stringify(secrets)}\n`);
  return secrets;
}

export function password(): string {
  return randomBytes(24).toString('base64url');
}

/** A database whose password was lost with the machine's power could not be opened again. */
function writeDurably(file: string, text: string): void {
  const draft = `${file}.part`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
