import { join } from 'node:path';
import type { App } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { FolderInUse, type FolderLock, lockFolder } from '../../platform/database/embedded/folder-lock.ts';
import { startJob } from '../../platform/jobs/job.ts';
import { startWorker, type Worker } from '../../platform/worker.ts';
import { removeOldEntries } from './audit-batches.ts';
import { type GrowSettings, takeCheckpoints } from './grow.ts';
import { appendMirror, HistoryDiffers } from './mirror.ts';
import { monthsBefore } from './rules/term.ts';
import { latestCheckpoint } from './store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export type MirrorState = { readonly size: number | null; readonly problem: 'differs' | 'not_writable' | null };

const states = new WeakMap<App, MirrorState>();

/** How the history folder of this process stands. */
export function mirrorState(app: App): MirrorState {
  return states.get(app) ?? { size: null, problem: null };
}

/**
 * Signs checkpoints when they are due and removes audit entries after their term, once for all processes; each process
 * sees to the history folder it has.
 */
export function ledgerWorkers(app: App): readonly Worker[] {
  const folder = startWorker({ name: 'history folder', every: MINUTE_MS, log: app.log, run: () => keepMirror(app) });
  const signing = async (stopping: () => boolean) => {
    await signWhenDue(app, stopping);
    folder.wake();
  };
  return [
    startJob({ app, name: 'history', every: MINUTE_MS, run: signing }),
    startJob({ app, name: 'audit term', every: HOUR_MS, run: (stopping) => keepTerm(app, stopping) }),
    folder,
  ];
}

/** A checkpoint if one is due, then whatever the folder lacks. */
export async function keepHistory(app: App, stopping: () => boolean = () => false): Promise<void> {
  await signWhenDue(app, stopping);
  await keepMirror(app);
}

async function signWhenDue(app: App, stopping: () => boolean): Promise<void> {
  const settings: GrowSettings = {
    database: app.database,
    tenant: app.config.tenant,
    signer: app.signer,
    now: app.now,
  };
  const actor = systemActor(app.config.tenant, 'ledger');
  const latest = await app.database.read(actor, (tx) => latestCheckpoint(tx, app.config.tenant));
  const due = (latest?.at.getTime() ?? 0) + app.config.checkpointMinutes * MINUTE_MS;
  if (app.now().getTime() >= due) await takeCheckpoints(settings, stopping);
}

/**
 * Brings the history folder up to date. A folder that does not fit is an alarm, not a reason to stop signing. Where
 * several processes share a data folder, one writes at a time.
 */
export async function keepMirror(app: App): Promise<MirrorState> {
  const before = mirrorState(app);
  const lock = tryLock(join(app.config.dataDir, 'run', 'history'));
  if (lock === null) return before;
  try {
    return await mirror(app, before);
  } finally {
    lock.release();
  }
}

function tryLock(folder: string): FolderLock | null {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUse) return null;
    throw error;
  }
}

async function mirror(app: App, before: MirrorState): Promise<MirrorState> {
  let state: MirrorState;
  try {
    const { database, signer } = app;
    const { tenant, historyFolder: folder } = app.config;
    state = { size: await appendMirror({ database, tenant, folder, signer }), problem: null };
  } catch (error) {
    const problem = error instanceof HistoryDiffers ? 'differs' : 'not_writable';
    const isFile = typeof (error as NodeJS.ErrnoException).syscall === 'string';
    if (problem === 'not_writable' && !isFile) throw error;
    state = { size: null, problem };
    if (before.problem !== problem) app.log.error({ error: (error as Error).message }, `history folder: ${problem}`);
  }
  states.set(app, state);
  return state;
}

async function keepTerm(app: App, stopping: () => boolean): Promise<void> {
  const before = monthsBefore(app.now(), app.config.auditMonths);
  await removeOldEntries(app.database, app.config.tenant, before, app.now, stopping);
}
