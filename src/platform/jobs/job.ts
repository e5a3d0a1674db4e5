import { sql } from 'kysely';
import type { App } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { WriteTx } from '../database/database.ts';
import { startWorker, type Worker } from '../worker.ts';

export type JobSettings = {
  readonly app: Pick<App, 'database' | 'config' | 'now' | 'log'>;
  /** Also the name under which all processes know it. */
  readonly name: string;
  /** Milliseconds between the end of one run and the next, whoever did it. */
  readonly every: number;
  readonly run: (stopping: () => boolean) => Promise<unknown>;
};

/** Whoever took a job and died holds it no longer than this. */
const TAKEN_MS = 60_000;
const RENEW_MS = 20_000;
/** How often a process looks whether a rare job is due. */
const LOOK_MS = 60_000;
/** Clocks and timers are not exact: a job of a minute may come a little early. */
const SLACK = 0.9;

/**
 * Work to be done now and then, once for all processes that share a database: backups, checkpoints, erasing. One that
 * fails is tried again at the next look. What is done by claiming rows (timers, outbox, messages) needs no job.
 */
export function startJob(settings: JobSettings): Worker {
  const { app, name, every } = settings;
  return startWorker({
    name,
    every: Math.min(every, LOOK_MS),
    log: app.log,
    run: (stopping) => runJob(settings, stopping),
  });
}

/** Does the job if it is due and nobody is at it; answers whether it was done here. */
export async function runJob(settings: JobSettings, stopping: () => boolean = () => false): Promise<boolean> {
  const { app, name, every } = settings;
  const { tenant } = app.config;
  const by = crypto.randomUUID();
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => app.database.transact(systemActor(tenant, 'jobs'), work);
  if (!(await write((tx) => take(tx, { tenant, name, every, by, now: app.now() })))) return false;
  const renewing = setInterval(() => {
    write((tx) => renew(tx, tenant, name, by, until(app.now()))).catch((error: Error) =>
      app.log.warn({ job: name, error: error.message }, 'a job could not say that it goes on'),
    );
  }, RENEW_MS);
  let done = false;
  try {
    await settings.run(stopping);
    done = true;
  } finally {
    clearInterval(renewing);
    await write((tx) => giveBack(tx, tenant, name, by, done ? app.now() : null));
  }
  return done;
}

const until = (now: Date) => new Date(now.getTime() + TAKEN_MS);

type Claim = {
  readonly tenant: number;
  readonly name: string;
  readonly every: number;
  readonly by: string;
  readonly now: Date;
};

async function take(tx: WriteTx, { tenant, name, every, by, now }: Claim): Promise<boolean> {
  const before = new Date(now.getTime() - every * SLACK);
  const { rows } = await sql`
    INSERT INTO platform.job AS j (tenant_id, name, taken_until, taken_by)
    VALUES (${tenant}, ${name}, ${until(now)}, ${by})
    ON CONFLICT (tenant_id, name) DO UPDATE SET taken_until = excluded.taken_until, taken_by = excluded.taken_by
    WHERE (j.taken_until IS NULL OR j.taken_until <= ${now}) AND (j.done_at IS NULL OR j.done_at <= ${before})
    RETURNING name`.execute(tx);
  return rows.length > 0;
}

async function renew(tx: WriteTx, tenant: number, name: string, by: string, to: Date): Promise<void> {
  await sql`
    UPDATE platform.job SET taken_until = ${to}
    WHERE tenant_id = ${tenant} AND name = ${name} AND taken_by = ${by}`.execute(tx);
}

async function giveBack(tx: WriteTx, tenant: number, name: string, by: string, doneAt: Date | null): Promise<void> {
  await sql`
    UPDATE platform.job SET taken_until = NULL, taken_by = NULL, done_at = coalesce(${doneAt}, done_at)
    WHERE tenant_id = ${tenant} AND name = ${name} AND taken_by = ${by}`.execute(tx);
}
