import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import { grantDatabase } from '../database/migrate.ts';
import type { Log } from '../log.ts';
import { quietLog } from './quiet-log.ts';

export type TestDatabase = {
  readonly database: Database;
  /** Addresses of this file's database: as its owner, and as the role of the application. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Drops the database; call it in `afterAll`. */
  close(): Promise<void>;
};

export { quietLog };

/** A fresh, migrated database for one test file. Needs `global-setup.ts` in the Vitest configuration. */
export async function testDatabase(
  options: { readonly log?: Log; readonly poolSize?: number } = {},
): Promise<TestDatabase> {
  const server = inject('gongzhiTestServer');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const at = (address: string) => address.replace('/template?', `/${name}?`);
  const maintenance = server.superuser.replace('/template?', '/postgres?');
  await onServer(maintenance, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE template STRATEGY FILE_COPY OWNER gongzhi_owner`),
  );
  await onServer(at(server.owner), grantDatabase);
  const database = createDatabase({
    url: at(server.app),
    poolSize: options.poolSize ?? 5,
    log: options.log ?? quietLog,
  });
  return {
    database,
    ownerUrl: at(server.owner),
    appUrl: at(server.app),
    async close() {
      await database.close();
      await onServer(maintenance, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

async function onServer<T>(address: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
