import { sql } from 'kysely';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Permissions } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { calledTo, visible, waitsForRuling, whistledBy } from './sees.ts';
import { JOINT_COLUMNS, type StoredJoint, toStored } from './store.ts';

export type Filter = {
  readonly side?: 'called' | 'whistled' | 'ruling' | undefined;
  readonly open?: boolean | undefined;
};

/** One keyset page, newest first. */
export async function listJoints(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  filter: Filter,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ rows: StoredJoint[]; next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const { side, open } = filter;
  const part =
    side === 'called'
      ? calledTo(actor)
      : side === 'whistled'
        ? whistledBy(actor)
        : side === 'ruling'
          ? waitsForRuling(actor)
          : visible(permissions, actor);
  const found = await sql<Parameters<typeof toStored>[0]>`
    SELECT ${JOINT_COLUMNS} FROM joint_handling.joint c
    WHERE c.tenant_id = ${actor.tenant} AND ${part}
      ${open === undefined ? sql`` : open ? sql`AND c.state IN ('asked', 'called')` : sql`AND c.state NOT IN ('asked', 'called')`}
      ${after ? sql`AND (c.opened_at, c.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY c.opened_at DESC, c.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, page.limit).map(toStored);
  const last = rows.at(-1);
  const next =
    found.rows.length > rows.length && last
      ? writePosition({ at: new Date(last.joint.openedAt), id: last.joint.id })
      : null;
  return { rows, next };
}
