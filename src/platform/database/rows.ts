import { CompiledQuery } from 'kysely';
import type { ReadTx, WriteTx } from './database.ts';

/** A statement ready to be sent. */
export type Statement = CompiledQuery;

// A statement carries at most 65,535 parameters; this many rows of our widest table stay below.
const ROWS_A_STATEMENT = 1000;

export type InsertOptions = {
  /** Columns whose value is made by an expression; `$` stands for the parameter. */
  readonly made?: Readonly<Record<string, string>>;
  /** What follows the rows: `ON CONFLICT …`. */
  readonly afterwards?: string;
};

/** Inserts of many rows of one shape, in their order; none for no rows. The text is made here, since a query builder would take longer than the server. */
export function insertRows(
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  options: InsertOptions = {},
): Statement[] {
  const columns = Object.keys(rows[0] ?? {});
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const part = rows.slice(start, start + ROWS_A_STATEMENT);
    const values: unknown[] = [];
    for (const row of part) for (const column of columns) values.push(row[column]);
    statements.push(CompiledQuery.raw(insertText(table, columns, part.length, options), values));
  }
  return statements;
}

function insertText(table: string, columns: readonly string[], rows: number, options: InsertOptions): string {
  const tuples = Array.from(
    { length: rows },
    (_, at) => `(${columns.map((name, place) => slot(name, at * columns.length + place + 1))})`,
  );
  return `INSERT INTO ${table} (${columns}) VALUES ${tuples}${options.afterwards ? ` ${options.afterwards}` : ''}`;

  function slot(column: string, number: number): string {
    return options.made?.[column]?.replace('$', `$${number}`) ?? `$${number}`;
  }
}

/** Sends statements in this order without waiting in between; answers what each said. */
export async function sendTogether(tx: WriteTx | ReadTx, statements: readonly Statement[]) {
  return Promise.all(statements.map((statement) => tx.executeQuery<Record<string, unknown>>(statement)));
}
