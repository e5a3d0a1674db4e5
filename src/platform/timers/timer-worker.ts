import { sql } from 'kysely';
import type { TimerHandler } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database, WriteTx } from '../database/database.ts';
import { describeError } from '../database/describe-error.ts';
import type { Log } from '../log.ts';
import { inSpan } from '../observe/trace.ts';
import { backOff, startWorker, type Worker } from '../worker.ts';
import { type Timer, toTimer } from './timers.ts';

export type TimerSettings = {
  readonly database: Database;
  readonly tenant: number;
  readonly handlers: Readonly<Record<string, TimerHandler>>;
  readonly now: () => Date;
  readonly log: Log;
  /** Milliseconds between two looks; 1000 unless told. */
  readonly every?: number;
};

/**
 * Fires timers as they fall due, in order; those that fell due while nothing ran come first after a start. Any number
 * of processes may do so at a time.
 */
export function startTimers(settings: TimerSettings): Worker {
  return startWorker({
    name: 'timers',
    every: settings.every ?? 1000,
    log: settings.log,
    run: (stopping) => fireDueTimers(settings, stopping),
  });
}

/** Fires all that is due now, one after the other; answers how many fired. */
export async function fireDueTimers(settings: TimerSettings, stopping: () => boolean = () => false): Promise<number> {
  let fired = 0;
  while (!stopping()) {
    const outcome = await fireNext(settings);
    if (outcome === 'none') break;
    if (outcome === 'fired') fired++;
  }
  return fired;
}

type Claimed = Timer & { readonly attempts: number; readonly runAt: Date };

/**
 * The handler runs in the transaction that deletes the timer, so it takes effect exactly once. The timer is deleted
 * first, for the handler may set it anew.
 */
async function fireNext(settings: TimerSettings): Promise<'fired' | 'failed' | 'none'> {
  const { database, tenant, handlers } = settings;
  const actor = systemActor(tenant, 'timers');
  let claimed: Claimed | null = null;
  try {
    return await database.transact(
      actor,
      async (tx) => {
        const now = settings.now();
        claimed = await claim(tx, tenant, Object.keys(handlers), now);
        if (claimed === null) return 'none';
        const timer: Timer = claimed;
        await inSpan('timer', { kind: timer.kind }, async () => handlers[timer.kind]?.(timer, tx, now));
        return 'fired';
      },
      { tries: 3 },
    );
  } catch (error) {
    // TypeScript does not see the assignment inside the callback.
    const timer = claimed as Claimed | null;
    if (timer === null) throw error;
    await postpone(settings, timer, error);
    return 'failed';
  }
}

/**
 * Takes the timer that has been due longest. One whose subject has an earlier one waits for it, also when another
 * process works on that: until its transaction ends the row is still seen.
 */
async function claim(tx: WriteTx, tenant: number, kinds: readonly string[], now: Date): Promise<Claimed | null> {
  const { rows } = await sql<{
    tenant_id: number;
    kind: string;
    subject: string;
    name: string;
    due_at: Date;
    run_at: Date;
    attempts: number;
    payload: unknown;
  }>`
    SELECT tenant_id, kind, subject, name, due_at, run_at, attempts, payload
    FROM platform.timer t
    WHERE tenant_id = ${tenant} AND run_at <= ${now} AND kind = ANY(${kinds}::text[])
      AND NOT EXISTS (
        SELECT FROM platform.timer e
        WHERE e.tenant_id = t.tenant_id AND e.subject = t.subject AND e.kind = ANY(${kinds}::text[])
          AND (e.run_at, e.kind, e.name) < (t.run_at, t.kind, t.name))
    ORDER BY run_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED`.execute(tx);
  const row = rows[0];
  if (!row) return null;
  await tx
    .deleteFrom('platform.timer')
    .where('tenant_id', '=', tenant)
    .where('subject', '=', row.subject)
    .where('kind', '=', row.kind)
    .where('name', '=', row.name)
    .execute();
  return { ...toTimer(row), attempts: row.attempts, runAt: row.run_at };
}

/** Puts a timer whose handler failed off; never gives it up. One that was moved meanwhile is left as it is. */
async function postpone(settings: TimerSettings, timer: Claimed, error: unknown): Promise<void> {
  const attempts = timer.attempts + 1;
  const lastError = describeError(error);
  settings.log.error({ kind: timer.kind, subject: timer.subject, attempts, error: lastError }, 'a timer failed');
  await settings.database.transact(systemActor(settings.tenant, 'timers'), (tx) =>
    tx
      .updateTable('platform.timer')
      .set({ attempts, last_error: lastError, run_at: new Date(settings.now().getTime() + backOff(attempts)) })
      .where('tenant_id', '=', timer.tenant)
      .where('subject', '=', timer.subject)
      .where('kind', '=', timer.kind)
      .where('name', '=', timer.name)
      .where('run_at', '=', timer.runAt)
      .execute(),
  );
}
