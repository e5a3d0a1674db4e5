import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { csvLine } from '../../kit/csv.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { type Locale, LOCALES, say, type Texts } from '../../platform/i18n/texts.ts';
import { type OrganisationKind, organisationKinds } from '../organisations/index.ts';
import type { EntryItem, ImportReport, LeadInput } from './contract.ts';
import { type DispatchEntry, ENTRY_LEVELS, type EntryLevel } from './rules/dispatch.ts';
import { tenant } from './rows.ts';
import { insertEntry, openEntries } from './write-entries.ts';

/** Columns of the dispatch list as a file; headings are taken in either language or by these names. */
const COLUMNS = [
  'number',
  'class',
  'class_name',
  'level',
  'area',
  'lead',
  'assists',
  'legal_basis',
  'decided_by',
  'from',
  'to',
] as const;
type ColumnName = (typeof COLUMNS)[number];
const NEEDED: readonly ColumnName[] = ['class', 'level', 'lead', 'legal_basis'];
const MOST_ROWS = 2_000;

/** Writes entries as CSV with a mark, so that spreadsheet programs read Chinese as UTF-8. */
export function writeCsv(items: readonly EntryItem[], texts: Texts, locale: Locale): string {
  const heading = COLUMNS.map((column) => say(texts, locale, `catalogue.csv.${column}`));
  const name = (body: EntryItem['lead']) => (body.by === 'kind' ? body.kind.nameZh : body.organisation.name);
  const lines = items.map((item) =>
    csvLine([
      item.number,
      item.class.code,
      locale === 'en' ? item.class.nameEn : item.class.nameZh,
      item.level,
      item.area.code,
      name(item.lead),
      item.assists.map(name).join('、'),
      item.legalBasis,
      item.decidedBy,
      dayOf(new Date(item.validFrom)),
      item.validTo === null ? '' : dayOf(new Date(item.validTo)),
    ]),
  );
  return `\uFEFF${[csvLine(heading), ...lines].join('\r\n')}\r\n`;
}

type Row = Readonly<Partial<Record<ColumnName, string>>>;

/** Reads a file's rows by their headings; refuses a file that is no CSV or lacks a column. */
function readCsv(csv: string, texts: Texts): Result<readonly Row[]> {
  let rows: string[][];
  try {
    rows = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return refuse('catalogue.csv_unreadable');
  }
  const [heading, ...body] = rows;
  if (body.length > MOST_ROWS) return refuse('catalogue.csv_too_long', { most: MOST_ROWS });
  const columns = (heading ?? []).map((title) => columnOf(title, texts));
  const missing = NEEDED.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const names = missing.map((column) => say(texts, 'zh-CN', `catalogue.csv.${column}`)).join('、');
    return refuse('catalogue.csv_columns', { columns: names });
  }
  return body.map((cells) => {
    const row: Partial<Record<ColumnName, string>> = {};
    cells.forEach((cell, index) => {
      const column = columns[index];
      // A quote in front keeps spreadsheets from running a cell as a formula; it is not part of the text.
      if (column) row[column] = cell.replace(/^'(?=[=+\-@])/, '').normalize('NFC');
    });
    return row;
  });
}

function columnOf(title: string, texts: Texts): ColumnName | null {
  const found = COLUMNS.find(
    (column) => column === title || LOCALES.some((locale) => say(texts, locale, `catalogue.csv.${column}`) === title),
  );
  return found ?? null;
}

type Known = {
  readonly kinds: readonly OrganisationKind[];
  readonly organisations: ReadonlyMap<string, string>;
  readonly jurisdiction: string;
  readonly texts: Texts;
};

/** Organisations by full or short name; a name that two of them bear cannot be told apart and is left out. */
async function organisationsByName(tx: ReadTx, names: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ name: string; id: string }>`
    SELECT n.name, min(o.id::text) AS id FROM unnest(${[...names]}::text[]) AS n (name)
    JOIN organisations.organisation o ON n.name IN (o.name, o.short_name)
    WHERE o.tenant_id = ${tenant} AND o.valid_to IS NULL
    GROUP BY n.name HAVING count(DISTINCT o.id) = 1`.execute(tx);
  return new Map(found.rows.map((row) => [row.name, row.id]));
}

function bodyOf(text: string, known: Known): LeadInput | null {
  const kind = known.kinds.find((one) => [one.kind, one.nameZh, one.nameEn].includes(text));
  if (kind) return { by: 'kind', kind: kind.kind };
  const id = known.organisations.get(text);
  return id === undefined ? null : { by: 'organisation', id };
}

function assistNames(row: Row): string[] {
  return (row.assists ?? '')
    .split(/[、,，;；]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

type Read = {
  readonly number: number | null;
  readonly classCode: string;
  readonly level: EntryLevel;
  readonly areaCode: string;
  readonly lead: LeadInput;
  readonly assists: readonly LeadInput[];
  readonly legalBasis: string;
  readonly decidedBy: string | null;
};

/** One row as an entry, or why it is none. */
function readRow(row: Row, known: Known): Result<Read> {
  const level = ENTRY_LEVELS.find(
    (each) =>
      each === row.level || LOCALES.some((locale) => say(known.texts, locale, `catalogue.level.${each}`) === row.level),
  );
  if (!level) return refuse('catalogue.row_level', { text: row.level ?? '' });
  const lead = bodyOf(row.lead ?? '', known);
  if (!lead) return refuse('catalogue.row_body', { text: row.lead ?? '' });
  const assists: LeadInput[] = [];
  for (const name of assistNames(row)) {
    const body = bodyOf(name, known);
    if (!body) return refuse('catalogue.row_body', { text: name });
    assists.push(body);
  }
  const legalBasis = row.legal_basis ?? '';
  if (legalBasis === '' || legalBasis.length > 200) return refuse('catalogue.row_basis');
  const number = row.number ? Number(row.number) : null;
  if (number !== null && !(Number.isInteger(number) && number > 0 && number <= 100_000)) {
    return refuse('catalogue.row_number', { text: row.number ?? '' });
  }
  // Spreadsheets drop the zero in front of a class code.
  const code = /^\d$|^\d{3}$/.test(row.class ?? '') ? `0${row.class}` : (row.class ?? '');
  return {
    number,
    classCode: code,
    level,
    areaCode: row.area || known.jurisdiction,
    lead,
    assists,
    legalBasis,
    decidedBy: row.decided_by?.slice(0, 100) || null,
  };
}

export type ImportOptions = {
  readonly replace: boolean;
  /** Only say what would happen: everything is taken back. */
  readonly dryRun: boolean;
  readonly from: Date;
  readonly jurisdiction: string;
  readonly texts: Texts;
  readonly locale: Locale;
  /** Says why the actor may not touch entries of an area, or null. */
  readonly refuseArea: (areaCode: string) => Refusal | null;
};

/** Enters every row that fits; the others come back with their reasons. */
export async function importCsv(
  tx: WriteTx,
  actor: Actor,
  csv: string,
  options: ImportOptions,
  now: Date,
): Promise<Result<ImportReport>> {
  const rows = readCsv(csv, options.texts);
  if (isRefusal(rows)) return rows;
  const names = rows.flatMap((row) => [row.lead ?? '', ...assistNames(row)]);
  const known: Known = {
    kinds: await organisationKinds(tx),
    organisations: await organisationsByName(tx, [...new Set(names)]),
    jurisdiction: options.jurisdiction,
    texts: options.texts,
  };
  if (options.dryRun) await sql`SAVEPOINT dry_run`.execute(tx);
  const report = await enterRows(tx, actor, rows, known, options, now);
  if (options.dryRun) await sql`ROLLBACK TO SAVEPOINT dry_run`.execute(tx);
  return report;
}

async function enterRows(
  tx: WriteTx,
  actor: Actor,
  rows: readonly Row[],
  known: Known,
  options: ImportOptions,
  now: Date,
): Promise<ImportReport> {
  const counts = { added: 0, replaced: 0, unchanged: 0 };
  let open: readonly DispatchEntry[] = await openEntries(tx, options.from);
  const rejected: { row: number; refusal: Refusal; cells: Row }[] = [];
  for (const [index, row] of rows.entries()) {
    const read = readRow(row, known);
    const done = isRefusal(read) ? read : await enterRow(tx, actor, read, open, options, now);
    if (isRefusal(done)) {
      rejected.push({ row: index + 2, refusal: done, cells: row });
    } else {
      counts[done] += 1;
      if (done !== 'unchanged') open = await openEntries(tx, options.from);
    }
  }
  return { ...counts, ...reportRejected(rejected, options) };
}

async function enterRow(
  tx: WriteTx,
  actor: Actor,
  row: Read,
  open: readonly DispatchEntry[],
  options: ImportOptions,
  now: Date,
): Promise<Result<'added' | 'replaced' | 'unchanged'>> {
  const forbidden = options.refuseArea(row.areaCode);
  if (forbidden) return forbidden;
  const twin = open.find(
    (entry) => entry.classCode === row.classCode && entry.level === row.level && entry.areaCode === row.areaCode,
  );
  if (twin && sameEntry(twin, row)) return 'unchanged';
  const replaces = options.replace && twin ? twin : null;
  const made = await insertEntry(tx, actor, { ...row, assists: [...row.assists], from: options.from, replaces }, now);
  if (isRefusal(made)) return made;
  return replaces ? 'replaced' : 'added';
}

function sameEntry(entry: DispatchEntry, row: Read): boolean {
  const lead = row.lead.by === 'kind' ? entry.leadKind === row.lead.kind : entry.leadOrganisationId === row.lead.id;
  const assists = row.assists.map((each) => (each.by === 'kind' ? each.kind : each.id)).sort();
  const before = [...entry.assistKinds, ...entry.assistIds].sort();
  return (
    lead &&
    entry.legalBasis === row.legalBasis &&
    entry.decidedBy === (row.decidedBy ?? '') &&
    (row.number === null || row.number === entry.entryNumber) &&
    assists.join('\n') === before.join('\n')
  );
}

function reportRejected(
  rejected: readonly { row: number; refusal: Refusal; cells: Row }[],
  { texts, locale }: ImportOptions,
): Pick<ImportReport, 'rejected' | 'rejectedCsv'> {
  if (rejected.length === 0) return { rejected: [], rejectedCsv: null };
  const explained = rejected.map(({ row, refusal, cells }) => ({
    row,
    code: refusal.code,
    message: say(texts, locale, `refusal.${refusal.code}`, refusal.details),
    cells,
  }));
  const heading = [
    ...COLUMNS.map((column) => say(texts, locale, `catalogue.csv.${column}`)),
    say(texts, locale, 'catalogue.csv.reason'),
  ];
  const lines = explained.map(({ cells, message }) =>
    csvLine([...COLUMNS.map((column) => cells[column] ?? ''), message]),
  );
  return {
    rejected: explained.map(({ cells: _, ...rest }) => rest),
    rejectedCsv: `\uFEFF${[csvLine(heading), ...lines].join('\r\n')}\r\n`,
  };
}
