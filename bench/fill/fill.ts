import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { withBar } from '../../src/commands/bar.ts';
import type { Share } from './copy-process.ts';
import { CaseMaker, type Plan } from './make-cases.ts';
import { type Columns, columnsOf, loadTemplates, TABLES } from './templates.ts';

export type FillOptions = {
  /** An address as superuser: row security and foreign keys are not asked while much is loaded. */
  readonly url: string;
  readonly tenant: number;
  readonly count: number;
  readonly seed?: number;
  /** Over how many days they came in; about 9,000 a day at most unless told. */
  readonly days?: number;
  /** At most so many events a case. */
  readonly events?: number;
  readonly searchable?: boolean;
  /** Only copies of this case. */
  readonly only?: string;
  /** Only copies of this case, with ids that can be told beforehand (`countedId`). */
  readonly counted?: { readonly series: string; readonly templateId: string } | undefined;
  readonly now?: Date;
};

export type Filled = { readonly cases: number; readonly seconds: number; readonly copySeconds: number };

/** At most so many events a case, unless told. */
export const EVENTS = 4;
/** Below this, building indexes anew costs more than it saves. */
const WORTH_REBUILDING = 50_000;
const SIX_YEARS = 2190;

/** Makes cases out of the demo's, by COPY, with chains that hold. The platform must not run, or not mind. */
export async function fill(options: FillOptions): Promise<Filled> {
  const began = performance.now();
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    const columns = await columnsOf(client);
    const plan = await planOf(client, columns, options);
    const indexes = options.count >= WORTH_REBUILDING ? await dropIndexes(client) : [];
    await copy(options.url, columns, plan);
    const copySeconds = (performance.now() - began) / 1000;
    await rebuild(client, indexes);
    await client.query(`VACUUM (ANALYZE) ${TABLES.join(', ')}`);
    return { cases: options.count, copySeconds, seconds: (performance.now() - began) / 1000 };
  } finally {
    await client.end();
  }
}

async function planOf(client: pg.Client, columns: Columns, options: FillOptions): Promise<Plan> {
  const { tenant, count, counted } = options;
  const organisations = await client.query<Plan['organisations'][number]>(
    `SELECT id, kind, left(area_code, 9) AS town FROM organisations.organisation
     WHERE tenant_id = $1 AND length(area_code) >= 9 AND valid_to IS NULL ORDER BY length(area_code) DESC, id`,
    [tenant],
  );
  const templates = await loadTemplates(
    client,
    tenant,
    columns,
    organisations.rows,
    options.events ?? EVENTS,
    counted?.templateId ?? options.only,
  );
  if (templates.length === 0) throw new Error('no case of a demo to multiply; start the platform once with its demo');
  const areas = await client.query<{ code: string }>(
    `SELECT code FROM areas.area WHERE tenant_id = $1 AND level = 'grid' AND valid_to IS NULL ORDER BY md5(code)`,
    [tenant],
  );
  const classes = await client.query<{ lane: string; codes: string[] }>(
    `SELECT lane, array_agg(code ORDER BY md5(code)) AS codes FROM catalogue.class
     WHERE tenant_id = $1 AND parent_code IS NOT NULL AND sensitivity = 'normal' AND valid_to IS NULL GROUP BY lane`,
    [tenant],
  );
  const made = await client.query<{ last: number }>(
    `SELECT count(*)::int AS last FROM cases.case_file WHERE tenant_id = $1 AND substr(number, 10, 6) >= '1'`,
    [tenant],
  );
  return {
    seed: options.seed ?? 1,
    count,
    first: made.rows[0]?.last ?? 0,
    days: options.days ?? Math.max(90, Math.min(SIX_YEARS, Math.ceil(count / 900))),
    now: (options.now ?? new Date()).getTime(),
    templates,
    areas: areas.rows.map(({ code }) => code),
    organisations: organisations.rows,
    classes: Object.fromEntries(classes.rows.map(({ lane, codes }) => [lane, codes])),
    texts: Math.max(500, Math.min(20_000, Math.ceil(count / 20))),
    searchable: options.searchable ?? true,
    counted: counted?.series ?? null,
  };
}

/** What fills the lines of a plan, for whoever loads them himself. */
export async function linesOf(options: FillOptions): Promise<{ columns: Columns; maker: CaseMaker }> {
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    const columns = await columnsOf(client);
    return { columns, maker: new CaseMaker(await planOf(client, columns, options)) };
  } finally {
    await client.end();
  }
}

type Index = { readonly name: string; readonly definition: string };

/** Without primary keys and what else keeps rows apart: those come in order, and are cheap. */
async function dropIndexes(client: pg.Client): Promise<readonly Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT x.indexrelid::regclass::text AS name, pg_get_indexdef(x.indexrelid) AS definition
     FROM pg_index x WHERE x.indrelid::regclass::text = ANY($1) AND NOT x.indisunique AND x.indisvalid`,
    [[...TABLES]],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows;
}

async function rebuild(client: pg.Client, indexes: readonly Index[]): Promise<void> {
  if (indexes.length === 0) return;
  await client.query(`SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2`);
  await withBar('indexes', false, async (progress) => {
    for (const [done, { definition }] of indexes.entries()) {
      progress(done, indexes.length);
      await client.query(definition);
    }
  });
}

async function copy(url: string, columns: Columns, plan: Plan): Promise<void> {
  const threads = plan.count < 5000 ? 1 : Math.max(2, Math.min(8, availableParallelism()));
  await withBar('cases', false, async (progress) => {
    let done = 0;
    const shares = Array.from({ length: threads }, (_, at): Share => {
      const [from, to] = [at, at + 1].map((part) => Math.floor((plan.count * part) / threads)) as [number, number];
      return { url, columns, plan, from, to };
    });
    await Promise.all(
      shares.map((share) =>
        copyShare(share, (count) => {
          done += count;
          progress(done, plan.count);
        }),
      ),
    );
  });
}

function copyShare(share: Share, copied: (count: number) => void): Promise<void> {
  const worker = new Worker(new URL('./copy-process.ts', import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.on('message', copied);
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a filling thread ended with ${code}`))));
  });
}
