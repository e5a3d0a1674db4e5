import { type ColumnType, type RawBuilder, sql } from 'kysely';
import pg from 'pg';

/**
 * What may be written into a jsonb column: an object, or JSON text already made. Lists go through `jsonb()`, since the
 * driver takes them for SQL arrays.
 */
export type JsonObject = { readonly [key: string]: unknown };
type Json = JsonObject | string;
/** A jsonb column: read as `unknown` and narrowed by its owner. */
export type JsonColumn = ColumnType<unknown, Json, Json>;
export type NullableJsonColumn = ColumnType<unknown, Json | null, Json | null>;
export type JsonColumnWithDefault = ColumnType<unknown, Json | undefined, Json>;

/** Any JSON value as a jsonb expression; needed for lists, strings and numbers. */
export function jsonb(value: unknown): RawBuilder<JsonObject> {
  return sql<JsonObject>`${JSON.stringify(value)}::jsonb`;
}

const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, int8Array: 1016, dateArray: 1182 } as const;

/** bigint as a number; one that a number cannot hold throws rather than change silently. */
function safeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('a bigint from the database does not fit a number');
  return number;
}

function arrayOf<T>(parse: (value: string) => T): (value: string) => (T | null)[] {
  return (value) =>
    value === '{}'
      ? []
      : value
          .slice(1, -1)
          .split(',')
          .map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))));
}

const parsers = new Map<number, (value: string) => unknown>([
  [OID.int8, safeInteger],
  [OID.int8Array, arrayOf(safeInteger)],
  // A date is a day, not an instant: as a Date it would shift with the machine's zone.
  [OID.date, (value) => value],
  [OID.dateArray, arrayOf((value) => value)],
]);

/** Type parsers for one connection; those of the driver are left as they are for everyone else. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ??
    pg.types.getTypeParser(oid, format ?? 'text')) as pg.CustomTypesConfig['getTypeParser'],
};
