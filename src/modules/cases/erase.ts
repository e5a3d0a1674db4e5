import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { eraseFile } from '../../platform/files/index.ts';
import { publishAll } from '../../platform/outbox/outbox.ts';
import { removeRelease } from './released.ts';
import { findStored } from './stored.ts';

/** States in which nothing is waited for any more. */
export const ENDED_STATES = ['closed', 'rejected', 'referred', 'merged', 'withdrawn', 'voided'] as const;

export type Erasure = { readonly order: string; readonly at: Date };

/**
 * Removes everything written or uploaded in a case, with the salts of its commitments, and where exactly it lay. The chain,
 * the numbers and dates stay, and say by which order the words are gone. Asking again changes nothing.
 * Refuses `cases.not_found`, `cases.not_ended`. Tells modules above by `case.content_erased`.
 */
export async function eraseCaseContent(
  app: Pick<App, 'database' | 'files' | 'log'>,
  tx: WriteTx,
  actor: Actor,
  caseId: string,
  erasure: Erasure,
): Promise<Result<null>> {
  const stored = await findStored(tx, actor, caseId, true);
  if (!stored) return refuse('cases.not_found');
  if (!(ENDED_STATES as readonly string[]).includes(stored.state.state)) return refuse('cases.not_ended');
  const { order, at } = erasure;
  const { rows } = await sql<{ id: string }>`
    UPDATE cases.case_text SET title = ${stored.state.number}, body = '', place_text = NULL, search = ''::tsvector, erased_at = ${at},
      erasure_order = ${order}
    WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid AND erased_at IS NULL RETURNING case_id AS id`.execute(
    tx,
  );
  if (rows.length === 0) return null;
  await sql`
    UPDATE cases.event_content SET salt = NULL, content = NULL, erased_by = ${order}, erased_at = ${at}
    WHERE tenant_id = ${actor.tenant} AND case_id = ${caseId}::uuid AND erased_by IS NULL`.execute(tx);
  await removeRelease(tx, actor, caseId);
  const facts = JSON.stringify({ point: null, publicState: 'private' });
  await sql`
    UPDATE cases.case_file SET lon = NULL, lat = NULL, public_state = 'private', facts = facts || ${facts}::jsonb
    WHERE tenant_id = ${actor.tenant} AND id = ${caseId}::uuid`.execute(tx);
  const gone = await eraseFiles(app, tx, actor, caseId, erasure);
  if (isRefusal(gone)) return gone;
  await publishAll(tx, [
    {
      id: uuidv7(),
      tenant: actor.tenant,
      kind: 'case-content.erased',
      subject: caseId,
      at,
      payload: { number: stored.state.number, order, actorId: actorId(actor) },
    },
  ]);
  return null;
}

async function eraseFiles(
  app: Pick<App, 'database' | 'files' | 'log'>,
  tx: WriteTx,
  actor: Actor,
  caseId: string,
  erasure: Erasure,
): Promise<Result<null>> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM platform.file
    WHERE tenant_id = ${actor.tenant} AND owner_kind = 'case' AND owner_id = ${caseId}::uuid`.execute(tx);
  for (const { id } of rows) {
    const erased = await eraseFile(app, tx, actor, id, erasure);
    if (isRefusal(erased)) return erased;
  }
  return null;
}

export type EndedCase = {
  readonly id: string;
  readonly number: string;
  readonly classCode: string;
  readonly endedAt: Date;
  readonly requesterId: string | null;
  readonly hasIdentity: boolean;
  readonly hasContent: boolean;
};

/** Ended cases that still hold words or an identity, those that ended first first; `after` is the last one seen. */
export async function endedCases(
  tx: ReadTx,
  actor: Actor,
  before: Date,
  after: Pick<EndedCase, 'id' | 'endedAt'> | null,
  limit: number,
): Promise<EndedCase[]> {
  const beyond = after
    ? sql`AND (coalesce(c.closed_at, c.ended_at), c.id) > (${after.endedAt}, ${after.id}::uuid)`
    : sql``;
  const { rows } = await sql<EndedCase>`
    SELECT c.id, c.number, c.class_code AS "classCode", coalesce(c.closed_at, c.ended_at) AS "endedAt",
      c.requester_id AS "requesterId", (r.id IS NOT NULL AND r.erased_at IS NULL) AS "hasIdentity",
      t.erased_at IS NULL AS "hasContent"
    FROM cases.case_file c
    JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    LEFT JOIN requesters.requester r ON r.tenant_id = c.tenant_id AND r.id = c.requester_id
    WHERE c.tenant_id = ${actor.tenant}
      AND c.state IN ('closed', 'rejected', 'referred', 'merged', 'withdrawn', 'voided')
      AND coalesce(c.closed_at, c.ended_at) < ${before} ${beyond}
      AND (t.erased_at IS NULL OR (r.id IS NOT NULL AND r.erased_at IS NULL))
    ORDER BY coalesce(c.closed_at, c.ended_at), c.id LIMIT ${limit}`.execute(tx);
  return rows;
}
