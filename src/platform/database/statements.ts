import type { CompiledQuery } from 'kysely';
import type pg from 'pg';

/** Beyond this a text is made for one occasion (a list of many rows), and remembering it would only cost memory. */
const LONGEST_TEXT = 4000;
/** A text that comes back is given a name, so that the server reads and plans it once a connection. */
const NAMED_FROM = 3;
const MOST_TEXTS = 2000;

type Known = { times: number; readonly name: string; readonly fit: boolean; readonly writes: readonly string[] };

const known = new Map<string, Known>();

/**
 * A page is planned for its values each time: how many rows a filter leaves decides by which index it is read. A plan made
 * once for all values would be the wrong one for some.
 */
const PAGE = /\blimit\b/i;

const WRITES =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?"?([a-z_]+)"?\."?([a-z_]+)"?/gi;

/** The statement as the driver takes it. */
export function statementOf(query: CompiledQuery): pg.QueryConfig {
  const values = query.parameters as unknown[];
  const found = lookUp(query.sql);
  if (found === null || !found.fit) return { text: query.sql, values };
  found.times += 1;
  return found.times < NAMED_FROM ? { text: query.sql, values } : { name: found.name, text: query.sql, values };
}

/** The tables a statement writes to, `schema.table`. */
export function tablesWritten(text: string): readonly string[] {
  return lookUp(text)?.writes ?? writesOf(text);
}

function lookUp(text: string): Known | null {
  if (text.length > LONGEST_TEXT) return null;
  const found = known.get(text);
  if (found) return found;
  // Full: texts that differ at each call got in. What is known stays known, the rest goes without names.
  if (known.size >= MOST_TEXTS) return null;
  const made: Known = { times: 0, name: `s${known.size}`, fit: !PAGE.test(text), writes: writesOf(text) };
  known.set(text, made);
  return made;
}

function writesOf(text: string): string[] {
  return [...text.matchAll(WRITES)].map(([, schema, table]) => `${schema}.${table}`.toLowerCase());
}
