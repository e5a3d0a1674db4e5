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

/** A database with content that several test files begin with, made once a run by the first file that asks for it. */
export type Template = {
  readonly name: string;
  readonly fill: (data: TestDatabase) => Promise<void>;
};

export type TestDatabaseOptions = {
  readonly log?: Log;
  readonly poolSize?: number;
  /** What to begin with; a migrated database without content unless told. */
  readonly template?: Template;
};

/** A fresh, migrated database for one test file. Needs `global-setup.ts` in the Vitest configuration. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const maintenance = addressOf('superuser', 'postgres');
  const name = `t_${randomBytes(6).toString('hex')}`;
  if (options.template) await makeTemplate(maintenance, options.template);
  await copy(maintenance, options.template?.name ?? 'template', name);
  const data = openData(name, options);
  return {
    ...data,
    async close() {
      await data.close();
      await onServer(maintenance, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Fills the template unless another file has; whoever comes meanwhile waits at the lock. */
async function makeTemplate(maintenance: string, template: Template): Promise<void> {
  const filling = `${template.name}_filling`;
  await onServer(maintenance, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template.name]);
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template.name]);
    if (known.rows.length > 0) return;
    await client.query(`DROP DATABASE IF EXISTS ${filling} WITH (FORCE)`); // a file failed while it filled
    await copy(maintenance, 'template', filling);
    const data = openData(filling, {});
    try {
      await template.fill(data);
    } finally {
      await data.close();
    }
    await client.query(`ALTER DATABASE ${filling} RENAME TO ${template.name}`);
  });
}

async function copy(maintenance: string, from: string, to: string): Promise<void> {
  await onServer(maintenance, (client) =>
    client.query(`CREATE DATABASE ${to} TEMPLATE ${from} STRATEGY FILE_COPY OWNER gongzhi_owner`),
  );
  await onServer(addressOf('owner', to), grantDatabase);
}

function openData(name: string, options: TestDatabaseOptions): TestDatabase {
  const appUrl = addressOf('app', name);
  const log = options.log ?? quietLog;
  const database = createDatabase({ url: appUrl, poolSize: options.poolSize ?? 5, log });
  return { database, ownerUrl: addressOf('owner', name), appUrl, close: () => database.close() };
}

/** The same database as superuser, for what makes data past row security. */
export function superuserAddress(data: Pick<TestDatabase, 'ownerUrl'>): string {
  const name = /\/(t_\w+)\?/.exec(data.ownerUrl)?.[1];
  if (!name) throw new Error('not the database of a test');
  return addressOf('superuser', name);
}

function addressOf(role: 'superuser' | 'owner' | 'app', name: string): string {
  return inject('gongzhiTestServer')[role].replace('/template?', `/${name}?`);
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
