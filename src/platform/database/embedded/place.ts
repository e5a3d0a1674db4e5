import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { SetupError } from '../../setup-error.ts';
import { type Account, canEnter } from './account.ts';
import { clusterFolder } from './cluster.ts';

// Persistent places where root may put the database when the data folder lies where other accounts cannot enter.
const ELSEWHERE = ['/var/lib', '/srv', '/opt'];
const INSIDE = 'postgres';

export type PlaceSettings = { readonly dataDir: string; readonly databaseFolder: string | null };

/** The file in the data folder that says where its database lies. */
function pointerFile(dataDir: string): string {
  return join(dataDir, 'database-folder');
}

/** The file in the database folder that says which data folder it belongs to. */
function originFile(home: string): string {
  return join(home, 'data-folder');
}

/** The database folder this data folder already has; null before the first start. */
export function findHome(dataDir: string): string | null {
  const inside = join(dataDir, INSIDE);
  if (!existsSync(pointerFile(dataDir))) return existsSync(clusterFolder(inside)) ? inside : null;
  return resolve(dataDir, readFileSync(pointerFile(dataDir), 'utf8').trim());
}

/**
 * Where a new database goes: the configured folder, else inside the data folder, else, when we are root and the
 * server's account cannot enter there (a clone in a home of mode 0700), a folder of its own under /var/lib.
 */
export function chooseHome(
  settings: PlaceSettings,
  account: Account,
  elsewhere: readonly string[] = ELSEWHERE,
): string {
  if (settings.databaseFolder !== null) return checkEmpty(settings.databaseFolder);
  if (canEnter(account, settings.dataDir)) return join(settings.dataDir, INSIDE);
  const name = `gongzhi-${createHash('sha256').update(realpathSync(settings.dataDir)).digest('hex').slice(0, 10)}`;
  for (const folder of elsewhere) {
    if (existsSync(folder) && canEnter(account, folder)) return unusedFolder(join(folder, name));
  }
  throw new SetupError(
    `The database's account cannot enter ${settings.dataDir}, and none of ${elsewhere.join(', ')} can be used. ` +
      'Name a folder it can enter with --database-folder.',
  );
}

/** The folder will belong to the database's account alone, so it must not be one that others use. */
function checkEmpty(folder: string): string {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return folder;
  throw new SetupError(`${folder} is not empty. Name a folder for the database alone with --database-folder.`);
}

/** A data folder that was deleted and made anew must not come upon the database of the former one. */
function unusedFolder(folder: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? folder : `${folder}-${number}`;
    if (!existsSync(candidate) || readdirSync(candidate).length === 0) return candidate;
  }
}

/** Ties the two folders to each other. Inside the data folder the path is kept relative, so that both can be moved. */
export function rememberHome(dataDir: string, home: string): void {
  const path = relative(dataDir, home);
  const inside = !path.startsWith('..') && !isAbsolute(path);
  mkdirSync(dataDir, { recursive: true });
  writeWhole(pointerFile(dataDir), inside ? path : home);
  writeWhole(originFile(home), realpathSync(dataDir));
}

/**
 * Refuses a copy of a data folder whose database lies elsewhere: two folders would share one database. A folder that
 * was moved is taken.
 */
export function checkOrigin(dataDir: string, home: string): void {
  if (!existsSync(originFile(home))) return;
  const origin = readFileSync(originFile(home), 'utf8').trim();
  if (origin === realpathSync(dataDir)) return;
  if (existsSync(pointerFile(origin)) && findHome(origin) === home) {
    throw new SetupError(
      `${dataDir} is a copy of ${origin}, and its database in ${home} belongs to that one. ` +
        'Make a copy with the backup and restore commands.',
    );
  }
  writeWhole(originFile(home), realpathSync(dataDir));
}

/** Never leaves half a path, which would name another folder. */
function writeWhole(file: string, line: string): void {
  writeFileSync(`${file}.part`, `${line}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}
