import pg from 'pg';
import { loadConfig, readArguments } from '../src/platform/config/config.ts';
import { openDatabase } from '../src/platform/database/open-database.ts';
import { quietLog } from '../src/platform/testing/quiet-log.ts';

/**
 * `node bench/measure-size.ts --data FOLDER`: bytes each table takes for one case, indexes and long values included, of the
 * cases that are there. Best after `bench/fill-cases.ts`, so that what a county itself takes counts for nothing.
 */
const { flags } = readArguments(process.argv.slice(2));
const opened = await openDatabase(loadConfig(process.env, flags), {
  log: quietLog,
  say: () => undefined,
  mode: 'join',
});
const client = new pg.Client({ connectionString: opened.ownerUrl });
await client.connect();
await client.query('VACUUM ANALYZE');
// Of the catalogue, since row security binds the owner.
const count = async (table: string) =>
  Number(
    (await client.query('SELECT reltuples::bigint AS n FROM pg_class WHERE oid = $1::regclass', [table])).rows[0].n,
  );
const [cases, events] = [await count('cases.case_file'), await count('cases.event')];
const { rows } = await client.query<{ name: string; table: string; all: string }>(`
  SELECT c.oid::regclass::text AS name, pg_table_size(c.oid) AS table, pg_total_relation_size(c.oid) AS all
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 3 DESC`);
console.log(`${cases} cases, ${events} events: ${(events / cases).toFixed(1)} a case`);
for (const { name, table, all } of rows.slice(0, 20)) {
  console.log(
    `${name.padEnd(32)} ${String(Math.round(Number(all) / cases)).padStart(7)} bytes a case, ${Math.round(Number(table) / cases)} without indexes`,
  );
}
const total = rows.reduce((sum, row) => sum + Number(row.all), 0);
console.log(`${'all tables'.padEnd(32)} ${String(Math.round(total / cases)).padStart(7)} bytes a case`);
await client.end();
await opened.close();
