import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PROJECT } from './migrations.ts';

const CITUS = join(PROJECT, 'database', 'citus.sql');

/**
 * Spreads the tables of tenants over a Citus cluster (database/citus.sql), as the owner of the database. Answers what
 * the server says: how many tables were spread, or that it has no Citus.
 */
export async function spreadTables(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  let said = '';
  client.on('notice', ({ message }) => {
    said = message ?? said;
  });
  await client.connect();
  try {
    await client.query(await readFile(CITUS, 'utf8'));
    return said;
  } finally {
    await client.end();
  }
}
