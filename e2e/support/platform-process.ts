import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROJECT = join(import.meta.dirname, '../..');
const START_MS = 300_000; // a first start builds the web applications and loads a county
const STOP_MS = 120_000;

export type DemoAccount = {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly posts: readonly string[];
};

export type PlatformOptions = {
  /** With invented requests and accounts; otherwise a bare installation. */
  readonly demo?: boolean;
  /** A folder that stays, e.g. for a second start; by default a fresh one that is removed after `stop`. */
  readonly dataDir?: string;
  /** Removes the folder given after `stop`, too. */
  readonly removeDataDir?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** What must answer before the platform counts as started; `/api/ready` unless told. */
  readonly waitFor?: string;
  /** Reached by this name instead of its address; passkeys want one. */
  readonly host?: 'localhost';
};

export type Platform = {
  readonly url: string;
  readonly dataDir: string;
  /** The starter; the program itself is its child. */
  readonly pid: number;
  /** The demo's accounts; empty without the demo. */
  readonly accounts: readonly DemoAccount[];
  /** Everything printed so far. */
  readonly output: () => string;
  /** Asks the process to stop and answers its exit code; 'SIGKILL' kills the program at once, as a power cut would. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL', options?: { keepDataDir: boolean }) => Promise<number | null>;
};

/** An empty data folder; the bundled database runs as another account when we are root, and must get in. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gongzhi-e2e-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Starts the real program as a person would, on a free port, and waits until it says that it is ready. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const dataDir = options.dataDir ?? (await newDataDir());
  const url = `http://${options.host ?? '127.0.0.1'}:${await freePort()}`;
  const words = ['bin/gongzhi.mjs', 'start', ...(options.demo ? [] : ['--empty'])];
  const child = spawn(process.execPath, words, {
    cwd: PROJECT,
    env: environmentFor(dataDir, url, options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that a kill reaches all of it
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (printed += part));
  const killGroup = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killGroup);
  const stop: Platform['stop'] = async (signal = 'SIGTERM', { keepDataDir } = { keepDataDir: false }) => {
    const code = await stopProcess(child, signal, () => printed);
    process.off('exit', killGroup);
    if (!keepDataDir && (options.removeDataDir ?? options.dataDir === undefined))
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    return code;
  };
  try {
    await becomesReady(url + (options.waitFor ?? '/api/ready'), child, () => printed);
    const pid = child.pid ?? 0;
    return { url, dataDir, pid, accounts: options.demo ? await accountsOf(url) : [], output: () => printed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function environmentFor(dataDir: string, url: string, options: PlatformOptions): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(GONGZHI_|DATABASE_URL$|NODE_ENV$|VITEST)/.test(name));
  return {
    ...Object.fromEntries(own),
    GONGZHI_DATA: dataDir,
    GONGZHI_PORT: new URL(url).port,
    GONGZHI_BASE_URL: url,
    GONGZHI_RATE_LIMITS: 'false', // many people act from one address here
    GONGZHI_LOG_LEVEL: 'warn',
    GONGZHI_PROOF_SECONDS: '3600', // a walk on a busy machine takes long; the step-up has a test of its own
    ...options.environment,
  };
}

async function becomesReady(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the platform ended with ${child.exitCode}:\n${printed()}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`the platform was not ready after ${START_MS / 1000} s:\n${printed()}`);
}

async function accountsOf(url: string): Promise<readonly DemoAccount[]> {
  const answer = await fetch(`${url}/api/demo/accounts`);
  if (!answer.ok) throw new Error(`the demo does not list its accounts: ${answer.status}`);
  return ((await answer.json()) as { accounts: DemoAccount[] }).accounts;
}

async function stopProcess(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  printed: () => string,
): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (signal === 'SIGKILL') signalGroup(child, 'SIGKILL');
  else child.kill('SIGTERM');
  const late = wait(STOP_MS, 'late' as const, { ref: false });
  const outcome = await Promise.race([ended, late]);
  if (outcome !== 'late') return outcome;
  signalGroup(child, 'SIGKILL');
  throw new Error(`the platform did not stop within ${STOP_MS / 1000} s:\n${printed()}`);
}

/** The starter and the program it runs; the bundled database server leads a group of its own. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
