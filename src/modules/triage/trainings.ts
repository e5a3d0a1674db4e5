import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';

const tenant = sql`nullif(current_setting('app.tenant', true), '')::int`;

/** A training that has not moved for this long died with its process. */
const DEAD_MS = 10 * 60_000;

export type TrainingRow = {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly share: number;
  readonly askedAt: Date;
  readonly version: number | null;
};

/** Enters a training; null when one runs already. */
export async function beginTraining(tx: WriteTx, by: string, now: Date): Promise<string | null> {
  await sql`
    UPDATE triage.training SET state = 'failed'
    WHERE tenant_id = ${tenant} AND state = 'running' AND seen_at < ${new Date(now.getTime() - DEAD_MS)}`.execute(tx);
  const id = uuidv7(now.getTime());
  const { rows } = await sql`
    INSERT INTO triage.training (tenant_id, id, asked_at, asked_by, state, share, seen_at)
    VALUES (${tenant}, ${id}, ${now}, ${by}, 'running', 0, ${now})
    ON CONFLICT (tenant_id) WHERE state = 'running' DO NOTHING RETURNING id`.execute(tx);
  return rows.length === 0 ? null : id;
}

export async function moveTraining(tx: WriteTx, id: string, share: number, now: Date): Promise<void> {
  await sql`
    UPDATE triage.training SET share = greatest(share, ${share}), seen_at = ${now}
    WHERE tenant_id = ${tenant} AND id = ${id} AND state = 'running'`.execute(tx);
}

export async function endTraining(tx: WriteTx, id: string, version: number | null): Promise<void> {
  const state = version === null ? 'failed' : 'done';
  await sql`
    UPDATE triage.training SET state = ${state}, share = 1, version = ${version}
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
}

export async function lastTraining(tx: ReadTx): Promise<TrainingRow | null> {
  const { rows } = await sql<TrainingRow>`
    SELECT id, state, share, asked_at AS "askedAt", version FROM triage.training
    WHERE tenant_id = ${tenant} ORDER BY (state = 'running') DESC, asked_at DESC, id DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}
