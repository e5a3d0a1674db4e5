import { spawn } from 'node:child_process';
import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import type { App } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { ReadTx } from '../database/database.ts';

export type BackupRun = {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly result: 'done' | 'failed';
  readonly file: string | null;
  readonly bytes: number | null;
  readonly problem: string | null;
};

const DAY_MS = 86_400_000;
const RETRY_MS = 3_600_000;
/** China has one time zone without summer time. */
const OFFSET_MS = 8 * 3_600_000;

/** The last moment a daily backup was due at `at` (hh:mm in China). */
export function lastDue(now: Date, at: string): Date {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const midnight = Math.floor((now.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
  const due = midnight + (hours * 60 + minutes) * 60_000;
  return new Date(due > now.getTime() ? due - DAY_MS : due);
}

export async function lastRuns(tx: ReadTx, tenant: number, limit: number): Promise<readonly BackupRun[]> {
  const { rows } = await sql<BackupRun>`
    SELECT started_at AS "startedAt", finished_at AS "finishedAt", result, file, bytes, problem
    FROM platform.backup_run WHERE tenant_id = ${tenant} ORDER BY started_at DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

/** When the last backup by schedule was whole; null while none was. */
export async function lastDone(tx: ReadTx, tenant: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    SELECT finished_at AS at FROM platform.backup_run WHERE tenant_id = ${tenant} AND result = 'done'
    ORDER BY started_at DESC LIMIT 1`.execute(tx);
  return rows[0]?.at ?? null;
}

/** How backups by schedule stand, judged by their last runs (newest first). */
export function stateOf(app: Pick<App, 'config' | 'now'>, runs: readonly BackupRun[]) {
  if (app.config.backupFolder === null) return 'off' as const;
  const [last] = runs;
  if (!last) return 'waiting' as const;
  if (last.result === 'failed') return 'failed' as const;
  const late = app.now().getTime() - last.finishedAt.getTime() > 2 * DAY_MS;
  return late ? ('late' as const) : ('fine' as const);
}

/** Makes the daily backup when it is due and was not made; a failed one is tried again an hour later. */
export async function backUpWhenDue(app: App, run: typeof runBackup = runBackup): Promise<BackupRun | null> {
  const { backupFolder, backupAt, backupKeep, tenant } = app.config;
  if (backupFolder === null) return null;
  const actor = systemActor(tenant, 'backup');
  const runs = await app.database.read(actor, (tx) => lastRuns(tx, tenant, 20));
  const now = app.now();
  const due = lastDue(now, backupAt);
  const done = runs.some(({ result, startedAt }) => result === 'done' && startedAt >= due);
  const justFailed = runs[0]?.result === 'failed' && now.getTime() - runs[0].startedAt.getTime() < RETRY_MS;
  if (done || justFailed) return null;
  const outcome = await run(app, backupFolder);
  const finished: BackupRun = { ...outcome, startedAt: now, finishedAt: app.now() };
  await app.database.transact(actor, async (tx) => {
    await sql`
      INSERT INTO platform.backup_run (tenant_id, id, started_at, finished_at, result, file, bytes, problem)
      VALUES (${tenant}, ${uuidv7()}, ${finished.startedAt}, ${finished.finishedAt}, ${finished.result}, ${finished.file},
        ${finished.bytes}, ${finished.problem})`.execute(tx);
  });
  if (finished.result === 'done') await removeOld(backupFolder, tenant, backupKeep);
  else app.log.error({ problem: finished.problem }, 'backup: failed');
  return finished;
}

type Outcome = Pick<BackupRun, 'result' | 'file' | 'bytes' | 'problem'>;

/** Runs the backup command in a process of its own, so that the server keeps answering. */
export async function runBackup(app: App, folder: string): Promise<Outcome> {
  const { config } = app;
  const stamp = app
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
  const file = `gongzhi-${config.tenant}-${stamp}.backup`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { result: 'failed', file: null, bytes: null, problem: (error as Error).message.slice(0, 300) };
  }
  const args = ['backup', '--out', join(folder, file), '--json'];
  args.push('--data', config.dataDir, '--history-folder', config.historyFolder);
  args.push('--jurisdiction', config.jurisdiction, '--tenant', String(config.tenant));
  if (config.backupKeyFile !== null) args.push('--key-file', config.backupKeyFile);
  const env = {
    ...process.env,
    ...(config.databaseUrl === null ? {} : { DATABASE_URL: config.databaseUrl }),
    ...(config.appDatabaseUrl === null ? {} : { GONGZHI_APP_DATABASE_URL: config.appDatabaseUrl }),
  };
  const { code, said, complained } = await output(args, env);
  if (code !== 0) return { result: 'failed', file: null, bytes: null, problem: complained.trim().slice(-300) };
  const { bytes } = JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as { bytes: number };
  return { result: 'done', file, bytes, problem: null };
}

function output(args: readonly string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ code: number; said: string; complained: string }>((resolve) => {
    const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, complained] = ['', ''];
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (complained = (complained + chunk).slice(-4000)));
    child.on('error', (error) => resolve({ code: 1, said, complained: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, said, complained }));
  });
}

/** Removes the oldest backups by schedule beyond `keep`; other files of the folder are nobody's business here. */
export async function removeOld(folder: string, tenant: number, keep: number): Promise<readonly string[]> {
  const ours = new RegExp(`^gongzhi-${tenant}-\\d{8}T\\d{6}Z\\.backup$`);
  const names = (await readdir(folder)).filter((name) => ours.test(name)).sort();
  const old = names.slice(0, Math.max(0, names.length - keep));
  for (const name of old) await unlink(join(folder, name));
  return old;
}
