import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Migration } from '../database/migrations.ts';
import { BackupError } from './backup-error.ts';
import { hindrances } from './catalogue.ts';
import { type BackupKey, type FrameHeader, readFrames } from './frames.ts';
import {
  type FileBegin,
  jsonOf,
  type Manifest,
  type Record as BackupRecord,
  readRecords,
  type TableBegin,
  type Total,
  type Totals,
} from './records.ts';

export type OpenedBackup = {
  readonly header: FrameHeader;
  readonly manifest: Manifest;
  readonly records: AsyncGenerator<BackupRecord>;
};

/** Opens a backup and reads what it says of itself; `progress` hears how much of the file was read. */
export async function openBackup(
  path: string,
  key: BackupKey | null,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<OpenedBackup> {
  const { size } = await stat(path).catch(() => {
    throw new BackupError('backup.not_one', path);
  });
  const { header, content } = await readFrames(counted(path, size, progress), key);
  const plain = createZstdDecompress();
  const source = Readable.from(content, { objectMode: false });
  source.on('error', (error) => plain.destroy(error));
  const records = readRecords(asBackup(source.pipe(plain)));
  const first = await records.next();
  if (first.done || first.value.kind !== 'manifest') throw new BackupError('backup.damaged', 'no manifest');
  return { header, manifest: jsonOf<Manifest>(first.value), records };
}

async function* counted(path: string, size: number, progress: (done: number, of: number) => void) {
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    done += chunk.length;
    progress(done, size);
    yield chunk;
  }
}

/** What does not decompress is damaged; what the frames said themselves stays. */
async function* asBackup(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError('backup.damaged', (error as Error).message);
  }
}

/** The migrations the backup was made at; throws when this version does not know one of them, or not as it was. */
export function migrationsOf({ migrations }: Manifest, known: readonly Migration[]): readonly Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const strange = migrations.find(({ name, checksum }) => byName.get(name)?.checksum !== checksum);
  if (strange) throw new BackupError('backup.newer', strange.name);
  const names = new Set(migrations.map(({ name }) => name));
  return known.filter(({ name }) => names.has(name));
}

/**
 * Loads every table in one transaction and every file below `dataDir`, comparing each with what the backup says of it.
 * Throws before anything is committed when something does not fit.
 */
export async function loadBackup(
  client: pg.Client,
  { manifest, records }: OpenedBackup,
  dataDir: string,
): Promise<Omit<Totals, 'sha256'>> {
  await client.query('BEGIN');
  await client.query("SET LOCAL synchronous_commit = off; SET LOCAL maintenance_work_mem = '256MB'");
  const { off, on } = await hindrances(client);
  for (const statement of off) await client.query(statement);
  const totals = await loadRecords(client, records, dataDir);
  for (const statement of on) await client.query(statement);
  for (const { name, value, called } of manifest.sequences) {
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [name, value, called]);
  }
  // Asked for at the end so that the commit waits for the disk after all.
  await client.query('SET LOCAL synchronous_commit = on');
  await client.query('COMMIT');
  await client.query('ANALYZE');
  return totals;
}

async function loadRecords(
  client: pg.Client,
  records: AsyncGenerator<BackupRecord>,
  dataDir: string,
): Promise<Omit<Totals, 'sha256'>> {
  const whole = createHash('sha256');
  const sum = { tables: 0, rows: 0, files: 0 };
  let ended = false;
  for await (const record of records) {
    if (ended) throw new BackupError('backup.damaged', 'something follows the end');
    if (record.kind === 'table') {
      const total = await loadTable(client, jsonOf<TableBegin>(record), records);
      whole.update(total.sha256);
      sum.tables++;
      sum.rows += total.count;
    } else if (record.kind === 'file') {
      whole.update((await loadFile(dataDir, jsonOf<FileBegin>(record), records)).sha256);
      sum.files++;
    } else if (record.kind === 'end') {
      const end = jsonOf<Totals>(record);
      if (end.sha256 !== whole.digest('hex') || end.rows !== sum.rows || end.files !== sum.files) {
        throw new BackupError('backup.damaged', 'totals differ');
      }
      // Reading goes on: the last frame has yet to say that it is the last.
      ended = true;
    } else throw new BackupError('backup.damaged', `${record.kind} out of place`);
  }
  if (!ended) throw new BackupError('backup.cut_short');
  return sum;
}

async function loadTable(
  client: pg.Client,
  { name, columns }: TableBegin,
  records: AsyncGenerator<BackupRecord>,
): Promise<Total> {
  // Migrations may have put standard rows there.
  await client.query(`DELETE FROM ${name}`);
  const copy = client.query(copyFrom(`COPY ${name} (${columns.join(', ')}) FROM STDIN`));
  const failed = new Promise<never>((_, reject) => copy.once('error', reject));
  failed.catch(() => undefined);
  const finished = new Promise<void>((resolve) => copy.once('finish', resolve));
  const total = await takeData(records, 'tableEnd', async (content) => {
    // The record is a view into a buffer that is used again.
    if (!copy.write(Buffer.from(content))) {
      await Promise.race([new Promise<void>((resolve) => copy.once('drain', resolve)), failed]);
    }
  });
  copy.end();
  await Promise.race([finished, failed]);
  if (copy.rowCount !== total.count) throw new BackupError('backup.damaged', `${name}: rows differ`);
  return total;
}

const FOLDERS = /^(files|history|keys)\/(?!.*\.\.)[\w./-]+$/;

async function loadFile(dataDir: string, { path }: FileBegin, records: AsyncGenerator<BackupRecord>): Promise<Total> {
  if (!FOLDERS.test(path)) throw new BackupError('backup.damaged', 'a file outside its folder');
  const target = join(dataDir, path);
  await mkdir(dirname(target), { recursive: true, mode: path.startsWith('history/') ? 0o755 : 0o700 });
  let file: FileHandle | null = null;
  try {
    file = await open(target, 'wx', path.startsWith('history/') ? 0o644 : 0o600);
    const handle = file;
    const total = await takeData(records, 'fileEnd', async (content) => void (await handle.writeFile(content)));
    await file.sync();
    return total;
  } finally {
    await file?.close();
  }
}

/** Hands on data up to its end, and compares the hash. */
async function takeData(
  records: AsyncGenerator<BackupRecord>,
  ending: 'tableEnd' | 'fileEnd',
  write: (content: Buffer) => Promise<void>,
): Promise<Total> {
  const hash = createHash('sha256');
  for (;;) {
    const next = await records.next();
    if (next.done) throw new BackupError('backup.cut_short');
    if (next.value.kind === ending) {
      const total = jsonOf<Total>(next.value);
      if (total.sha256 !== hash.digest('hex')) throw new BackupError('backup.damaged', 'a checksum differs');
      return total;
    }
    if (next.value.kind !== 'data') throw new BackupError('backup.damaged', `${next.value.kind} out of place`);
    hash.update(next.value.content);
    await write(next.value.content);
  }
}
