import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startScratchServer } from '../database/embedded/scratch-server.ts';
import { migrate } from '../database/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Addresses of the run's server, with `template` standing in place of the database's name. */
    gongzhiTestServer: { superuser: string; owner: string; app: string };
  }
}

/**
 * One server for the whole test run, and one migrated database in it that every test file copies.
 * GONGZHI_TEST_POSTGRES names a PostgreSQL of the machine (its folder with `bin`) to run the tests on instead.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startScratchServer({ installed: process.env.GONGZHI_TEST_POSTGRES ?? null });
  try {
    const client = new pg.Client({ connectionString: server.superuserUrl('postgres') });
    await client.connect();
    await client.query('CREATE DATABASE template OWNER gongzhi_owner');
    await client.end();
    await migrate({ ownerUrl: server.ownerUrl('template'), appPassword: server.appPassword });
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('gongzhiTestServer', {
    superuser: server.superuserUrl('template'),
    owner: server.ownerUrl('template'),
    app: server.appUrl('template'),
  });
  return () => server.stop();
}
