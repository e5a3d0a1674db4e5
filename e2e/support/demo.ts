import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { newDataDir, type Platform, startPlatform } from './platform-process.ts';

const LOAD_MS = 360_000;
/** The file that says it is loaded. */
const MARK = 'demo-is-loaded';

/**
 * Starts the demo on a data folder of its own: about 300 invented requests and an account for every role. Loading them
 * takes a minute, so the first caller of a run loads them and everyone gets a copy of that folder.
 */
export async function startDemo(
  environment: Readonly<Record<string, string>> = {},
  host?: 'localhost',
): Promise<Platform> {
  const loaded = await loadedDemo(inject('e2eFolder'));
  const dataDir = await newDataDir();
  // Node's own copy gives all files to us, and the database's belong to its account.
  await promisify(execFile)('cp', ['-a', `${loaded}/.`, dataDir]);
  return startPlatform({ demo: true, dataDir, removeDataDir: true, environment, ...(host ? { host } : {}) });
}

/** The folder with the loaded demo; loads it when nobody has, waits when somebody is at it. */
async function loadedDemo(runFolder: string): Promise<string> {
  const dataDir = join(runFolder, 'demo');
  const mark = join(runFolder, MARK);
  const isMine = await mkdir(join(runFolder, 'demo-is-loading')).then(
    () => true,
    () => false,
  );
  if (isMine) {
    await mkdir(dataDir);
    const platform = await startPlatform({ demo: true, dataDir });
    await platform.stop();
    await writeFile(mark, platform.output());
  }
  const until = Date.now() + LOAD_MS;
  while (!(await exists(mark))) {
    if (Date.now() > until) throw new Error(`the demo was not loaded within ${LOAD_MS / 1000} s`);
    await wait(200);
  }
  return dataDir;
}

/** What the platform said while it loaded the demo that is copied. */
export async function saidWhileLoading(): Promise<string> {
  const runFolder = inject('e2eFolder');
  await loadedDemo(runFolder);
  return readFile(join(runFolder, MARK), 'utf8');
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
