import { createWriteStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, parse as parsePath } from 'node:path';
import { once } from 'node:events';
import { Presets, SingleBar } from 'cli-progress';
import { csvLine } from '../../kit/text.ts';
import { say, type Texts } from '../../platform/i18n/texts.ts';
import { type ImportCounts, type ImportParts, importCases, type Rejection } from './import-cases.ts';
import { type Mapping, mappingSchema } from './rules/mapping.ts';
import { openTable, type Table } from './table.ts';

export type ImportArguments = {
  readonly file: string;
  /** Path of a mapping, or the name of one that comes with the platform. */
  readonly map: string;
  readonly report: string | null;
  readonly dryRun: boolean;
  readonly json: boolean;
};

/** Wrong arguments or an unreadable mapping: said in one line, no stack. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

const OWN_MAPPINGS = join(import.meta.dirname, 'mappings');

/** `import cases FILE --map MAP [--report FILE] [--dry-run] [--json]`: answers the exit code. */
export async function importCommand(parts: ImportParts, texts: Texts, args: ImportArguments): Promise<number> {
  if (!existsSync(args.file)) throw new ImportError(`no file ${args.file}`);
  const mapping = await loadMapping(args.map);
  const table = await openTable(args.file);
  checkColumns(mapping, table);
  const report = createReport(args.report ?? defaultReport(args.file), table, texts);
  const bar = args.json || !process.stderr.isTTY ? null : progressBar(await countRecords(args.file));
  const started = performance.now();
  const counts = await importCases(parts, table, mapping, {
    dryRun: args.dryRun,
    onRejected: report.add,
    onProgress: (now) => bar?.update(now.rows),
  });
  bar?.stop();
  const reportPath = await report.close();
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const reasons = report.reasons();
  if (args.json) {
    process.stdout.write(
      `${JSON.stringify({ source: mapping.source, dryRun: args.dryRun, ...counts, reasons, seconds, report: reportPath })}\n`,
    );
  } else {
    process.stdout.write(summary(mapping, counts, reasons, seconds, reportPath, args.dryRun));
  }
  return 0;
}

async function loadMapping(map: string): Promise<Mapping> {
  const own = join(OWN_MAPPINGS, `${map}.json`);
  const path = existsSync(map) ? map : existsSync(own) ? own : null;
  if (!path)
    throw new ImportError(`no mapping ${map}; give a file, or the name of one in ${parsePath(OWN_MAPPINGS).base}`);
  const parsed = mappingSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ImportError(`mapping ${path}: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** A column the mapping names and the file lacks is a mistake in one of them: nothing is imported. */
function checkColumns(mapping: Mapping, table: Table): void {
  const named = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'column' || key === 'lon' || key === 'lat') && typeof inner === 'string') named.add(inner);
      else if (key === 'template' && typeof inner === 'string')
        for (const match of inner.matchAll(/\{([^}]+)\}/g)) named.add(match[1] ?? '');
      else walk(inner);
    }
  };
  walk(mapping);
  const missing = [...named].filter((name) => !table.columns.includes(name));
  if (missing.length > 0)
    throw new ImportError(`the file has no column ${missing.map((name) => `"${name}"`).join(', ')}`);
}

async function countRecords(file: string): Promise<number> {
  let count = 0;
  for await (const _ of (await openTable(file)).records) count += 1;
  return count;
}

function progressBar(total: number): SingleBar {
  const bar = new SingleBar(
    { stream: process.stderr, format: '{bar} {percentage}% | {value}/{total} | {eta_formatted}' },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return bar;
}

function defaultReport(file: string): string {
  const { name } = parsePath(file);
  return `${name}.rejected.csv`;
}

/** Rejected rows as a table of the same columns with the reason beside, to be corrected and imported again. */
function createReport(path: string, table: Table, texts: Texts) {
  const columns = [...table.columns.filter((name) => !name.startsWith('_')), '_source_id', '_line', '_code', '_reason'];
  const reasons: Record<string, number> = {};
  let stream: ReturnType<typeof createWriteStream> | null = null;
  return {
    reasons: () => reasons,
    add: ({ line, row, sourceId, refusal }: Rejection) => {
      reasons[refusal.code] = (reasons[refusal.code] ?? 0) + 1;
      stream ??= openReport(path, columns);
      const reason = say(texts, 'zh-CN', `refusal.${refusal.code}`, refusal.details);
      const own = { ...row, _source_id: sourceId ?? '', _line: String(line), _code: refusal.code, _reason: reason };
      stream.write(`${csvLine(columns.map((name) => (own as Record<string, string>)[name] ?? ''))}\r\n`);
    },
    close: async (): Promise<string | null> => {
      if (!stream) return null;
      stream.end();
      await once(stream, 'close');
      return path;
    },
  };
}

function openReport(path: string, columns: readonly string[]) {
  const stream = createWriteStream(path);
  // The mark tells Excel that this is UTF-8.
  stream.write(`\uFEFF${csvLine(columns)}\r\n`);
  return stream;
}

function summary(
  mapping: Mapping,
  counts: ImportCounts,
  reasons: Readonly<Record<string, number>>,
  seconds: number,
  report: string | null,
  dryRun: boolean,
): string {
  const lines = [
    `${mapping.source}${dryRun ? ' (dry run, nothing written)' : ''}: ${counts.rows} rows in ${seconds} s`,
    `  ${counts.created} cases (${counts.closed} closed in the source, ${counts.open} open), ${counts.known} known before, ${counts.rejected} rejected`,
    ...Object.entries(reasons).map(([code, count]) => `    ${count} × ${code}`),
    ...(report ? [`  rejected rows: ${report}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
