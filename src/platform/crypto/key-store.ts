import { sql } from 'kysely';
import { systemActor } from '../auth/actor.ts';
import type { Database } from '../database/database.ts';
import type { DataKeyStore, WrappedKey } from './create-vault.ts';

/** Wrapped data keys in `platform.data_key`. */
export function databaseKeyStore(database: Database): DataKeyStore {
  const actorOf = (tenant: number) => systemActor(tenant, 'vault');
  return {
    list: (tenant) =>
      database.read(actorOf(tenant), async (tx) => {
        const found = await sql<WrappedKey>`
          SELECT version, wrapped FROM platform.data_key WHERE tenant_id = ${tenant} ORDER BY version`.execute(tx);
        return found.rows;
      }),
    add: (tenant, key) =>
      database.transact(actorOf(tenant), async (tx) => {
        await sql`
          INSERT INTO platform.data_key (tenant_id, version, wrapped, created_at)
          VALUES (${tenant}, ${key.version}, ${Buffer.from(key.wrapped)}, ${new Date()})
          ON CONFLICT (tenant_id, version) DO NOTHING`.execute(tx);
      }),
  };
}
