import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Refusal, refuse } from '../../kit/result.ts';
import type { SealedTable } from '../crypto/reseal.ts';
import type { Vault } from '../crypto/vault.ts';
import type { WriteTx } from '../database/database.ts';
import { insertRows, type Statement } from '../database/rows.ts';
import { sendAhead } from '../database/transaction.ts';

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
  if (!row) return { state: 'refused', refusal: refuse('http.idempotency_in_progress') };
  const claim = answeredBefore(vault, { scope, route, hash }, row);
  if (claim.state === 'replay') await confirmAnswers(tx, [scope]);
  return claim;
}

/** A call with its key, and what it asks. */
export type Keyed = { readonly scope: IdempotencyScope; readonly route: string; readonly hash: Buffer };

/**
 * The answers that calls got before, in order; null for a call that is new. Claims nothing: a key that comes to be stored
 * meanwhile makes `storeAnswers` fail.
 */
export async function findAnswers(
  tx: WriteTx,
  vault: Vault,
  calls: readonly Keyed[],
): Promise<readonly (Exclude<Claim, { state: 'new' }> | null)[]> {
  if (calls.length === 0) return [];
  const tenant = vault.tenant;
  const { rows } = await sql<Stored & { actor_key: string; key: string }>`
    SELECT actor_key, key, route, request_hash, status, answer FROM platform.idempotency
    WHERE tenant_id = ${tenant} AND (actor_key, key) IN (
      SELECT * FROM unnest(${calls.map(({ scope }) => scope.actorKey)}::text[], ${calls.map(({ scope }) => scope.key)}::text[]))
  `.execute(tx);
  const found = new Map(rows.map((row) => [contextOf({ tenant, actorKey: row.actor_key, key: row.key }), row]));
  const claims = calls.map((call) => {
    const row = found.get(contextOf(call.scope));
    return row ? answeredBefore(vault, call, row) : null;
  });
  const replayed = calls.filter((_, at) => claims[at]?.state === 'replay').map(({ scope }) => scope);
  if (replayed.length > 0) await confirmAnswers(tx, replayed);
  return claims;
}

/** Keeps the answers of calls whose keys were not there. */
export function answerInserts(
  vault: Vault,
  answers: readonly { readonly call: Keyed; readonly status: number; readonly answer: unknown }[],
  now: Date,
): Statement[] {
  const rows = answers.map(({ call: { scope, route, hash }, status, answer }) => ({
    tenant_id: scope.tenant,
    actor_key: scope.actorKey,
    key: scope.key,
    route,
    request_hash: hash,
    created_at: now,
    status,
    answer: vault.seal(scope.tenant, JSON.stringify(answer ?? null), contextOf(scope)),
  }));
  // In order, so that two transactions with the same keys wait for each other instead of locking up.
  rows.sort((one, two) =>
    contextOf({ tenant: 0, actorKey: one.actor_key, key: one.key }) <
    contextOf({ tenant: 0, actorKey: two.actor_key, key: two.key })
      ? -1
      : 1,
  );
  return insertRows('platform.idempotency', rows);
}

function answeredBefore(vault: Vault, { scope, route, hash }: Keyed, row: Stored): Exclude<Claim, { state: 'new' }> {
  if (row.status === null || row.answer === null) {
    return { state: 'refused', refusal: refuse('http.idempotency_in_progress') };
  }
  if (row.route !== route || !hash.equals(row.request_hash)) {
    return { state: 'refused', refusal: refuse('http.idempotency_mismatch') };
  }
  const answer = JSON.parse(vault.open(scope.tenant, row.answer, contextOf(scope)));
  return { state: 'replay', status: row.status, answer };
}

/**
 * The first commit may be of unknown outcome: written here, and not yet where it is to be safe as well. Writing the row
 * once more makes this commit wait for all before it, so that the answer is given again only when it holds.
 */
async function confirmAnswers(tx: WriteTx, scopes: readonly IdempotencyScope[]): Promise<void> {
  const tenant = scopes[0]?.tenant;
  await sql`
    UPDATE platform.idempotency SET status = status
    WHERE tenant_id = ${tenant} AND (actor_key, key) IN (
      SELECT * FROM unnest(${scopes.map(({ actorKey }) => actorKey)}::text[], ${scopes.map(({ key }) => key)}::text[]))
  `.execute(tx);
}

export function storeAnswer(tx: WriteTx, vault: Vault, scope: IdempotencyScope, status: number, answer: unknown): void {
  const sealed = vault.seal(scope.tenant, JSON.stringify(answer ?? null), contextOf(scope));
  const update = sql`
    UPDATE platform.idempotency SET status = ${status}, answer = ${sealed}
    WHERE tenant_id = ${scope.tenant} AND actor_key = ${scope.actorKey} AND key = ${scope.key}`;
  sendAhead(tx, [update.compile(tx)]);
}

function contextOf(scope: IdempotencyScope): string {
  return `idempotency:${scope.actorKey}:${scope.key}`;
}
