import type { Catalogue, Column, Table } from './catalogue.ts';

/** TypeScript of each PostgreSQL type as our connections read it; see values.ts. */
const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'string',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  citext: 'string',
  ltree: 'string',
  name: 'string',
  uuid: 'string',
  inet: 'string',
  date: 'string',
  time: 'string',
  interval: 'string',
  tsvector: 'string',
  timestamp: 'Date',
  timestamptz: 'Date',
  bytea: 'Buffer',
  json: 'json',
  jsonb: 'json',
};

/** The text of schema.gen.ts: one interface a table, and `DB` with the keys `schema.table`. */
export function schemaTypes(catalogue: Catalogue): string {
  // A partition is reached through its parent; migrations are the owner's own.
  const tables = catalogue.tables.filter(
    (table) => !table.isPartition && !(table.schema === 'platform' && table.name === 'migration'),
  );
  const body = [
    ...tables.map(interfaceOf),
    `export interface DB {\n${tables.map((table) => `  '${table.schema}.${table.name}': ${nameOf(table)};`).join('\n')}\n}`,
  ].join('\n\n');
  const kysely = ['Generated', 'GeneratedAlways'].filter((name) => new RegExp(`\\b${name}<`).test(body));
  const values = ['JsonColumn', 'JsonColumnWithDefault', 'NullableJsonColumn'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(body),
  );
  return [
    '// Written from the migrated schema by `node bin/gongzhi.mjs schema`; never edited.',
    ...(kysely.length > 0 ? [`import type { ${kysely.join(', ')} } from 'kysely';`] : []),
    ...(values.length > 0 ? [`import type { ${values.join(', ')} } from './values.ts';`] : []),
    '',
    body,
    '',
  ].join('\n');
}

function interfaceOf(table: Table): string {
  const readOnly = table.definition !== null;
  const columns = table.columns.map((column) => `  ${column.name}: ${typeOf(table, column, readOnly)};`);
  return `export interface ${nameOf(table)} {\n${columns.join('\n')}\n}`;
}

/** `cases.public_number` becomes `CasesPublicNumber`. */
function nameOf(table: Table): string {
  return [table.schema, ...table.name.split('_')].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function typeOf(table: Table, column: Column, readOnly: boolean): string {
  const array = column.base.endsWith('[]');
  const type = TYPES[array ? column.base.slice(0, -2) : column.base];
  if (type === undefined) {
    throw new Error(`${table.schema}.${table.name}.${column.name}: no TypeScript type is known for ${column.type}`);
  }
  if (type === 'json' && !array) return jsonOf(column);
  const plain = array ? `${type === 'json' ? 'unknown' : type}[]` : type;
  // A view does not know that its columns are never null; the query over it says so where it matters.
  const full = column.notNull ? plain : `${plain} | null`;
  if (column.generated || column.identity === 'a') return `GeneratedAlways<${full}>`;
  if (!readOnly && (column.identity === 'd' || (column.standard !== null && column.notNull)))
    return `Generated<${full}>`;
  return full;
}

function jsonOf(column: Column): string {
  if (!column.notNull) return 'NullableJsonColumn';
  return column.standard === null ? 'JsonColumn' : 'JsonColumnWithDefault';
}
