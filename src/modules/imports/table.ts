import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { TextDecoderStream } from 'node:stream/web';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import readXlsx from 'read-excel-file/node';
import type { TableRow } from './rules/row.ts';

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
  const lines = parser[Symbol.asyncIterator]() as AsyncIterator<{ record: string[]; info: { lines: number } }>;
  const first = await lines.next();
  const columns = first.done ? [] : first.value.record.map((name) => name.trim());
  return { columns, records: recordsOf(columns, lines) };
}

async function* recordsOf(
  columns: readonly string[],
  lines: AsyncIterator<{ record: string[]; info: { lines: number } }>,
): AsyncIterable<TableRecord> {
  for (;;) {
    const next = await lines.next();
    if (next.done) return;
    const { record, info } = next.value;
    yield { line: info.lines, row: rowOf(columns, record), ragged: record.length !== columns.length };
  }
}

function rowOf(columns: readonly string[], cells: readonly string[]): TableRow {
  const row: Record<string, string> = {};
  for (const [index, name] of columns.entries()) row[name] = cells[index] ?? '';
  // Cells beyond the header are kept for the report, so that nothing of a bad row is lost.
  if (cells.length > columns.length) row._extra = cells.slice(columns.length).join(' | ');
  return row;
}

/** UTF-8 unless the first megabyte is not: then GB 18030, which every older Chinese encoding is a part of. */
async function encodingOf(path: string): Promise<'utf-8' | 'gb18030'> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1_048_576), 0, 1_048_576, 0);
    // A cut at the end of the buffer may fall into a character: up to three bytes are left out.
    for (let cut = 0; cut <= 3 && cut <= bytesRead; cut++) {
      if (isUtf8(buffer.subarray(0, bytesRead - cut))) return 'utf-8';
    }
    return 'gb18030';
  } finally {
    await file.close();
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

async function openXlsx(path: string): Promise<Table> {
  const sheet = (await readXlsx(path)) as unknown;
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
  return cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : String(cell);
}
