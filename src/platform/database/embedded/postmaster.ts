import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../../setup-error.ts';
import { type Account, asAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { clusterFolder } from './cluster.ts';

/** Where clients find the server: a folder with its socket, or a loopback address. */
export type Listen = { readonly host: string; readonly port: number };

/** A running server. */
export type Postmaster = {
  readonly pid: number;
  readonly listen: Listen;
  /** Settles when the process is gone, asked for or not. */
  readonly ended: Promise<void>;
};

const LOG_LIMIT = 10_000_000;
const MEGABYTE = 2 ** 20;

/** What `postmaster.pid` says; null without one. */
export function readPostmaster(home: string): { pid: number; listen: Listen; ready: boolean } | null {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterFolder(home), 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const host = lines[4]?.trim() || lines[5]?.trim() || '';
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, listen: { host, port: Number(lines[3]) }, ready: lines[7]?.trim() === 'ready' };
}

export type StartOptions = {
  readonly home: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly listen: Listen;
  /** Further `-c name=value` settings. */
  readonly settings?: Readonly<Record<string, string>>;
};

/**
 * Starts the server and waits until it takes connections. It gets a session of its own: a Ctrl-C in the terminal must
 * reach us alone, so that running requests can finish before the database stops.
 */
export async function startPostmaster(options: StartOptions): Promise<Postmaster> {
  for (let turn = 1; ; turn++) {
    try {
      return await launch(options);
    } catch (error) {
      // Sessions of a killed server notice its death within moments, and the data is theirs until then.
      if (turn >= 20 || !(error as Error).message.includes('pre-existing shared memory block')) throw error;
      await delay(500);
    }
  }
}

async function launch(options: StartOptions): Promise<Postmaster> {
  const { home, binaries, account, listen } = options;
  const log = openLog(home, account);
  const child = spawn(join(binaries.folder, 'bin', 'postgres'), serverWords(options), {
    ...asAccount(account),
    cwd: home,
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await waitReady(child, home);
  // Ready means the process exists, so it has a pid.
  return { pid: child.pid as number, listen, ended };
}

function serverWords({ home, listen, settings }: StartOptions): string[] {
  const socket = listen.host.startsWith('/');
  const all = {
    listen_addresses: socket ? '' : listen.host,
    unix_socket_directories: socket ? listen.host : '',
    unix_socket_permissions: '0700',
    port: String(listen.port),
    max_connections: '100',
    shared_buffers: `${sharedBuffers(machineMemory())}MB`,
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements are short; compiling them costs more than it saves.
    jit: 'off',
    // Statements, details and the messages of failed statements repeat contents of rows, which must not reach a log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
    ...settings,
  };
  return ['-D', clusterFolder(home), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Megabytes of pages the server keeps itself: a sixteenth of the memory, 128 to 2,048. What does not fit comes from the
 * system's cache, so few are enough; but with too few, each row of a large table pushes out a changed page first.
 */
export function sharedBuffers(memory: number): number {
  const sixteenth = Math.floor(memory / 16 / MEGABYTE);
  return Math.min(2048, Math.max(128, sixteenth));
}

/** Bytes this process and its children may use: of the machine, or of the container around them. */
function machineMemory(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

function openLog(home: string, account: Account): number {
  const file = logFile(home);
  if (existsSync(file) && statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o600);
  if (account) chownSync(file, account.uid, account.gid);
  return log;
}

function logFile(home: string): string {
  return join(home, 'postgres.log');
}

async function waitReady(child: ChildProcess, home: string): Promise<void> {
  let failure: string | null = null;
  child.once('error', (error) => {
    failure = error.message;
  });
  // Recovery after a crash of the machine may take minutes; the server says when it is ready.
  for (;;) {
    if (failure === null && (child.exitCode !== null || child.signalCode !== null)) failure = lastWords(home);
    if (failure !== null) throw new SetupError(`The database server did not start: ${failure}`);
    const state = readPostmaster(home);
    if (state?.pid === child.pid && state?.ready) return;
    await delay(20);
  }
}

function lastWords(home: string): string {
  return readFileSync(logFile(home), 'utf8').trim().split('\n').slice(-5).join('\n');
}

/** Whether `pid` is a PostgreSQL server of this very cluster; a number may have gone to another program since. */
export function isPostmasterOf(pid: number, home: string): boolean {
  if (!isAlive(pid)) return false;
  const cluster = clusterFolder(home);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return (stdout ?? '').includes(cluster);
  }
}

/** Whether a process runs under that number. One that ended but was not collected by its parent does not count. */
export function isAlive(pid: number): boolean {
  if (!isTaken(pid)) return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The state follows the name, which is in brackets and may itself hold brackets.
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return isTaken(pid);
  }
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Settles when a process that is not our child is gone. */
export async function waitEnd(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(100, undefined, { ref: false });
}

export type StopOptions = {
  /** `fast` ends sessions and writes everything; `immediate` is for a server whose data is thrown away. */
  readonly mode?: 'fast' | 'immediate';
  /** Milliseconds a fast shutdown may take before the server is ended at once; 60 s unless told. */
  readonly patience?: number;
};

/** Stops the server and waits for its end; `killed` when it took too long. */
export async function stopPostmaster(
  server: { readonly pid: number; readonly ended: Promise<void> },
  options: StopOptions = {},
): Promise<'stopped' | 'killed'> {
  // Its number may already be another program's.
  if (await endsWithin(server, 0)) return 'stopped';
  send(server.pid, options.mode === 'immediate' ? 'SIGQUIT' : 'SIGINT');
  if (await endsWithin(server, options.patience ?? 60_000)) return 'stopped';
  // SIGQUIT ends it at once; the next start replays the log, so nothing acknowledged is lost.
  send(server.pid, 'SIGQUIT');
  if (!(await endsWithin(server, 10_000))) send(server.pid, 'SIGKILL');
  await endsWithin(server, 10_000);
  return 'killed';
}

/** The timer also keeps this process alive while it waits; the server's own handle does not. */
async function endsWithin(server: { readonly ended: Promise<void> }, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const first = await Promise.race([server.ended.then(() => true), late]);
  timer.abort();
  return first;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

// Above every number that a system gives to a process.
const NO_PROCESS = 2_147_483_647;

/**
 * Makes the pid file of a server that is gone harmless: the new server would take any process of that number for the
 * old one, even one that is dead and not collected. The file stays, for its other lines let the server find out whether
 * sessions of the old one are still at work on the data.
 */
export function forgetPostmaster(home: string, pid: number): void {
  if (!isTaken(pid)) return;
  const file = join(clusterFolder(home), 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [String(NO_PROCESS), ...lines.slice(1)].join('\n'));
  for (const name of readdirSync(join(home, 'socket'))) rmSync(join(home, 'socket', name), { force: true });
}
