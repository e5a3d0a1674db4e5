import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { caseNumber } from '../src/kit/case-number.ts';
import { uuidv7 } from '../src/kit/ids.ts';
import { chainEvent, GENESIS } from '../src/modules/cases/rules/chain.ts';
import { sha256 } from '../src/modules/cases/record.ts';
import { loadConfig, readArguments } from '../src/platform/config/config.ts';
import { openDatabase } from '../src/platform/database/open-database.ts';
import { quietLog } from '../src/platform/testing/quiet-log.ts';

/**
 * `node bench/fill-cases.ts --data FOLDER --cases N [--from N]`: multiplies the cases of a demo by COPY, each copy with an id, a
 * number and a hash chain of its own, so that `verify` holds over all of them. For measuring alone.
 */
const { flags } = readArguments(process.argv.slice(2), ['cases', 'from']);
const wanted = Number(flags.get('cases') ?? 1_000_000);
/** Where the numbers begin, to add to what an earlier run made. */
const first = Number(flags.get('from') ?? 0);
const config = loadConfig(process.env, new Map([...flags, ['data', flags.get('data') ?? (await scratch())]]));
const { tenant } = config;
const TABLES = ['case_file', 'case_text', 'event', 'event_content'] as const;
type TableName = (typeof TABLES)[number];
/** Longer ones are rare in life, and would make the measure one of the demo's stories. */
const LONGEST_CHAIN = 6;
const BATCH = 2000;

type Lines = Readonly<Record<TableName, readonly string[]>>;
type Event = {
  readonly seq: number;
  readonly row: Record<string, unknown>;
};
type Template = {
  readonly id: string;
  readonly number: string;
  readonly lines: Lines;
  readonly events: readonly Event[];
};

const opened = await openDatabase(config, { log: quietLog, say: console.log, mode: 'join' });
const client = new pg.Client({ connectionString: opened.ownerUrl });
await client.connect();
await client.query('SET synchronous_commit = off');
const columns = await columnsOf();
const templates = await loadTemplates();
if (templates.length === 0) throw new Error('no case of a demo to multiply; start the platform once with its demo');
console.log(
  `${templates.length} cases to multiply, ${templates.reduce((sum, one) => sum + one.events.length, 0)} events`,
);
const started = performance.now();
// Row security binds the owner, and COPY does not load under it.
for (const table of TABLES) await client.query(`ALTER TABLE cases.${table} NO FORCE ROW LEVEL SECURITY`);
let made = 0;
while (made < wanted) {
  const count = Math.min(BATCH, wanted - made);
  const batch: Record<TableName, string[]> = { case_file: [], case_text: [], event: [], event_content: [] };
  for (let at = 0; at < count; at++)
    multiply(templates[(made + at) % templates.length] as Template, first + made + at, batch);
  await client.query('BEGIN');
  for (const table of TABLES) await load(table, batch[table]);
  await client.query('COMMIT');
  made += count;
  if (made % 50_000 < BATCH) console.log(`${made} cases in ${Math.round((performance.now() - started) / 1000)} s`);
}
for (const table of TABLES) await client.query(`ALTER TABLE cases.${table} FORCE ROW LEVEL SECURITY`);
// No event told of these cases, so the log walks over all of them once, as after an upgrade.
await client.query('BEGIN');
await client.query('SELECT platform.enter($1, $2)', [tenant, 'system:bench']);
await client.query('UPDATE ledger.log SET swept_once = false WHERE tenant_id = $1', [tenant]);
await client.query('COMMIT');
await client.query('ANALYZE');
console.log(`${made} cases made in ${Math.round((performance.now() - started) / 1000)} s`);
await client.end();
await opened.close();

function scratch(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gongzhi-bench-'));
}

async function columnsOf(): Promise<Readonly<Record<TableName, readonly string[]>>> {
  const { rows } = await client.query<{ table: TableName; columns: string[] }>(
    `SELECT c.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'cases' AND c.relname = ANY($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname`,
    [[...TABLES]],
  );
  return Object.fromEntries(rows.map((row) => [row.table, row.columns])) as Record<TableName, string[]>;
}

async function loadTemplates(): Promise<readonly Template[]> {
  await client.query('BEGIN READ ONLY');
  await client.query('SELECT platform.enter($1, $2)', [tenant, 'system:bench']);
  const { rows } = await client.query<{ id: string; number: string }>(
    `SELECT id, number FROM cases.case_file WHERE tenant_id = $1 AND chain_length <= $2 AND master_case_id IS NULL
     AND source IS NULL ORDER BY id LIMIT 40`,
    [tenant, LONGEST_CHAIN],
  );
  const found: Template[] = [];
  for (const { id, number } of rows) {
    const lines = {} as Record<TableName, string[]>;
    for (const table of TABLES) lines[table] = await linesOf(table, id);
    const events = await client.query('SELECT * FROM cases.event WHERE tenant_id = $1 AND case_id = $2 ORDER BY seq', [
      tenant,
      id,
    ]);
    found.push({ id, number, lines, events: events.rows.map((row) => ({ seq: row.seq, row })) });
  }
  await client.query('COMMIT');
  return found;
}

/** Rows of one case in the text form of COPY. */
async function linesOf(table: TableName, id: string): Promise<string[]> {
  const key = table === 'case_file' ? 'id' : 'case_id';
  const order = table.startsWith('event') ? 'ORDER BY seq' : '';
  const selected = columns[table].map((name) => `${name}::text`).join(', ');
  const { rows } = await client.query({
    text: `SELECT ${selected} FROM cases.${table} WHERE tenant_id = $1 AND ${key} = $2 ${order}`,
    values: [tenant, id],
    rowMode: 'array',
  });
  return rows.map((row: (string | null)[]) => row.map(field).join('\t'));
}

function field(value: string | null): string {
  if (value === null) return '\\N';
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function multiply(template: Template, serial: number, into: Record<TableName, string[]>): void {
  const id = uuidv7();
  const day = new Date(Date.UTC(2020, 0, 1 + Math.floor(serial / 5000)));
  const number = caseNumber(day.toISOString().slice(0, 10), 1 + (serial % 5000));
  const renamed = (text: string) => text.replaceAll(template.id, id).replaceAll(template.number, number);
  let previous: Uint8Array = GENESIS;
  for (const [at, line] of template.lines.event.entries()) {
    const event = template.events[at];
    if (!event) throw new Error('an event without its line');
    const hash = hashOf(event.row, renamed, id, previous);
    const fields = renamed(line).split('\t');
    fields[columns.event.indexOf('previous_hash')] = `\\\\x${Buffer.from(previous).toString('hex')}`;
    fields[columns.event.indexOf('hash')] = `\\\\x${Buffer.from(hash).toString('hex')}`;
    into.event.push(fields.join('\t'));
    previous = hash;
  }
  for (const line of template.lines.case_file) {
    const fields = renamed(line).split('\t');
    fields[columns.case_file.indexOf('chain_head')] = `\\\\x${Buffer.from(previous).toString('hex')}`;
    into.case_file.push(fields.join('\t'));
  }
  for (const table of ['case_text', 'event_content'] as const) into[table].push(...template.lines[table].map(renamed));
}

function hashOf(row: Record<string, unknown>, renamed: (text: string) => string, caseId: string, previous: Uint8Array) {
  const payload = JSON.parse(renamed(JSON.stringify(row['payload'])));
  const event = {
    seq: row['seq'],
    kind: row['kind'],
    at: (row['at'] as Date).toISOString(),
    actorId: row['actor_id'],
    party: row['party'],
    organisationId: row['organisation_id'],
    payload,
    files: row['file_ids'],
  };
  const chained = {
    tenant,
    caseId,
    actorKind: row['actor_kind'],
    event,
    contentCommitment: row['content_commitment'],
    fileHashes: row['file_hashes'],
  };
  return chainEvent(previous, chained as Parameters<typeof chainEvent>[1], sha256);
}

async function load(table: TableName, lines: readonly string[]): Promise<void> {
  const copy = client.query(copyFrom(`COPY cases.${table} (${columns[table].join(', ')}) FROM STDIN`));
  const done = new Promise<void>((resolve, reject) => copy.once('finish', resolve).once('error', reject));
  copy.end(`${lines.join('\n')}\n`);
  await done;
}
