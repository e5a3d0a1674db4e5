import { sql } from 'kysely';
import { systemActor } from '../auth/actor.ts';
import type { Database, ReadTx } from '../database/database.ts';
import type { DataKeyStore, WrappedKey } from './create-vault.ts';

/** Wrapped keys in `platform.data_key`. */
export function databaseKeyStore(database: Database): DataKeyStore {
  const actorOf = (tenant: number) => systemActor(tenant, 'vault');
  return {
    list: (tenant) => database.read(actorOf(tenant), (tx) => listKeys(tx, tenant)),
    add: (tenant, key) =>
      database.transact(actorOf(tenant), async (tx) => {
        await sql`
          INSERT INTO platform.data_key (tenant_id, purpose, version, wrapped, digest, active_from, created_at)
          VALUES (${tenant}, ${key.purpose}, ${key.version}, ${Buffer.from(key.wrapped)}, ${key.digest},
            ${key.activeFrom}, ${new Date()})
          ON CONFLICT (tenant_id, purpose, version) DO NOTHING`.execute(tx);
      }),
  };
}

export type StoredKey = WrappedKey & { readonly createdAt: Date };

/** Every key of a tenant, also those taken out of use. */
export async function listKeys(tx: ReadTx, tenant: number): Promise<readonly StoredKey[]> {
  const found = await sql<StoredKey>`
    SELECT purpose, version, wrapped, digest, active_from AS "activeFrom", retired_at AS "retiredAt",
      created_at AS "createdAt"
    FROM platform.data_key WHERE tenant_id = ${tenant} ORDER BY purpose, version`.execute(tx);
  return found.rows;
}
