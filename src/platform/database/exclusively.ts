import pg from 'pg';

// First number of the advisory lock; the second is the tenant.
const FIRST_START = 4_212;

/**
 * Runs `work` while no other process does the same for this tenant; the others wait. `ownerUrl` leads past poolers, so the
 * lock stays with this connection, and ends with it however this process ends.
 */
export async function exclusively<T>(ownerUrl: string, tenant: number, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'gongzhi first start' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1, $2)', [FIRST_START, tenant]);
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
