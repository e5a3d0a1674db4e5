import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BackupError } from './backup-error.ts';
import { sequencesOf, type Table, tablesOf } from './catalogue.ts';
import { type BackupKey, newHeader, writeFrames } from './frames.ts';
import { type Manifest, recordOf, type Total, type Totals } from './records.ts';

export type BackupSettings = {
  /** The role that owns the tables. */
  readonly ownerUrl: string;
  readonly tenant: number;
  readonly dataDir: string;
  readonly historyFolder: string;
  readonly out: string;
  readonly key: BackupKey | null;
  /** Puts the keys in as well: then whoever has the backup can read everything. */
  readonly withKeys: boolean;
  readonly now: Date;
  readonly progress: (done: number, of: number) => void;
};

export type BackupReport = Omit<Totals, 'sha256'> & { readonly bytes: number };

/**
 * Writes everything of one tenant into one file: what every table held at one moment, then the uploaded files. The
 * platform may go on working meanwhile. The file appears under its name only when it is whole and on the disk.
 */
export async function writeBackup(settings: BackupSettings): Promise<BackupReport> {
  const { out } = settings;
  if (existsSync(out)) throw new BackupError('backup.exists', out);
  const part = `${out}.part`;
  const client = new pg.Client({ connectionString: settings.ownerUrl, application_name: 'gongzhi backup' });
  await client.connect();
  try {
    const totals: { end: Totals | null } = { end: null };
    const header = newHeader(settings.key, { tenant: settings.tenant, createdAt: settings.now.toISOString() });
    const records = Readable.from(recordsOf(client, settings, totals), { objectMode: false });
    const file = createWriteStream(part, { flags: 'wx', mode: 0o600 });
    const frames = (source: AsyncIterable<Buffer>) => writeFrames(source, header, settings.key);
    await pipeline(records, createZstdCompress(), frames, file);
    await makeDurable(part, out);
    const { end } = totals;
    if (!end) throw new Error('the backup has no end');
    return { tables: end.tables, rows: end.rows, files: end.files, bytes: (await stat(out)).size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(part, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function makeDurable(part: string, out: string): Promise<void> {
  const file = await open(part, 'r+');
  await file.sync();
  await file.close();
  await rename(part, out);
  const folder = await open(dirname(out), 'r');
  await folder.sync();
  await folder.close();
}

async function* recordsOf(
  client: pg.Client,
  settings: BackupSettings,
  totals: { end: Totals | null },
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256');
  const sum = { tables: 0, rows: 0, files: 0 };
  const noted = (total: Total) => {
    whole.update(total.sha256);
    return total;
  };
  // The history folder first: what it says must not be ahead of the tables.
  const history: Found[] = [];
  for await (const file of filesOf(settings.historyFolder, 'history')) history.push(file);
  const sizes = await Promise.all(history.map(async ({ path }) => (await stat(path)).size));
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query('SELECT platform.enter($1, $2)', [settings.tenant, 'system:backup']);
  yield recordOf('manifest', await manifestOf(client, settings));
  const tables = await tablesOf(client);
  const of = tables.reduce((bytes, table) => bytes + table.bytes, 0);
  let done = 0;
  for (const table of tables) {
    yield recordOf('table', { name: table.name, columns: table.columns });
    const total = yield* tableData(client, table, (bytes) => settings.progress(Math.min(done + bytes, of), of));
    yield recordOf('tableEnd', noted(total));
    done += table.bytes;
    sum.tables++;
    sum.rows += total.count;
  }
  await client.query('COMMIT');
  for (const [at, { path, name }] of history.entries()) {
    yield* fileRecords(path, name, sizes[at] ?? 0, noted);
    sum.files++;
  }
  const folders = ['files', ...(settings.withKeys ? ['keys'] : [])];
  for (const folder of folders) {
    for await (const { path, name } of filesOf(join(settings.dataDir, folder), folder)) {
      yield* fileRecords(path, name, Number.MAX_SAFE_INTEGER, noted);
      sum.files++;
    }
  }
  settings.progress(of, of);
  totals.end = { ...sum, sha256: whole.digest('hex') };
  yield recordOf('end', totals.end);
}

async function manifestOf(client: pg.Client, settings: BackupSettings): Promise<Manifest> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM platform.migration ORDER BY name',
  );
  return {
    tenant: settings.tenant,
    createdAt: settings.now.toISOString(),
    migrations: rows,
    sequences: await sequencesOf(client),
    withKeys: settings.withKeys,
  };
}

async function* tableData(
  client: pg.Client,
  { name, columns }: Table,
  progress: (bytes: number) => void,
): AsyncGenerator<Buffer, Total> {
  // As a query, so that row security leaves only the tenant's rows, on a partitioned table too.
  const stream = client.query(copyTo(`COPY (SELECT ${columns.join(', ')} FROM ${name}) TO STDOUT`));
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    progress(bytes);
    yield recordOf('data', chunk);
  }
  return { count: stream.rowCount, sha256: hash.digest('hex') };
}

type Found = { readonly path: string; readonly name: string };

async function* filesOf(folder: string, name: string): AsyncGenerator<Found> {
  if (!existsSync(folder)) return;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(path, `${name}/${entry.name}`);
    // What is just being uploaded belongs to no row yet; passwords of the bundled server are made anew.
    else if (!entry.name.endsWith('.part') && entry.name !== 'database.json') {
      yield { path, name: `${name}/${relative(folder, path)}` };
    }
  }
}

/** One file, up to `most` bytes; one that was erased meanwhile is left out. */
async function* fileRecords(
  path: string,
  name: string,
  most: number,
  noted: (total: Total) => Total,
): AsyncGenerator<Buffer> {
  if (!existsSync(path)) return;
  yield recordOf('file', { path: name });
  const hash = createHash('sha256');
  let count = 0;
  if (most > 0) {
    for await (const chunk of createReadStream(path, { end: most - 1 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      count += chunk.length;
      yield recordOf('data', chunk);
    }
  }
  yield recordOf('fileEnd', noted({ count, sha256: hash.digest('hex') }));
}
