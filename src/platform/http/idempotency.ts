import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Refusal, refuse } from '../../kit/result.ts';
import type { SealedTable } from '../crypto/reseal.ts';
import type { Vault } from '../crypto/vault.ts';
import type { WriteTx } from '../database/database.ts';

/**
 * Repeated POSTs. The key is claimed in the caller's transaction, so a second request with the same key waits for the
 * first to commit and then gets its answer. Answers are sealed, since a filing's answer holds its query code.
 */
export type Claim =
  | { readonly state: 'new' }
  | { readonly state: 'replay'; readonly status: number; readonly answer: unknown }
  | { readonly state: 'refused'; readonly refusal: Refusal };

/** The answers kept for repeats; sealed. */
export const SEALED_ANSWERS: SealedTable = {
  table: 'platform.idempotency',
  key: ['actor_key', 'key'],
  sealed: ['answer'],
  context: (_column, row) => `idempotency:${row.actor_key}:${row.key}`,
};

export type IdempotencyScope = { readonly tenant: number; readonly actorKey: string; readonly key: string };

export function requestHash(method: string, path: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${method} ${path}\n${JSON.stringify(body ?? null)}`)
    .digest();
}

type Stored = { route: string; request_hash: Buffer; status: number | null; answer: Buffer | null };

export async function claimKey(
  tx: WriteTx,
  vault: Vault,
  scope: IdempotencyScope,
  route: string,
  hash: Buffer,
  now: Date,
): Promise<Claim> {
  const { tenant, actorKey, key } = scope;
  const inserted = await sql`
    INSERT INTO platform.idempotency (tenant_id, actor_key, key, route, request_hash, created_at)
    VALUES (${tenant}, ${actorKey}, ${key}, ${route}, ${hash}, ${now})
    ON CONFLICT (tenant_id, actor_key, key) DO NOTHING RETURNING key`.execute(tx);
  if (inserted.rows.length > 0) return { state: 'new' };
  const stored = await sql<Stored>`
    SELECT route, request_hash, status, answer FROM platform.idempotency
    WHERE tenant_id = ${tenant} AND actor_key = ${actorKey} AND key = ${key}`.execute(tx);
  const row = stored.rows[0];
  if (!row || row.status === null || row.answer === null) {
    return { state: 'refused', refusal: refuse('http.idempotency_in_progress') };
  }
  if (row.route !== route || !hash.equals(row.request_hash)) {
    return { state: 'refused', refusal: refuse('http.idempotency_mismatch') };
  }
  // The first commit may be of unknown outcome: written here, and not yet where it is to be safe as well. Writing the row
  // once more makes this commit wait for all before it, so that the answer is given again only when it holds.
  await sql`
    UPDATE platform.idempotency SET status = status
    WHERE tenant_id = ${tenant} AND actor_key = ${actorKey} AND key = ${key}`.execute(tx);
  return { state: 'replay', status: row.status, answer: JSON.parse(vault.open(tenant, row.answer, contextOf(scope))) };
}

export async function storeAnswer(
  tx: WriteTx,
  vault: Vault,
  scope: IdempotencyScope,
  status: number,
  answer: unknown,
): Promise<void> {
  const sealed = vault.seal(scope.tenant, JSON.stringify(answer ?? null), contextOf(scope));
  await sql`
    UPDATE platform.idempotency SET status = ${status}, answer = ${sealed}
    WHERE tenant_id = ${scope.tenant} AND actor_key = ${scope.actorKey} AND key = ${scope.key}`.execute(tx);
}

function contextOf(scope: IdempotencyScope): string {
  return `idempotency:${scope.actorKey}:${scope.key}`;
}
