import { type RawBuilder, sql } from 'kysely';
import { audit } from '../audit/audit.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database, ReadTx, WriteTx } from '../database/database.ts';
import { jsonb } from '../database/values.ts';
import type { Log } from '../log.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { CurrentKeys, ManagedVault } from './create-vault.ts';
import type { Vault } from './vault.ts';

export type SealedRow = Readonly<Record<string, string | number | Buffer | null>>;

/** A table with sealed columns, so that rotations reach every one of them; a test compares these with the schema. */
export type SealedTable = {
  /** `schema.table`. */
  readonly table: string;
  /** The primary key after tenant_id; columns of type text, uuid, integer or bytea. */
  readonly key: readonly string[];
  readonly sealed: readonly string[];
  /** The context the column was sealed with. */
  readonly context: (column: string, row: SealedRow) => string;
  /** Blind indexes, made from what a sealed column holds. */
  readonly indexes?: readonly {
    readonly column: string;
    readonly of: string;
    readonly make: (vault: Vault, plain: string) => string;
  }[];
  /** A column that holds the version of the data key, where there is one. */
  readonly versionColumn?: string;
  /** Which rows are the tenant's, where the table has no tenant_id. */
  readonly ofTenant?: (tenant: number) => RawBuilder<boolean>;
};

export type ResealParts = {
  readonly database: Database;
  readonly vault: ManagedVault;
  readonly tables: readonly SealedTable[];
  readonly now: () => Date;
  readonly log: Log;
};

/** How often a process looks for keys that another made. */
const KEY_REFRESH_MS = 15_000;
/** Rows of one transaction: few enough that nobody waits for a lock noticeably. */
const BATCH = 200;

/**
 * Learns of new keys and seals anew, batch by batch, what a former key or cipher sealed; takes keys out of use when
 * nothing is left that needs them. Goes on where it stopped; any number of processes may run it.
 */
export function startResealing(parts: ResealParts): Worker {
  return startWorker({
    name: 'keys',
    every: KEY_REFRESH_MS,
    log: parts.log,
    run: async (stopping) => {
      await parts.vault.refresh();
      await resealAll(parts, stopping);
    },
  });
}

/** Seals everything anew that is not under the current keys; answers how many rows it changed. */
export async function resealAll(parts: ResealParts, stopping: () => boolean = () => false): Promise<number> {
  const target = targetOf(parts.vault.current());
  const actor = systemActor(parts.vault.tenant, 'keys');
  let done = 0;
  while (!stopping()) {
    const step = await parts.database.transact(actor, (tx) => resealBatch(tx, parts, target));
    done += step.rows;
    if (step.finished) break;
  }
  return done;
}

type Progress = {
  table_name: string | null;
  position: (string | number | null)[] | null;
  done: number;
  finished_at: Date | null;
};

type Batch = { readonly rows: number; readonly finished: boolean };

/** One batch, and where it stopped, in one transaction. */
async function resealBatch(tx: WriteTx, parts: ResealParts, target: string): Promise<Batch> {
  const { vault, tables } = parts;
  const now = parts.now();
  const current = vault.current();
  const progress = await progressOf(tx, vault.tenant, target, now);
  if (progress.finished_at) return { rows: 0, finished: true };
  const at = Math.max(
    0,
    tables.findIndex((each) => each.table === progress.table_name),
  );
  const table = tables[at];
  const rows = table ? await resealTable(tx, vault, table, progress, current) : [];
  const last = rows.at(-1);
  if (table && last && rows.length === BATCH) {
    await keep(tx, vault.tenant, target, { table: table.table, position: keyOf(table, last), more: BATCH }, now);
    return { rows: BATCH, finished: false };
  }
  const following = tables[at + 1] ?? null;
  await keep(tx, vault.tenant, target, { table: following?.table ?? null, position: null, more: rows.length }, now);
  if (following) return { rows: rows.length, finished: false };
  // A process that had not yet learnt of the key may have written behind us: look at everything once more.
  const left = await countOutdated(tx, vault.tenant, tables, current);
  const finished = [...left.values()].every((count) => count === 0);
  if (finished) await finish(tx, parts, target, current, now);
  return { rows: rows.length, finished };
}

async function resealTable(
  tx: WriteTx,
  vault: Vault,
  table: SealedTable,
  progress: Progress,
  current: CurrentKeys,
): Promise<readonly SealedRow[]> {
  const after = progress.table_name === table.table ? progress.position : null;
  const rows = await outdated(tx, vault.tenant, table, current, after);
  for (const row of rows) await resealRow(tx, vault, table, row, current);
  return rows;
}

/** Marks the work as done and the former keys as retired: nothing is left that needs them. */
async function finish(
  tx: WriteTx,
  { vault }: ResealParts,
  target: string,
  current: CurrentKeys,
  now: Date,
): Promise<void> {
  const { tenant } = vault;
  await sql`
    UPDATE platform.reseal SET finished_at = ${now}, updated_at = ${now}
    WHERE tenant_id = ${tenant} AND target = ${target}`.execute(tx);
  const retired = await sql<{ purpose: string; version: number }>`
    UPDATE platform.data_key SET retired_at = ${now}
    WHERE tenant_id = ${tenant} AND retired_at IS NULL AND ((purpose = 'seal' AND version < ${current.sealVersion})
      OR (purpose = 'index' AND version < ${current.indexVersion})) RETURNING purpose, version`.execute(tx);
  for (const { purpose, version } of retired.rows) {
    const entry = {
      action: 'keys.retire',
      targetKind: 'key',
      targetId: `${purpose}:${version}`,
      result: 'done',
    } as const;
    await audit(tx, systemActor(tenant, 'keys'), entry, now);
  }
}

async function progressOf(tx: WriteTx, tenant: number, target: string, now: Date): Promise<Progress> {
  await sql`
    INSERT INTO platform.reseal (tenant_id, target, started_at, updated_at) VALUES (${tenant}, ${target}, ${now}, ${now})
    ON CONFLICT (tenant_id, target) DO NOTHING`.execute(tx);
  // Back to a cipher that was current before: what was sealed in between has to be looked at again.
  await sql`
    UPDATE platform.reseal SET finished_at = NULL, table_name = NULL, position = NULL
    WHERE tenant_id = ${tenant} AND target = ${target} AND finished_at IS NOT NULL AND EXISTS (
      SELECT 1 FROM platform.reseal other WHERE other.tenant_id = ${tenant} AND other.target <> ${target}
        AND other.updated_at > reseal.finished_at)`.execute(tx);
  const found = await sql<Progress>`
    SELECT table_name, position, done, finished_at FROM platform.reseal
    WHERE tenant_id = ${tenant} AND target = ${target} FOR UPDATE`.execute(tx);
  const [row] = found.rows;
  if (!row) throw new Error('the progress of sealing anew is gone');
  return row;
}

type Kept = {
  readonly table: string | null;
  readonly position: readonly (string | number | null)[] | null;
  readonly more: number;
};

async function keep(tx: WriteTx, tenant: number, target: string, kept: Kept, now: Date): Promise<void> {
  await sql`
    UPDATE platform.reseal SET table_name = ${kept.table}, done = done + ${kept.more}, updated_at = ${now},
      position = ${kept.position === null ? null : jsonb(kept.position)}
    WHERE tenant_id = ${tenant} AND target = ${target}`.execute(tx);
}

/** Everything under one cipher, data key and index key. */
export function targetOf(current: CurrentKeys): string {
  return `${current.header.toString('hex')}:${current.indexVersion}`;
}

/** How many rows of each table hang on former keys or another cipher. */
export async function countOutdated(
  tx: ReadTx,
  tenant: number,
  tables: readonly SealedTable[],
  current: CurrentKeys,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM ${sql.table(table.table)}
      WHERE ${within(table, tenant)} AND ${isOutdated(table, current)}`.execute(tx);
    counts.set(table.table, rows[0]?.count ?? 0);
  }
  return counts;
}

function isOutdated(table: SealedTable, current: CurrentKeys): RawBuilder<boolean> {
  // The first bytes tell cipher and key; a column without a value is no work.
  const sealed = table.sealed.map((name) => sql`substring(${sql.ref(name)} FROM 1 FOR 5) <> ${current.header}`);
  const indexes = (table.indexes ?? []).map(({ column }) =>
    current.indexVersion === 1
      ? sql`${sql.ref(column)} LIKE '%:%'`
      : sql`NOT starts_with(${sql.ref(column)}, ${current.indexPrefix})`,
  );
  return sql<boolean>`(${sql.join([...sealed, ...indexes], sql` OR `)})`;
}

async function outdated(
  tx: WriteTx,
  tenant: number,
  table: SealedTable,
  current: CurrentKeys,
  after: readonly (string | number | null)[] | null,
): Promise<readonly SealedRow[]> {
  const key = table.key.map((name) => sql.ref(name));
  const columns = [...table.key, ...table.sealed, ...(table.indexes ?? []).map((index) => index.column)];
  const beyond = after ? sql`AND (${sql.join(key)}) > (${sql.join(after.map(readKey))})` : sql``;
  const { rows } = await sql<SealedRow>`
    SELECT ${sql.join([...new Set(columns)].map((name) => sql.ref(name)))} FROM ${sql.table(table.table)}
    WHERE ${within(table, tenant)} AND ${isOutdated(table, current)} ${beyond}
    ORDER BY ${sql.join(key)} LIMIT ${BATCH} FOR UPDATE`.execute(tx);
  return rows;
}

async function resealRow(
  tx: WriteTx,
  vault: Vault,
  table: SealedTable,
  row: SealedRow,
  current: CurrentKeys,
): Promise<void> {
  const plain = new Map<string, string>();
  for (const column of table.sealed) {
    const sealed = row[column];
    if (Buffer.isBuffer(sealed)) plain.set(column, vault.open(vault.tenant, sealed, table.context(column, row)));
  }
  const changes = [...plain].map(
    ([column, text]) => sql`${sql.ref(column)} = ${vault.seal(vault.tenant, text, table.context(column, row))}`,
  );
  for (const { column, of, make } of table.indexes ?? []) {
    const text = plain.get(of);
    if (text !== undefined && row[column] !== null) changes.push(sql`${sql.ref(column)} = ${make(vault, text)}`);
  }
  if (table.versionColumn) changes.push(sql`${sql.ref(table.versionColumn)} = ${current.sealVersion}`);
  const same = table.key.map((name) => sql`${sql.ref(name)} = ${row[name]}`);
  await sql`
    UPDATE ${sql.table(table.table)} SET ${sql.join(changes)}
    WHERE ${within(table, vault.tenant)} AND ${sql.join(same, sql` AND `)}`.execute(tx);
}

function within(table: SealedTable, tenant: number): RawBuilder<boolean> {
  return table.ofTenant?.(tenant) ?? sql<boolean>`tenant_id = ${tenant}`;
}

/** A key as JSON: bytes in hex after a mark that no text of a key begins with. */
function keyOf(table: SealedTable, row: SealedRow): (string | number | null)[] {
  return table.key.map((name) => {
    const value = row[name] ?? null;
    return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
  });
}

function readKey(value: string | number | null): string | number | Buffer | null {
  return typeof value === 'string' && value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex') : value;
}
