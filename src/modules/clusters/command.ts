import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { segment } from '../../platform/search/words.ts';
import { clusterItems } from './rules/cluster.ts';
import { heatOf } from './rules/heat.ts';
import { topicWords } from './rules/topic-words.ts';

/** A file or mapping that cannot be used, said to whoever runs the command. */
export class ClustersError extends Error {
  override readonly name = 'ClustersError';
}

/** How the columns of a file of requests are read; times are China's. */
const mappingSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  at: z.strictObject({ column: z.string(), formats: z.array(z.string()).min(1) }),
  /** A key that tells people apart. It is counted and never printed. */
  person: z.string(),
});

type Row = { readonly line: number; readonly row: Readonly<Record<string, string>>; readonly ragged: boolean };
export type RequestFile = {
  readonly path: string;
  readonly map: string;
  readonly open: () => Promise<{ readonly columns: readonly string[]; readonly records: AsyncIterable<Row> }>;
};

type Message = { id: string; title: string; at: Date; person: string | null; words: ReadonlyMap<string, number> };

const OWN_MAPPINGS = join(import.meta.dirname, 'mappings');
const TOP = 10;
const FEWEST_PEOPLE = 2;

/** `clusters FILE --map MAP [--json]`: the ten hottest issues of a file with their members; answers the exit code. */
export async function clustersCommand(file: RequestFile, json: boolean): Promise<number> {
  const started = performance.now();
  const { messages, problems } = await readMessages(file);
  const newest = Math.max(...messages.map(({ at }) => at.getTime()));
  const issues = clusterItems(messages.map(({ words, at }) => ({ words, at: at.getTime() })))
    .map((members) => members.map((at) => messages[at] as Message))
    .map((members) => issueOf(members, newest))
    .filter(({ people }) => people >= FEWEST_PEOPLE);
  const top = issues.sort((a, b) => b.heat - a.heat).slice(0, TOP);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  for (const problem of problems.slice(0, 20)) process.stderr.write(`${file.path}, ${problem}\n`);
  if (json)
    process.stdout.write(
      `${JSON.stringify({ file: file.path, messages: messages.length, issues: issues.length, seconds, top, problems })}\n`,
    );
  else for (const [at, issue] of top.entries()) process.stdout.write(linesOf(issue, at + 1));
  return 0;
}

function issueOf(members: readonly Message[], now: number) {
  const times = members.map(({ at }) => at.getTime());
  const { heat, people } = heatOf(
    members.map(({ person, at }) => ({ person, at: at.getTime() })),
    now,
  );
  const ordered = [...members].sort((a, b) => b.at.getTime() - a.at.getTime());
  return {
    title: ordered[0]?.title ?? '',
    heat,
    people,
    requests: members.length,
    from: new Date(Math.min(...times)).toISOString(),
    to: new Date(Math.max(...times)).toISOString(),
    members: ordered.map(({ id, title, at }) => ({ id, title, at: at.toISOString() })),
  };
}

function linesOf(issue: ReturnType<typeof issueOf>, rank: number): string {
  const { title, heat, people, requests, from, to, members } = issue;
  const head = `${rank}. ${title}\n   heat ${heat}, ${people} people, ${requests} requests, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  return `${[head, ...members.map((one) => `   ${one.id} ${one.at.slice(0, 10)} ${one.title}`)].join('\n')}\n`;
}

async function readMessages(file: RequestFile): Promise<{ messages: Message[]; problems: string[] }> {
  const mapping = await readMapping(file.map);
  if (!existsSync(file.path)) throw new ClustersError(`no file ${file.path}`);
  const { columns, records } = await file.open();
  const needed = [mapping.id, mapping.title, mapping.body, mapping.at.column, mapping.person];
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new ClustersError(`${file.path} has no column ${missing.map((name) => `"${name}"`).join(', ')}`);
  const messages: Message[] = [];
  const problems: string[] = [];
  for await (const { line, row, ragged } of records) {
    const read = (name: string) => row[name]?.trim() ?? '';
    const at = timeOf(read(mapping.at.column), mapping.at.formats);
    const title = read(mapping.title);
    if (ragged) problems.push(`line ${line}: does not fit the header`);
    else if (at === null) problems.push(`line ${line}: "${read(mapping.at.column).slice(0, 30)}" is no time`);
    else if (title === '') problems.push(`line ${line}: no title`);
    else
      messages.push({
        id: read(mapping.id),
        title,
        at,
        person: read(mapping.person) || null,
        words: topicWords(segment(title), segment(read(mapping.body))),
      });
  }
  if (messages.length === 0) throw new ClustersError(`${file.path} holds no requests; ${problems[0] ?? 'it is empty'}`);
  return { messages, problems };
}

function timeOf(text: string, formats: readonly string[]): Date | null {
  for (const format of formats) {
    const read = DateTime.fromFormat(text, format, { zone: 'Asia/Shanghai' });
    if (read.isValid) return read.toJSDate();
  }
  return null;
}

async function readMapping(map: string): Promise<z.output<typeof mappingSchema>> {
  const own = join(OWN_MAPPINGS, `${map}.json`);
  const path = existsSync(map) ? map : existsSync(own) ? own : null;
  if (path === null) throw new ClustersError(`no mapping ${map}; give a file, or hot-issues`);
  try {
    return mappingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new ClustersError(`mapping ${path}: ${said}`);
  }
}
