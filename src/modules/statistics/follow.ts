import { sql } from 'kysely';
import type { App, BatchConsumer } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { startWorker, type Worker } from '../../platform/worker.ts';
import { addUncounted, countCases, lockProgress } from './count-cases.ts';
import { fineSince } from './fineness.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

/** Cases of one slice of the first count. */
const SLICE = { first: 2000, least: 500, most: 40_000 };
/** What a slice may take: between two of them events of the day have their turn, and are to be in the counts within 2 s. */
const MOST_MS = 800;

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
export async function countFirst(
  app: App,
  stopping: () => boolean = () => false,
  first: number = SLICE.first,
): Promise<boolean> {
  const actor = systemActor(app.config.tenant, 'statistics');
  let slice = first;
  for (;;) {
    const began = performance.now();
    const done = await app.database.transact(actor, (tx) => countSlice(tx, tenantPrefix(app), app.now(), slice));
    if (done || stopping()) return done;
    slice = nextSlice(slice, performance.now() - began);
  }
}

/** As many cases as fit into the time of one slice on this machine, going by the last one. */
function nextSlice(cases: number, took: number): number {
  const growth = Math.min(2, Math.max(0.25, MOST_MS / Math.max(took, 1)));
  return Math.min(SLICE.most, Math.max(SLICE.least, Math.round(cases * growth)));
}

async function countSlice(tx: WriteTx, root: string, now: Date, slice: number): Promise<boolean> {
  const { countedTo, countedAt, fineFrom } = await lockProgress(tx, fineSince(now));
  if (countedAt !== null) return true;
  // Room to sum a slice in memory; no more than this and only until the transaction ends.
  await sql`SET LOCAL work_mem = '64MB'`.execute(tx);
  const after = countedTo === null ? sql`true` : sql`c.id > ${countedTo}::uuid`;
  const { rows } = await sql<{ cases: number; last: string | null }>`
    SELECT count(*)::int AS cases, max(id::text)::uuid AS last FROM (
      SELECT id FROM cases.case_file c WHERE tenant_id = ${tenant} AND ${after} ORDER BY id LIMIT ${slice}) AS s`.execute(
    tx,
  );
  const { cases = 0, last = null } = rows[0] ?? {};
  if (last !== null) await addUncounted(tx, sql`${after} AND c.id <= ${last}::uuid`, { root, fineFrom });
  const whole = cases < slice;
  await sql`
    UPDATE statistics.progress SET counted = counted + ${cases}, counted_to = coalesce(${last}::uuid, counted_to),
      counted_at = ${whole ? now : null}
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
