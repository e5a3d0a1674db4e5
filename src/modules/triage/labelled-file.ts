import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Labelled } from './rules/model.ts';
import { type Words, wordsOf } from './rules/features.ts';
import { TriageError } from './triage-error.ts';
import { readWords } from './words.ts';

/** How the columns of a labelled file are read. */
const mappingSchema = z.strictObject({
  /** Where the words of the request stand; joined in this order. */
  body: z.array(z.string().min(1)).min(1),
  title: z.string().min(1).optional(),
  label: z.strictObject({
    column: z.string().min(1),
    /** What a label of the file is called here; without it labels are taken as they are. */
    values: z.record(z.string(), z.string()).optional(),
  }),
  /** The text is cut into words already, with spaces between them. */
  segmented: z.boolean().default(false),
});
type Mapping = z.output<typeof mappingSchema>;

type Cells = Readonly<Record<string, string>>;
type FileRecord = { readonly line: number; readonly row: Cells; readonly ragged: boolean };

/** A file that is opened when it is read; the caller knows its format. */
export type LabelledFile = {
  readonly path: string;
  readonly map: string;
  readonly open: () => Promise<{ readonly columns: readonly string[]; readonly records: AsyncIterable<FileRecord> }>;
};

export type RowProblem = { readonly line: number; readonly problem: string };
/** A text and the way to cut it again, so that the speed told counts the cutting. */
export type FileText = Labelled & { readonly recut: () => Words };
export type ReadFile = { readonly texts: readonly FileText[]; readonly problems: readonly RowProblem[] };

const OWN_MAPPINGS = join(import.meta.dirname, 'mappings');

/** Reads every row; those without text or label are told with their line and left out. Throws when nothing is left. */
export async function readLabelled(file: LabelledFile): Promise<ReadFile> {
  const mapping = await readMapping(file.map);
  if (!existsSync(file.path)) throw new TriageError(`no file ${file.path}`);
  const { columns, records } = await file.open();
  const missing = columnsOf(mapping).filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new TriageError(`${file.path} has no column ${missing.map((name) => `"${name}"`).join(', ')}`);
  const texts: FileText[] = [];
  const problems: RowProblem[] = [];
  for await (const { line, row, ragged } of records) {
    const read = ragged ? 'does not fit the header' : readRow(row, mapping);
    if (typeof read === 'string') problems.push({ line, problem: read });
    else texts.push(read);
  }
  if (new Set(texts.map(({ label }) => label)).size < 2) {
    const first = problems[0];
    const why = first ? `; line ${first.line}: ${first.problem}` : '';
    throw new TriageError(`${file.path} holds fewer than two labels to tell apart${why}`);
  }
  return { texts, problems };
}

function columnsOf({ title, body, label }: Mapping): readonly string[] {
  return [...(title === undefined ? [] : [title]), ...body, label.column];
}

function readRow(row: Cells, mapping: Mapping): FileText | string {
  const given = row[mapping.label.column]?.trim() ?? '';
  if (given === '') return `no label in column "${mapping.label.column}"`;
  const label = mapping.label.values ? mapping.label.values[given] : given;
  if (label === undefined) return `the mapping knows no label "${given.slice(0, 40)}"`;
  const recut = () => cut(row, mapping);
  const words = recut();
  return words.all.length === 0 ? 'no text' : { words, label, recut };
}

function cut(row: Cells, { title, body, segmented }: Mapping): Words {
  const head = title === undefined ? null : (row[title] ?? '');
  const text = body.map((name) => row[name] ?? '').join('\n');
  const spaced = (part: string) => part.split(/\s+/).filter((word) => word !== '');
  return segmented ? wordsOf(head === null ? [] : spaced(head), spaced(text)) : readWords(head, text);
}

async function readMapping(map: string): Promise<Mapping> {
  const own = join(OWN_MAPPINGS, `${map}.json`);
  const path = existsSync(map) ? map : existsSync(own) ? own : null;
  if (path === null) throw new TriageError(`no mapping ${map}; give a file, or labelled-segmented or labelled-raw`);
  try {
    return mappingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new TriageError(`mapping ${path}: ${said}`);
  }
}
