import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { readCatalogue } from './catalogue.ts';
import { startScratchServer } from './embedded/scratch-server.ts';
import { migrate } from './migrate.ts';
import { PROJECT } from './migrations.ts';
import { dumpSchema } from './schema-dump.ts';
import { schemaTypes } from './schema-types.ts';

export type SchemaFiles = ReadonlyMap<string, string>;

const DUMP = join(PROJECT, 'database', 'schema.sql');
const TYPES = join(PROJECT, 'src', 'platform', 'database', 'schema.gen.ts');

/** What database/schema.sql and schema.gen.ts should say, read from a migrated database as its owner. */
export async function schemaFiles(ownerUrl: string): Promise<SchemaFiles> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const catalogue = await readCatalogue(client);
    return new Map([
      [DUMP, dumpSchema(catalogue)],
      [TYPES, schemaTypes(catalogue)],
    ]);
  } finally {
    await client.end();
  }
}

/** The files whose text on disk differs. */
export async function driftedFiles(files: SchemaFiles): Promise<readonly string[]> {
  const drifted: string[] = [];
  for (const [path, text] of files) {
    if ((await readFile(path, 'utf8').catch(() => '')) !== text) drifted.push(path);
  }
  return drifted;
}

/**
 * The schema command: migrates an empty database and rewrites both files, or with `check` only compares. Answers the
 * files that differed.
 */
export async function schemaCommand(options: { readonly check: boolean }): Promise<readonly string[]> {
  const server = await startScratchServer();
  try {
    await migrate({ ownerUrl: server.ownerUrl('gongzhi'), appPassword: server.appPassword });
    const files = await schemaFiles(server.ownerUrl('gongzhi'));
    const drifted = await driftedFiles(files);
    if (!options.check) for (const path of drifted) await writeFile(path, files.get(path) ?? '');
    return drifted;
  } finally {
    await server.stop();
  }
}
