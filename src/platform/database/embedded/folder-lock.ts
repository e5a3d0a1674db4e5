import { closeSync, constants, fchmodSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SetupError } from '../../setup-error.ts';

/** Another process holds the folder. */
export class FolderInUse extends SetupError {
  override readonly name = 'FolderInUse';
  readonly folder: string;
  readonly pid: number | null;

  constructor(folder: string, pid: number | null) {
    const holder = pid === null ? 'another process' : `the process ${pid}`;
    super(
      `The folder ${folder} is in use by ${holder}. Stop ${pid === null ? 'it' : 'that one'} first, ` +
        'or give this one a folder of its own with --data.',
    );
    this.folder = folder;
    this.pid = pid;
  }
}

export type FolderLock = { readonly release: () => void };

/**
 * Takes a folder for this process alone. Throws `FolderInUse` when another has it. The lock is the operating system's
 * on an open file (through SQLite, the only way Node offers one), so it ends with the process however that ends, and
 * holds between containers that share the folder on one machine.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const owner = join(folder, 'owner.json');
  closeSync(openOwned(file));
  const lock = new DatabaseSync(file);
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw new FolderInUse(folder, readPid(owner));
    throw error;
  }
  writeFileSync(owner, `${JSON.stringify({ pid: process.pid, since: new Date().toISOString() })}\n`, { mode: 0o600 });
  heldLocks.add(lock);
  return {
    release() {
      if (!heldLocks.delete(lock)) return;
      rmSync(owner, { force: true });
      lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

// An open lock that nobody refers to would be collected, and with it the lock.
const heldLocks = new Set<DatabaseSync>();

function openOwned(file: string): number {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  fchmodSync(descriptor, 0o600);
  return descriptor;
}

function readPid(owner: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(owner, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' ? pid : null;
  } catch {
    return null;
  }
}
