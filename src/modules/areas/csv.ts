import { parse } from 'csv-parse/sync';
import { type Refusal, refuse } from '../../kit/result.ts';
import { csvLine } from '../../kit/csv.ts';

export type CsvRow = Readonly<Record<string, string>>;

const MOST_ROWS = 200_000;

/**
 * Reads a CSV text with a head line; the names of its columns are brought to those of `columns` (name → spellings).
 * Refuses what is no CSV, has no row, or lacks every column of `required`.
 */
export function readCsv(
  text: string,
  columns: Readonly<Record<string, readonly string[]>>,
  required: readonly string[],
): readonly CsvRow[] | Refusal {
  const head = new Map<string, string>();
  for (const [name, spellings] of Object.entries(columns)) {
    for (const spelling of [name, ...spellings]) head.set(spelling.toLowerCase(), name);
  }
  let rows: CsvRow[];
  try {
    rows = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => head.get(name.trim().toLowerCase()) ?? `other:${name}`),
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    }) as CsvRow[];
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    return refuse('areas.csv_invalid', { line: line ?? 1 });
  }
  const first = rows[0];
  if (!first) return refuse('areas.import_empty');
  if (rows.length > MOST_ROWS) return refuse('areas.import_too_large', { maximum: MOST_ROWS });
  if (!required.some((name) => name in first)) return refuse('areas.csv_columns', { columns: required.join(', ') });
  return rows;
}

/** Writes a CSV text: byte order mark for spreadsheets, one line each, formulas defused. */
export function writeCsv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${[head, ...rows].map((row) => csvLine(row)).join('\r\n')}\r\n`;
}
