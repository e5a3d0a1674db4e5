import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { isRefusal, type Refusal, refuse } from '../../kit/result.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Database, ReadTx, WriteTx } from '../../platform/database/database.ts';
import { askForWay } from '../../platform/outbox/outbox.ts';
import { type Candidate, candidates, jurisdictionTest } from '../areas/index.ts';
import { type Filing, type IntakeDeps, registerCases } from '../cases/index.ts';
import type { Mapping } from './rules/mapping.ts';
import { REPORT_COLUMNS, type ReadRow, readRow, type TableRow } from './rules/row.ts';
import type { Table, TableRecord } from './table.ts';

export type ImportParts = IntakeDeps & {
  readonly database: Database;
  readonly tenant: number;
  readonly now: () => Date;
};

export type Rejection = {
  readonly line: number;
  readonly row: TableRow;
  readonly sourceId: string | null;
  readonly refusal: Refusal;
};

export type ImportCounts = {
  rows: number;
  created: number;
  /** Rows whose source id was imported before. */
  known: number;
  rejected: number;
  /** Of the created: already closed in the source, still open. */
  closed: number;
  open: number;
};

export type ImportOptions = {
  readonly dryRun: boolean;
  readonly onRejected: (rejection: Rejection) => void;
  readonly onProgress: (counts: Readonly<ImportCounts>) => void;
};

/** Rows a transaction: large enough to share statements, small enough that a stop loses little work. */
const BATCH = 1000;

/** What names of areas were found to mean: a table names few places, many times. */
type NamedAreas = Map<string, string | Refusal>;

type Prepared = { readonly record: TableRecord; readonly read: ReadRow };

/**
 * Imports a table. Every row becomes a case, is known already, or is reported with its reason. Each batch commits on
 * its own; after a crash the same command goes on where it stopped, because known source ids are skipped.
 */
export async function importCases(
  parts: ImportParts,
  table: Table,
  mapping: Mapping,
  options: ImportOptions,
): Promise<ImportCounts> {
  const counts: ImportCounts = { rows: 0, created: 0, known: 0, rejected: 0, closed: 0, open: 0 };
  const digests = new Map<string, number>();
  const seen = new Set<string>();
  const areas: NamedAreas = new Map();
  const byDigest = 'rowDigest' in mapping.sourceId;
  const reject = (record: TableRecord, sourceId: string | null, refusal: Refusal) => {
    counts.rejected += 1;
    options.onRejected({ line: record.line, row: record.row, sourceId, refusal });
  };
  let batch: Prepared[] = [];
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    // One at a time; the next rows are read while these are written.
    await writing;
    askForWay(parts.database, parts.tenant);
    const rows = batch;
    batch = [];
    writing = importBatch(parts, mapping, areas, rows, counts, reject, options.dryRun);
    // Thrown where it is waited for.
    writing.catch(() => undefined);
    options.onProgress(counts);
  };
  try {
    for await (const record of table.records) {
      counts.rows += 1;
      const digest = byDigest ? digestOf(record.row, digests) : '';
      // What a corrected row is known by must not change with the correction; a source's own id stands in its column.
      const kept = byDigest ? record.row[REPORT_COLUMNS.sourceId] || digest : null;
      if (record.ragged) {
        reject(record, kept, refuse('imports.ragged', { line: record.line }));
        continue;
      }
      const read = readRow(record.row, mapping, digest, parts.now());
      if (isRefusal(read)) reject(record, kept, read);
      else if (seen.has(read.sourceId))
        reject(record, read.sourceId, refuse('imports.repeated_id', { id: read.sourceId.slice(0, 60) }));
      else {
        seen.add(read.sourceId);
        batch.push({ record, read });
      }
      if (batch.length >= BATCH) await flush();
    }
    await flush();
  } finally {
    // What is under way ends first, also when the table breaks off.
    await Promise.allSettled([writing]);
  }
  await writing;
  options.onProgress(counts);
  return counts;
}

const ADDED: ReadonlySet<string> = new Set(Object.values(REPORT_COLUMNS));

/** A digest of the row's content; identical rows are told apart by their order. */
function digestOf(row: TableRow, digests: Map<string, number>): string {
  const content = Object.entries(row).filter(([name]) => !ADDED.has(name));
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
  const turn = (digests.get(digest) ?? 0) + 1;
  digests.set(digest, turn);
  return turn === 1 ? digest : `${digest}-${turn}`;
}

type Reject = (record: TableRecord, sourceId: string | null, refusal: Refusal) => void;

async function importBatch(
  parts: ImportParts,
  mapping: Mapping,
  areas: NamedAreas,
  batch: readonly Prepared[],
  counts: ImportCounts,
  reject: Reject,
  dryRun: boolean,
): Promise<void> {
  if (batch.length === 0) return;
  const actor = systemActor(parts.tenant, 'import');
  class RolledBack extends Error {}
  const outcome = {
    known: 0,
    created: [] as ReadRow[],
    refused: [] as { record: TableRecord; sourceId: string; refusal: Refusal }[],
  };
  const work = async (tx: WriteTx) => {
    // Two imports of one source at once wait for each other, so that none doubles what the other has just entered.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import:${parts.tenant}:${mapping.source}`}, 0))`.execute(
      tx,
    );
    const known = await knownIds(
      tx,
      parts.tenant,
      mapping.source,
      batch.map(({ read }) => read.sourceId),
    );
    const fresh = batch.filter(({ read }) => !known.has(read.sourceId));
    outcome.known = batch.length - fresh.length;
    const placed = await placeAll(tx, mapping, areas, fresh);
    for (const { prepared, result } of placed) {
      if (isRefusal(result))
        outcome.refused.push({ record: prepared.record, sourceId: prepared.read.sourceId, refusal: result });
    }
    const filings = placed.flatMap(({ prepared, result }) => (isRefusal(result) ? [] : [{ prepared, filing: result }]));
    const results = await registerCases(
      tx,
      parts,
      actor,
      filings.map(({ filing }) => filing),
      parts.now(),
    );
    for (const [index, result] of results.entries()) {
      const prepared = filings[index]?.prepared;
      if (!prepared) continue;
      if (isRefusal(result))
        outcome.refused.push({ record: prepared.record, sourceId: prepared.read.sourceId, refusal: result });
      else outcome.created.push(prepared.read);
    }
    if (dryRun) throw new RolledBack();
  };
  await parts.database.transact(actor, work).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  counts.known += outcome.known;
  counts.created += outcome.created.length;
  counts.closed += outcome.created.filter((row) => row.closedAt !== null).length;
  counts.open += outcome.created.filter((row) => row.closedAt === null).length;
  for (const { record, sourceId, refusal } of outcome.refused) reject(record, sourceId, refusal);
}

async function knownIds(
  tx: ReadTx,
  tenant: number,
  source: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ source_id: string }>`
    SELECT source_id FROM cases.case_file
    WHERE tenant_id = ${tenant} AND source = ${source} AND source_id = ANY(${[...ids]})`.execute(tx);
  return new Set(rows.map((row) => row.source_id));
}

type Placed = { prepared: Prepared; result: Filing | Refusal };

async function placeAll(
  tx: ReadTx,
  mapping: Mapping,
  areas: NamedAreas,
  fresh: readonly Prepared[],
): Promise<Placed[]> {
  const inside = await jurisdictionTest(tx);
  for (const name of new Set(fresh.flatMap(({ read }) => read.areaName ?? [])))
    if (!areas.has(name)) areas.set(name, await areaByName(tx, name));
  // All at once: what they ask of the database travels together.
  return Promise.all(
    fresh.map(async (prepared) => ({ prepared, result: await filingOf(mapping, areas, inside, prepared.read) })),
  );
}

type InsideTest = Awaited<ReturnType<typeof jurisdictionTest>>;

async function filingOf(
  mapping: Mapping,
  areas: NamedAreas,
  isInside: InsideTest,
  read: ReadRow,
): Promise<Filing | Refusal> {
  const areaCode = read.areaName ? areas.get(read.areaName) : read.areaCode;
  if (areaCode === undefined) throw new Error('an area that was not looked up');
  if (isRefusal(areaCode)) return areaCode;
  const inside = read.point ? await isInside(read.point[0], read.point[1]) : true;
  if (inside === false && mapping.point?.outside === 'reject') return refuse('cases.place_outside');
  return {
    title: read.title,
    body: read.body,
    classCode: read.classCode,
    // Where no boundary is known nobody can say that a point is inside; "drop" then drops it, too.
    place: {
      areaCode,
      point: inside === true || mapping.point?.outside === 'reject' ? read.point : null,
      text: read.placeText,
    },
    channel: 'import',
    urgency: read.urgency,
    confidential: false,
    requester: null,
    anonymous: true,
    contactable: false,
    publicConsent: false,
    occurredAt: null,
    fileIds: [],
    settlement: null,
    imported: {
      source: mapping.source,
      sourceId: read.sourceId,
      openedAt: read.openedAt,
      handledAt: read.handledAt,
      closedAt: read.closedAt,
      solved: null,
      satisfaction: null,
      answer: read.answer,
    },
  };
}

/** What counts as naming an area. What only sounds like it or holds a part of its name is a guess. */
const NAMES: readonly Candidate['reason'][] = ['name', 'in_text', 'code', 'former'];

/** One area that is named alone is taken; a name that several areas bear is never guessed. */
async function areaByName(tx: ReadTx, name: string): Promise<string | Refusal> {
  const found = await candidates(tx, name, 5);
  const [first, second] = found.filter(({ reason }) => NAMES.includes(reason));
  if (!first) return refuse('imports.area_unknown', { name: name.slice(0, 60) });
  if (second && second.score >= first.score) return refuse('imports.area_ambiguous', { name: name.slice(0, 60) });
  return first.code;
}
