import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type RawBuilder, sql } from 'kysely';
import type { ReadTx, WriteTx } from '../database/database.ts';

/** An entry as the log of history sees it: where it stands and a hash over all of it. */
export type SealedEntry = { readonly id: string; readonly at: Date; readonly hash: Buffer };

type Row = {
  id: string;
  at: Date;
  actor_id: string;
  actor_kind: string;
  post_id: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  result: string;
  address: string | null;
  details: unknown;
};

const COLUMNS = sql`id, at, actor_id, actor_kind, post_id, action, target_kind, target_id, result, host(address) AS address, details`;

/** Up to `limit` entries from `from` on whose id `known`, a query of ids, does not answer; by time and id. */
export async function entriesSince(
  tx: ReadTx,
  tenant: number,
  from: Date,
  known: RawBuilder<unknown>,
  limit: number,
): Promise<readonly SealedEntry[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM platform.audit_entry
    WHERE tenant_id = ${tenant} AND at >= ${from} AND id NOT IN (${known})
    ORDER BY at, id LIMIT ${limit}`.execute(tx);
  return rows.map((row) => sealed(tenant, row));
}

/** The given entries, as far as they are still there. */
export async function entriesBetween(
  tx: ReadTx,
  tenant: number,
  span: { readonly first: Date; readonly last: Date },
  ids: readonly string[],
): Promise<readonly SealedEntry[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM platform.audit_entry
    WHERE tenant_id = ${tenant} AND at >= ${span.first} AND at <= ${span.last} AND id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows.map((row) => sealed(tenant, row));
}

/** How many entries there are up to and including `until`. */
export async function countEntries(tx: ReadTx, tenant: number, until: Date): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) FROM platform.audit_entry WHERE tenant_id = ${tenant} AND at <= ${until}`.execute(tx);
  return Number(rows[0]?.count ?? 0);
}

/** Removes entries after their term; the database keeps what is younger than six months. Answers how many went. */
export async function removeEntries(
  tx: WriteTx,
  tenant: number,
  span: { readonly first: Date; readonly last: Date },
  ids: readonly string[],
): Promise<number> {
  const done = await sql`
    DELETE FROM platform.audit_entry
    WHERE tenant_id = ${tenant} AND at >= ${span.first} AND at <= ${span.last} AND id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return Number(done.numAffectedRows ?? 0n);
}

function sealed(tenant: number, row: Row): SealedEntry {
  const { id, at } = row;
  const text = canonicalize({ ...row, tenant, at: at.toISOString() });
  return { id, at, hash: createHash('sha256').update(`gongzhi-audit/1\n${text}`).digest() };
}
