import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../setup-error.ts';
import { type Account, asAccount } from './account.ts';
import type { Binaries } from './binaries.ts';

/** The first superuser; only this program knows its password and uses it to make the owner and the database. */
export const SUPERUSER = 'postgres';

/** The cluster's folder inside a database folder. */
export function clusterFolder(home: string): string {
  return join(home, 'cluster');
}

/** Makes a folder for the account alone. */
export function makeFolder(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}

export type InitOptions = { readonly password: string; readonly quick?: boolean };

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when whole, so that a start that was
 * cut short leaves nothing that looks like a cluster.
 */
export async function makeCluster(
  home: string,
  binaries: Binaries,
  account: Account,
  options: InitOptions,
): Promise<void> {
  const cluster = clusterFolder(home);
  if (existsSync(join(cluster, 'PG_VERSION'))) return checkMajor(cluster, binaries);
  const draft = `${cluster}.part`;
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = join(home, `.password-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    await runInitdb(draft, passwordFile, binaries, account, options.quick ?? false);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
}

function checkMajor(cluster: string, binaries: Binaries): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (Number(made) === binaries.major) return;
  throw new SetupError(
    `The database in ${cluster} was made by PostgreSQL ${made}, and this version brings ${binaries.version}. ` +
      'Back it up with the version that made it, and restore the backup into a new data folder.',
  );
}

async function runInitdb(folder: string, passwordFile: string, binaries: Binaries, account: Account, quick: boolean) {
  // The builtin provider (17 and later) sorts and folds the same on every machine; before it the C library's must do.
  const system = process.platform === 'darwin' ? 'C' : 'C.UTF-8';
  const locale =
    binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${system}`]
      : [`--locale=${system}`];
  const words = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...locale,
    '--no-instructions',
    ...(quick ? ['--no-sync'] : []),
  ];
  const child = spawn(join(binaries.folder, 'bin', 'initdb'), words, {
    ...asAccount(account),
    cwd: '/',
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new SetupError(`The database could not be made in ${folder}: ${complaint.trim()}`);
}
