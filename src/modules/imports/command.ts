import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, parse as parsePath, resolve } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { Texts } from '../../platform/i18n/texts.ts';
import { type ImportCounts, type ImportParts, importCases } from './import-cases.ts';
import { ImportError } from './import-error.ts';
import { openReport } from './report.ts';
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

const OWN_MAPPINGS = join(import.meta.dirname, 'mappings');

export type ImportOutcome = ImportCounts & {
  /** Refusal code → rows rejected for it. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Path of the report of rejected rows; null when there are none. */
  readonly report: string | null;
};

/** `import cases FILE --map MAP [--report FILE] [--dry-run] [--json]`: answers the exit code. */
export async function importCommand(parts: ImportParts, texts: Texts, args: ImportArguments): Promise<number> {
  const bar = args.json || !process.stderr.isTTY ? null : progressBar();
  const mapping = await readMapping(args.map);
  const outcome = await importFile(parts, texts, mapping, args, {
    total: async () => bar?.start(await countRecords(args.file), 0),
    rows: (count) => bar?.update(count),
  });
  bar?.stop();
  const told = { source: mapping.source, dryRun: args.dryRun, ...outcome };
  process.stdout.write(args.json ? `${JSON.stringify(told)}\n` : summary(mapping, outcome, args.dryRun));
  return 0;
}

type Progress = { readonly total: () => Promise<void>; readonly rows: (count: number) => void };

/** Imports a file and writes the report of what could not be taken. Throws `ImportError` when nothing can be read. */
export async function importFile(
  parts: ImportParts,
  texts: Texts,
  mapping: Mapping,
  args: Pick<ImportArguments, 'file' | 'report' | 'dryRun'>,
  progress?: Progress,
): Promise<ImportOutcome> {
  if (!existsSync(args.file)) throw new ImportError(`no file ${args.file}`);
  const path = args.report ?? defaultReport(args.file);
  if (resolve(path) === resolve(args.file)) {
    throw new ImportError('the report would overwrite the file itself; name another with --report');
  }
  const table = await openTable(args.file);
  checkColumns(mapping, table);
  await progress?.total();
  const report = openReport(path, table.columns, texts);
  const started = performance.now();
  const counts = await importCases(parts, table, mapping, {
    dryRun: args.dryRun,
    onRejected: report.add,
    onProgress: ({ rows }) => progress?.rows(rows),
  });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return { ...counts, reasons: report.reasons(), seconds, report: await report.close() };
}

export async function readMapping(map: string): Promise<Mapping> {
  const own = join(OWN_MAPPINGS, `${map}.json`);
  const path = existsSync(map) ? map : existsSync(own) ? own : null;
  if (!path) {
    throw new ImportError(`no mapping ${map}; give a file, or the name of one in ${parsePath(OWN_MAPPINGS).base}`);
  }
  const parsed = mappingSchema.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ImportError(`mapping ${path}: ${issue?.path.join('.')}: ${issue?.message}`);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new ImportError(`mapping ${path}: ${(error as Error).message}`);
  }
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

function progressBar(): SingleBar {
  const format = '{bar} {percentage}% | {value}/{total} | {eta_formatted}';
  return new SingleBar({ stream: process.stderr, format }, Presets.shades_classic);
}

function defaultReport(file: string): string {
  const { name } = parsePath(file);
  return `${name}.rejected.csv`;
}

function summary(mapping: Mapping, outcome: ImportOutcome, dryRun: boolean): string {
  const { rows, created, closed, open, known, rejected, reasons, seconds, report } = outcome;
  const lines = [
    `${mapping.source}${dryRun ? ' (dry run, nothing written)' : ''}: ${rows} rows in ${seconds} s`,
    `  ${created} cases (${closed} closed in the source, ${open} open), ${known} known before, ${rejected} rejected`,
    ...Object.entries(reasons).map(([code, count]) => `    ${count} × ${code}`),
    ...(report ? [`  rejected rows: ${report}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
