import { setTimeout as wait } from 'node:timers/promises';
import type { Stage } from '../stage.ts';

type Counts = { readonly inserted: number; readonly updated: number; readonly deleted: number };

/** What a filing or a step writes itself; what follows from it later is left out. */
const TABLES = [
  ...['cases.case_file', 'cases.case_text', 'cases.event', 'cases.event_content', 'cases.number_serial'],
  ...['requesters.requester', 'platform.outbox', 'platform.idempotency'],
];

/** Sessions that rest tell what they counted after ten seconds. */
const UNTOLD_MS = 10_500;

/** Runs `work` and says how many rows it wrote for one of its operations: whether both sides of a comparison do the same. */
export async function rowsWritten<T>(stage: Stage, work: () => Promise<T>, operations: (result: T) => number) {
  await wait(UNTOLD_MS);
  const before = await countsOf(stage);
  const result = await work();
  await wait(UNTOLD_MS);
  const after = await countsOf(stage);
  const each = (key: keyof Counts) =>
    Math.round(((after[key] - before[key]) / Math.max(1, operations(result))) * 10) / 10;
  return { result, told: `${each('inserted')} inserted, ${each('updated')} updated` };
}

async function countsOf(stage: Stage): Promise<Counts> {
  const { rows } = await stage.client.query<Counts>(
    `SELECT sum(n_tup_ins)::float8 AS inserted, sum(n_tup_upd)::float8 AS updated, sum(n_tup_del)::float8 AS deleted
     FROM pg_stat_user_tables WHERE schemaname || '.' || relname = ANY($1)`,
    [TABLES],
  );
  return rows[0] ?? { inserted: 0, updated: 0, deleted: 0 };
}
