import { sql } from 'kysely';
import type { App, BatchConsumer } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { startWorker, type Worker } from '../../platform/worker.ts';
import { countCases, lockProgress } from './count-cases.ts';
import { fineSince } from './fineness.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** Cases of one slice of the first count; between two slices events of the day have their turn. */
const SLICE = 1000;

/** Keeps the counts in line with cases and call-backs, many events in one transaction with their deliveries. */
export function countingConsumer(app: App): BatchConsumer {
  return {
    name: 'statistics',
    kinds: ['case.*', 'call_back.settled'],
    async handleAll(events, tx) {
      const { fineFrom } = await lockProgress(tx, fineSince(app.now()));
      await countCases(
        tx,
        events.map((event) => event.subject),
        { root: tenantPrefix(app), fineFrom },
      );
      const newest = new Date(Math.max(...events.map((event) => event.at.getTime())));
      await sql`
        UPDATE statistics.progress SET followed_at = greatest(followed_at, ${newest}::timestamptz)
        WHERE tenant_id = ${tenant}`.execute(tx);
    },
  };
}

/**
 * Counts the cases that were there before counts were kept, from where it stopped, slice by slice; answers whether all
 * are counted. A case that changes meanwhile is counted as it is, by whoever comes to it first.
 */
export async function countFirst(app: App, stopping: () => boolean = () => false): Promise<boolean> {
  const actor = systemActor(app.config.tenant, 'statistics');
  for (;;) {
    const done = await app.database.transact(actor, (tx) => countSlice(tx, tenantPrefix(app), app.now()));
    if (done || stopping()) return done;
  }
}

async function countSlice(tx: WriteTx, root: string, now: Date): Promise<boolean> {
  const { countedTo, countedAt, fineFrom } = await lockProgress(tx, fineSince(now));
  if (countedAt !== null) return true;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM cases.case_file
    WHERE tenant_id = ${tenant} ${countedTo === null ? sql`` : sql`AND id > ${countedTo}::uuid`}
    ORDER BY id LIMIT ${SLICE}`.execute(tx);
  await countCases(
    tx,
    rows.map(({ id }) => id),
    { root, fineFrom },
  );
  const whole = rows.length < SLICE;
  await sql`
    UPDATE statistics.progress SET counted = counted + ${rows.length},
      counted_to = coalesce(${rows.at(-1)?.id ?? null}::uuid, counted_to), counted_at = ${whole ? now : null}
    WHERE tenant_id = ${tenant}`.execute(tx);
  return whole;
}

/** Counts what was there before, in the background. */
export function firstCount(app: App): Worker {
  return startWorker({
    name: 'statistics first count',
    // Soon again after a lost connection: figures say that they are being counted until it is done.
    every: 60_000,
    log: app.log,
    run: (stopping) => countFirst(app, stopping),
  });
}
