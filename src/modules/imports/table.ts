import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { TextDecoderStream } from 'node:stream/web';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { ImportError } from './import-error.ts';
import { plainCell } from '../../kit/csv.ts';
import { checkArchive } from '../../platform/files/index.ts';
import { REPORT_COLUMNS, type TableRow } from './rules/row.ts';

/** One record with its line in the file (the header is line 1); `ragged` when its cells do not fit the header. */
export type TableRecord = { readonly line: number; readonly row: TableRow; readonly ragged: boolean };

export type Table = { readonly columns: readonly string[]; readonly records: AsyncIterable<TableRecord> };

/** Opens a CSV (UTF-8 with or without mark, or GB 18030 as Chinese Excel writes it) or an XLSX file's first sheet. */
export async function openTable(path: string): Promise<Table> {
  return extname(path).toLowerCase() === '.xlsx' ? openXlsx(path) : openCsv(path);
}

async function openCsv(path: string): Promise<Table> {
  const encoding = await encodingOf(path);
  const parser = parse({
    bom: true,
    columns: false,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 4_000_000,
  });
  const text = Readable.toWeb(createReadStream(path)).pipeThrough(new TextDecoderStream(encoding) as never);
  Readable.fromWeb(text as never)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser);
  const lines = parser[Symbol.asyncIterator]() as AsyncIterator<Line>;
  const first = await nextLine(lines);
  const columns = first?.record.map((name) => name.trim()) ?? [];
  return { columns, records: recordsOf(columns, lines) };
}

type Line = { readonly record: string[]; readonly info: { readonly lines: number } };

async function nextLine(lines: AsyncIterator<Line>): Promise<Line | null> {
  try {
    const next = await lines.next();
    return next.done ? null : next.value;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw code?.startsWith('CSV_') ? new ImportError(`the file is no CSV: ${message}`) : error;
  }
}

async function* recordsOf(columns: readonly string[], lines: AsyncIterator<Line>): AsyncIterable<TableRecord> {
  for (let line = await nextLine(lines); line !== null; line = await nextLine(lines)) {
    const { record, info } = line;
    yield { line: info.lines, row: rowOf(columns, record), ragged: record.length !== columns.length };
  }
}

function rowOf(columns: readonly string[], cells: readonly string[]): TableRow {
  const row: Record<string, string> = {};
  // A report that comes back has an apostrophe before what a spreadsheet would have run.
  const guarded = columns.includes(REPORT_COLUMNS.line);
  for (const [index, name] of columns.entries())
    row[name] = guarded ? plainCell(cells[index] ?? '') : (cells[index] ?? '');
  if (cells.length > columns.length) row[REPORT_COLUMNS.extra] = cells.slice(columns.length).join(' | ');
  return row;
}

/** UTF-8 unless some byte of the file is not: then GB 18030, which every older Chinese encoding is a part of. */
async function encodingOf(path: string): Promise<'utf-8' | 'gb18030'> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of createReadStream(path)) decoder.decode(part as Uint8Array, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return 'gb18030';
  }
}

async function openXlsx(path: string): Promise<Table> {
  const bytes = await readFile(path);
  // Looked at as an upload is: a workbook made to fill the memory is not unfolded.
  const unsafe = await checkArchive(bytes);
  if (unsafe) {
    const why = unsafe.code === 'files.archive_bomb' ? 'unfolds to more than any real one' : 'cannot be read safely';
    throw new ImportError(`the workbook ${why}; save it anew in a spreadsheet program, or as CSV, and import that`);
  }
  const { default: readXlsx } = await import('read-excel-file/node');
  const sheet = (await readXlsx(bytes)) as unknown;
  const rows = (
    Array.isArray(sheet) && sheet[0] && 'data' in (sheet[0] as object)
      ? (sheet[0] as { data: unknown[][] }).data
      : sheet
  ) as unknown[][];
  const columns = (rows[0] ?? []).map((cell) => cellText(cell).trim());
  async function* records(): AsyncIterable<TableRecord> {
    for (const [index, cells] of rows.slice(1).entries()) {
      const texts = cells.map(cellText);
      if (texts.every((text) => text === '')) continue;
      yield { line: index + 2, row: rowOf(columns, texts), ragged: false };
    }
  }
  return { columns, records: records() };
}

/** Excel's dates have no zone: they are written as the wall clock they show. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  // A fraction of a day is not exact: half past nine may come as a hair before.
  const seconds = Math.round(cell.getTime() / 1000);
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
