import type { Catalogue, Column, Table } from './catalogue.ts';

/** The schema as SQL text, for people to review and for the check against drift; the migrations are what is run. */
export function dumpSchema(catalogue: Catalogue): string {
  const parts = [
    '-- The schema all migrations together make. Written by `node bin/gongzhi.mjs schema`; never run, never edited.',
    ...catalogue.extensions.map((name) => `CREATE EXTENSION ${name};`),
    ...catalogue.schemas.map((schema) => lines(`CREATE SCHEMA ${schema.name};`, ...schema.grants.map(ended))),
    ...catalogue.domains.map((domain) => `CREATE DOMAIN ${domain.name} AS ${domain.definition};`),
    ...catalogue.sequences.map((sequence) =>
      lines(`CREATE SEQUENCE ${sequence.name} AS ${sequence.type};`, ...sequence.grants.map(ended)),
    ),
    ...catalogue.functions.map((one) => lines(ended(one.definition.trim()), ...one.grants.map(ended))),
    ...catalogue.tables.map(dumpTable),
  ];
  return `${parts.join('\n\n')}\n`;
}

function dumpTable(table: Table): string {
  const name = `${table.schema}.${table.name}`;
  if (table.definition !== null) {
    const kind = table.kind === 'materialized' ? 'MATERIALIZED VIEW' : 'VIEW';
    return lines(
      `CREATE ${kind} ${name} AS`,
      table.definition.trim(),
      ...table.indexes.map(ended),
      ...table.grants.map(ended),
    );
  }
  const inner = [
    ...table.columns.map(dumpColumn),
    ...table.constraints.map((one) => `CONSTRAINT ${one.name} ${one.definition}`),
  ];
  const tail = table.partition === '' ? '' : ` ${table.partition}`;
  return lines(
    `CREATE TABLE ${name} (\n${inner.map((line) => `  ${line}`).join(',\n')}\n)${tail};`,
    ...table.indexes.map(ended),
    ...(table.rowSecurity ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`] : []),
    ...(table.forced ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;`] : []),
    ...table.policies.map(ended),
    ...table.triggers.map(ended),
    ...table.grants.map(ended),
  );
}

function dumpColumn(column: Column): string {
  return [
    column.name,
    column.type,
    column.collation === null ? null : `COLLATE "${column.collation}"`,
    column.notNull ? 'NOT NULL' : null,
    column.generated ? `GENERATED ALWAYS AS (${column.standard}) STORED` : null,
    column.standard !== null && !column.generated ? `DEFAULT ${column.standard}` : null,
    column.identity === '' ? null : `GENERATED ${column.identity === 'a' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`,
  ]
    .filter((word) => word !== null)
    .join(' ');
}

function lines(...all: string[]): string {
  return all.join('\n');
}

function ended(statement: string): string {
  return statement.endsWith(';') ? statement : `${statement};`;
}
