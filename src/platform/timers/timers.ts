import { sql } from 'kysely';
import type { ReadTx, WriteTx } from '../database/database.ts';
import { insertRows, type Statement, sendTogether } from '../database/rows.ts';

/** A deadline that fires once. Unique per (tenant, kind, subject, name); setting it again moves it. */
export type Timer = {
  readonly tenant: number;
  /** Which handler it is for, e.g. `case.clock`. */
  readonly kind: string;
  /** The id of what it is about, e.g. the case id. Timers of one subject fire in the order they are due. */
  readonly subject: string;
  /** Tells apart several timers of one kind and subject; empty when there is but one. */
  readonly name: string;
  readonly dueAt: Date;
  readonly payload: Readonly<Record<string, unknown>>;
};

export type NewTimer = Omit<Timer, 'name' | 'payload'> & Partial<Pick<Timer, 'name' | 'payload'>>;

const MOVE_IT = `ON CONFLICT (tenant_id, subject, kind, name) DO UPDATE
  SET due_at = excluded.due_at, run_at = excluded.run_at, payload = excluded.payload, attempts = 0, last_error = NULL`;

/** Sets a timer, or moves the one that is set. */
export async function setTimer(tx: WriteTx, timer: NewTimer): Promise<void> {
  await setTimers(tx, [timer]);
}

/** Sets many timers of one tenant at once; of two with the same key the last holds. */
export async function setTimers(tx: WriteTx, timers: readonly NewTimer[]): Promise<void> {
  await sendTogether(tx, timerInserts(timers));
}

/** The statements of `setTimers`, for a caller who sends them with others. */
export function timerInserts(timers: readonly NewTimer[]): Statement[] {
  const byKey = new Map(timers.map((timer) => [JSON.stringify([timer.subject, timer.kind, timer.name ?? '']), timer]));
  const rows = [...byKey.values()].map((timer) => ({
    tenant_id: timer.tenant,
    subject: timer.subject,
    kind: timer.kind,
    name: timer.name ?? '',
    due_at: timer.dueAt,
    run_at: timer.dueAt,
    payload: timer.payload ?? {},
  }));
  return insertRows('platform.timer', rows, { afterwards: MOVE_IT });
}

/** Sets a timer where none of its key is set; one that is set stays as it is. */
export async function setTimerUnlessSet(tx: WriteTx, timer: NewTimer): Promise<void> {
  await tx
    .insertInto('platform.timer')
    .values({
      tenant_id: timer.tenant,
      subject: timer.subject,
      kind: timer.kind,
      name: timer.name ?? '',
      due_at: timer.dueAt,
      run_at: timer.dueAt,
      payload: timer.payload ?? {},
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'subject', 'kind', 'name']).doNothing())
    .execute();
}

/** Removes the timers of a kind and subject, or only the one of that name. */
export async function clearTimers(
  tx: WriteTx,
  tenant: number,
  kind: string,
  subject: string,
  name?: string,
): Promise<void> {
  await tx.executeQuery(timersRemoval(tx, tenant, kind, subject, name));
}

/** The statement of `clearTimers`, for a caller who sends it with others. */
export function timersRemoval(tx: WriteTx, tenant: number, kind: string, subject: string, name?: string): Statement {
  let query = tx
    .deleteFrom('platform.timer')
    .where('tenant_id', '=', tenant)
    .where('subject', '=', subject)
    .where('kind', '=', kind);
  if (name !== undefined) query = query.where('name', '=', name);
  return query.compile();
}

export type FailingTimer = Timer & { readonly attempts: number; readonly nextTry: Date; readonly lastError: string };

/** Timers whose handler failed at least once and that are tried again, longest due first. */
export async function failingTimers(tx: ReadTx, tenant: number, limit: number): Promise<readonly FailingTimer[]> {
  const rows = await tx
    .selectFrom('platform.timer')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where(sql<boolean>`last_error IS NOT NULL`)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...toTimer(row),
    attempts: row.attempts,
    nextTry: row.run_at,
    lastError: row.last_error ?? '',
  }));
}

export function toTimer(row: {
  tenant_id: number;
  kind: string;
  subject: string;
  name: string;
  due_at: Date;
  payload: unknown;
}): Timer {
  return {
    tenant: row.tenant_id,
    kind: row.kind,
    subject: row.subject,
    name: row.name,
    dueAt: row.due_at,
    payload: row.payload as Timer['payload'],
  };
}
