import type pg from 'pg';
import { chainEvent, commitContent } from '../../src/modules/cases/rules/chain.ts';
import { type Pieces, cut, slot } from './pieces.ts';

/**
 * Cases of the demo as texts with gaps: rows as COPY takes them, and what the hashes of the chain cover, both written by
 * the platform's own code once. A case is made of one by filling the gaps, which takes microseconds.
 */
export const TABLES = [
  'cases.case_file',
  'cases.case_text',
  'cases.event',
  'cases.event_content',
  'platform.timer',
] as const;
export type Table = (typeof TABLES)[number];

export type Template = {
  readonly state: string;
  readonly open: boolean;
  readonly lane: string;
  /** Of each table the rows. */
  readonly rows: Readonly<Record<Table, readonly Pieces[]>>;
  /** What the hash of each event covers, and the commitment to its words. */
  readonly hashed: readonly { readonly event: Pieces; readonly content: Pieces | null }[];
  /** Milliseconds after the request was opened, of every time in it. */
  readonly offsets: readonly number[];
  /** Organisations of the town the case lies in, by kind; another town has its own. */
  readonly organisations: readonly { readonly id: string; readonly kind: string }[];
  readonly lastEventOffset: number;
  readonly stageDueOffset: number | null;
};

export type Column = { readonly name: string; readonly type: string };
export type Columns = Readonly<Record<Table, readonly Column[]>>;
type Row = Readonly<Record<string, string | null>>;
type CaseRows = Readonly<Record<Table, readonly Row[]>>;
export type TownOrganisation = { readonly id: string; readonly kind: string; readonly town: string };

const OPEN_UNTIL_ENDED = new Set(['closed', 'rejected', 'referred', 'withdrawn', 'voided']);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
/** Stands for the hash before an event and for the commitment to its words while the platform's code writes what it hashes. */
const PREVIOUS = new Uint8Array(32).fill(0xee);
const COMMITMENT = new Uint8Array(32).fill(0xdd);
const SALT = new Uint8Array(16).fill(0xcc);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export async function columnsOf(client: pg.Client): Promise<Columns> {
  const { rows } = await client.query<{ table: Table; columns: Column[] }>(
    `SELECT n.nspname || '.' || c.relname AS table,
       json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL)) ORDER BY a.attnum) AS columns
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname || '.' || c.relname = ANY($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY 1`,
    [[...TABLES]],
  );
  return Object.fromEntries(rows.map((row) => [row.table, row.columns])) as unknown as Columns;
}

/** The demo's cases that stand for themselves, each with at most `events` events; longer chains leave out their middle. */
export async function loadTemplates(
  client: pg.Client,
  tenant: number,
  columns: Columns,
  towns: readonly TownOrganisation[],
  events: number,
  only?: string,
): Promise<readonly Template[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM cases.case_file WHERE tenant_id = $1 AND CASE WHEN $2::uuid IS NOT NULL THEN id = $2
       ELSE master_case_id IS NULL AND source IS NULL AND sensitivity = 'normal' AND length(area_code) >= 12
         AND facts->'duplicateIds' = '[]' AND length(number) = 17 AND substr(number, 10, 6) < '1' END
     ORDER BY id LIMIT 400`,
    [tenant, only ?? null],
  );
  const found: Template[] = [];
  for (const { id } of rows)
    found.push(templateOf(await rowsOf(client, tenant, columns, id), tenant, columns, towns, events));
  return found;
}

async function rowsOf(client: pg.Client, tenant: number, columns: Columns, id: string): Promise<CaseRows> {
  const rows = {} as Record<Table, Row[]>;
  for (const table of TABLES) {
    const key = { 'cases.case_file': 'id', 'platform.timer': 'subject' }[table as string] ?? 'case_id';
    const order = table.startsWith('cases.event') ? ' ORDER BY seq' : '';
    const selected = columns[table].map(({ name }) => `${name}::text`).join(', ');
    const only = table === 'platform.timer' ? " AND kind = 'case.clock'" : '';
    const answer = await client.query<Record<string, string | null>>(
      `SELECT ${selected} FROM ${table} WHERE tenant_id = $1 AND ${key} = $2${only}${order}`,
      [tenant, id],
    );
    rows[table] = answer.rows;
  }
  return rows;
}

function templateOf(
  whole: CaseRows,
  tenant: number,
  columns: Columns,
  towns: readonly TownOrganisation[],
  events: number,
): Template {
  const rows = shortened(whole, events);
  const file = rows['cases.case_file'][0] as Row;
  const gaps = new Gaps(file, rows['cases.case_text'][0] as Row, towns);
  const pieces = {} as Record<Table, Pieces[]>;
  for (const table of TABLES) pieces[table] = rows[table].map((row) => linePieces(row, columns[table], gaps, table));
  const contents = new Map(rows['cases.event_content'].map((row) => [row['seq'], row]));
  const hashed = rows['cases.event'].map((row) =>
    hashedPieces(row, contents.get(row['seq'] ?? '') ?? null, tenant, gaps),
  );
  const opened = Date.parse(file['opened_at'] ?? '');
  const due = file['stage_due_at'] ? Date.parse(file['stage_due_at']) - opened : null;
  return {
    state: file['state'] ?? '',
    open: !OPEN_UNTIL_ENDED.has(file['state'] ?? ''),
    lane: file['lane'] ?? '',
    rows: pieces,
    hashed,
    offsets: gaps.offsets,
    organisations: gaps.organisations,
    lastEventOffset: Date.parse(rows['cases.event'].at(-1)?.['at'] ?? '') - opened,
    stageDueOffset: due,
  };
}

/** The first event and the last ones, numbered anew. */
function shortened(rows: CaseRows, events: number): CaseRows {
  const all = rows['cases.event'];
  if (all.length <= events) return rows;
  const kept = [...all.slice(0, 1), ...all.slice(all.length - events + 1)];
  const seqs = new Map(kept.map((row, at) => [row['seq'], String(at + 1)]));
  const renumbered = (list: readonly Row[]) =>
    list.flatMap((row): Row[] =>
      seqs.has(row['seq'] ?? '') ? [{ ...row, seq: seqs.get(row['seq'] ?? '') ?? null }] : [],
    );
  return {
    ...rows,
    'cases.case_file': rows['cases.case_file'].map((row) => ({
      ...row,
      chain_length: String(events),
      // The next event is numbered after it, when a clock of the case runs out.
      version: String(events),
      facts: JSON.stringify({ ...JSON.parse(row['facts'] ?? '{}'), version: events }),
    })),
    'cases.event': renumbered(all),
    'cases.event_content': renumbered(rows['cases.event_content']).filter((row) => row['content'] !== null),
  };
}

/** Finds what differs from case to case, and remembers the times and organisations it met. */
class Gaps {
  readonly offsets: number[] = [];
  readonly organisations: { id: string; kind: string }[] = [];
  readonly #known: ReadonlyMap<string, string>;
  readonly #classCode: string;
  readonly #opened: number;
  readonly #ofTown: ReadonlyMap<string, string>;

  constructor(file: Row, text: Row, towns: readonly TownOrganisation[]) {
    const area = file['area_code'] ?? '';
    this.#opened = Date.parse(file['opened_at'] ?? '');
    this.#classCode = file['class_code'] ?? '';
    this.#ofTown = new Map(towns.filter(({ town }) => area.startsWith(town)).map(({ id, kind }) => [id, kind]));
    this.#known = new Map([
      [file['id'] ?? '', slot('id')],
      [file['number'] ?? '', slot('number')],
      [area, slot('area')],
      // The source of an imported one tells its rows apart; the number does as well.
      ...(file['source_id'] ? [[file['source_id'], slot('number')] as const] : []),
      [text['title'] ?? '', slot('title')],
      [text['body'] ?? '', slot('body')],
      ...(text['place_text'] ? [[text['place_text'], slot('place')] as const] : []),
    ]);
  }

  /** A value as it stands in a column or in JSON under a name. */
  value(text: string, name: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (text === this.#classCode && ['code', 'classCode', 'class_code'].includes(name)) return slot('class');
    const kind = this.#ofTown.get(text);
    if (kind !== undefined) return slot('organisation', this.#organisation(text, kind));
    return ISO.test(text) ? this.time(Date.parse(text)) : text;
  }

  time(at: number): string {
    const offset = at - this.#opened;
    const known = this.offsets.indexOf(offset);
    return slot('time', known >= 0 ? known : this.offsets.push(offset) - 1);
  }

  json(value: unknown, name = ''): unknown {
    if (typeof value === 'string') return this.value(value, name);
    if (Array.isArray(value)) return value.map((part) => this.json(part, name));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.json(part, key)]));
  }

  #organisation(id: string, kind: string): number {
    const known = this.organisations.findIndex((one) => one.id === id);
    return known >= 0 ? known : this.organisations.push({ id, kind }) - 1;
  }
}

/** What stands in a column instead of the demo's value. */
const FIXED: Readonly<Record<string, string>> = { chain_head: bytea(slot('head')), search: slot('search') };

/** Hex as COPY reads bytes. */
function bytea(hexText: string): string {
  return `\\\\x${hexText}`;
}

function linePieces(row: Row, columns: readonly Column[], gaps: Gaps, table: Table): Pieces {
  const at = Number(row['seq'] ?? 1) - 1;
  const own: Readonly<Record<string, string>> = {
    ...FIXED,
    previous_hash: bytea(slot('previous', at)),
    hash: bytea(slot('hash', at)),
    content_commitment: bytea(slot('commitment', at)),
    salt: bytea(slot('salt', at)),
  };
  const fields = columns.map(({ name, type }) => {
    const value = row[name];
    if (value === null || value === undefined) return '\\N';
    if (own[name] !== undefined) return own[name];
    if (type === 'timestamp with time zone' && value !== 'infinity') return gaps.time(Date.parse(value));
    if (type === 'jsonb') return escaped(JSON.stringify(gaps.json(JSON.parse(value), name)));
    return escaped(gaps.value(value, table === 'platform.timer' ? '' : name));
  });
  return cut(fields.join('\t'));
}

/** As COPY reads text. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

/** What the platform's own code hashes for an event, with gaps: it is caught where the hash would be made. */
function hashedPieces(row: Row, content: Row | null, tenant: number, gaps: Gaps): Template['hashed'][number] {
  const caught: string[] = [];
  const catchText = (bytes: Uint8Array) => {
    caught.push(Buffer.from(bytes).toString('utf8'));
    return bytes;
  };
  const at = Number(row['seq']) - 1;
  chainEvent(
    PREVIOUS,
    {
      tenant,
      caseId: slot('id'),
      actorKind: row['actor_kind'] ?? '',
      event: {
        seq: Number(row['seq']),
        kind: row['kind'] ?? '',
        at: gaps.time(Date.parse(row['at'] ?? '')),
        actorId: row['actor_id'] ?? '',
        party: row['party'] ?? null,
        organisationId: row['organisation_id'] ? gaps.value(row['organisation_id'], 'organisation_id') : null,
        payload: gaps.json(JSON.parse(row['payload'] ?? 'null')),
        files: listOf(row['file_ids']),
      } as Parameters<typeof chainEvent>[1]['event'],
      contentCommitment: row['content_commitment'] ? COMMITMENT : null,
      fileHashes: listOf(row['file_hashes']),
    },
    catchText,
  );
  if (content?.['content']) commitContent(SALT, gaps.json(JSON.parse(content['content'])) as never, catchText);
  const [event = '', words] = caught.map((text) =>
    text
      .replaceAll(hex(PREVIOUS), slot('previous', at))
      .replaceAll(hex(COMMITMENT), slot('commitment', at))
      .replaceAll(hex(SALT), slot('salt', at)),
  );
  return { event: cut(event), content: words === undefined ? null : cut(words) };
}

/** An array of PostgreSQL without quotes, as ids and hashes are. */
function listOf(text: string | null | undefined): string[] {
  const inner = (text ?? '{}').slice(1, -1);
  return inner === '' ? [] : inner.split(',');
}
