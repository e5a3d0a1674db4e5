import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CaseMaker, emptyLines, type Plan } from './make-cases.ts';
import { type Columns, TABLES } from './templates.ts';

/** A thread that makes every case of its share and loads them by COPY, batch after batch. */
export type Share = {
  readonly url: string;
  readonly columns: Columns;
  readonly plan: Plan;
  readonly from: number;
  readonly to: number;
};

const BATCH = 2000;

const share = workerData as Share;
const client = new pg.Client({ connectionString: share.url });
await client.connect();
// The rows refer to one another as the platform's own do, and nothing here has to outlive a crash.
await client.query('SET session_replication_role = replica; SET synchronous_commit = off');
const maker = new CaseMaker(share.plan);
let loading: Promise<void> = Promise.resolve();
for (let from = share.from; from < share.to; from += BATCH) {
  const to = Math.min(share.to, from + BATCH);
  const lines = emptyLines();
  for (let place = from; place < to; place++) maker.make(place, lines);
  // The next batch is made while the server takes this one in.
  await loading;
  loading = load(lines).then(() => parentPort?.postMessage(to - from));
  loading.catch(() => undefined);
}
await loading;
await client.end();

async function load(lines: ReturnType<typeof emptyLines>): Promise<void> {
  await client.query('BEGIN');
  for (const table of TABLES) {
    if (lines[table].length === 0) continue;
    const names = share.columns[table].map(({ name }) => name).join(', ');
    const copy = client.query(copyFrom(`COPY ${table} (${names}) FROM STDIN`));
    const done = new Promise<void>((resolve, reject) => copy.once('finish', resolve).once('error', reject));
    copy.end(`${lines[table].join('\n')}\n`);
    await done;
  }
  await client.query('COMMIT');
}
