import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { csvLine } from '../../kit/csv.ts';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { SealedTable } from '../../platform/crypto/reseal.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenant } from './tenant.ts';

export type Breach = {
  readonly from: Date;
  readonly to: Date;
  readonly account: string | null;
  readonly address: string | null;
  readonly reason: string;
};

export type Affected = {
  readonly csv: string;
  readonly cases: number;
  readonly reads: number;
  /** More than `MOST_ROWS`: ask for shorter windows. */
  readonly cut: boolean;
};

const MOST_ROWS = 20_000;

type Row = {
  number: string;
  area_code: string;
  requester: boolean;
  erased: boolean;
  actions: string[];
  accounts: string[];
  addresses: string[] | null;
  first: Date;
  last: Date;
  reads: number;
};

const HEAD = [
  '编号 number',
  '区划 area',
  '留有身份 identity',
  '动作 actions',
  '账号 accounts',
  '地址 addresses',
  '最早 first',
  '最晚 last',
  '次数 reads',
];

/**
 * Whose data was read in a window of time, by an account, from an address, or by anyone: one line a case, from the
 * record of what everyone did. People are named by the number of their case, since the list travels; who must tell them
 * looks them up. That the list was made, why and with how many lines is kept.
 */
export async function listAffected(
  tx: WriteTx,
  vault: Vault,
  actor: Actor,
  breach: Breach,
  now: Date,
): Promise<Affected> {
  const { rows } = await sql<Row>`
    WITH seen AS (
      SELECT e.action, e.actor_id, e.address, e.at,
        CASE e.target_kind
          WHEN 'case' THEN e.target_id::uuid
          WHEN 'requester' THEN (SELECT c.id FROM cases.case_file c
            WHERE c.tenant_id = ${tenant} AND c.requester_id = e.target_id::uuid LIMIT 1)
          WHEN 'file' THEN (SELECT f.owner_id FROM platform.file f
            WHERE f.tenant_id = ${tenant} AND f.id = e.target_id::uuid AND f.owner_kind = 'case')
        END AS case_id
      FROM platform.audit_entry e
      WHERE e.tenant_id = ${tenant} AND e.at >= ${breach.from} AND e.at < ${breach.to}
        AND e.target_kind IN ('case', 'requester', 'file') AND e.result = 'done'
        ${breach.account === null ? sql`` : sql`AND e.actor_id = ${breach.account}`}
        ${breach.address === null ? sql`` : sql`AND e.address = ${breach.address}::inet`}
    )
    SELECT c.number, c.area_code, c.requester_id IS NOT NULL AS requester,
      coalesce(bool_or(r.erased_at IS NOT NULL), false) AS erased,
      array_agg(DISTINCT s.action) AS actions, array_agg(DISTINCT s.actor_id) AS accounts,
      array_agg(DISTINCT host(s.address)) FILTER (WHERE s.address IS NOT NULL) AS addresses,
      min(s.at) AS first, max(s.at) AS last, count(*)::int AS reads
    FROM seen s JOIN cases.case_file c ON c.tenant_id = ${tenant} AND c.id = s.case_id
    LEFT JOIN requesters.requester r ON r.tenant_id = c.tenant_id AND r.id = c.requester_id
    GROUP BY c.number, c.area_code, c.requester_id ORDER BY min(s.at), c.number LIMIT ${MOST_ROWS + 1}`.execute(tx);
  const shown = rows.slice(0, MOST_ROWS);
  const reads = shown.reduce((sum, row) => sum + row.reads, 0);
  await keepList(tx, vault, actor, breach, shown.length, now);
  const lines = [csvLine(HEAD), ...shown.map(lineOf)];
  return { csv: `\ufeff${lines.join('\r\n')}\r\n`, cases: shown.length, reads, cut: rows.length > MOST_ROWS };
}

async function keepList(
  tx: WriteTx,
  vault: Vault,
  actor: Actor,
  breach: Breach,
  cases: number,
  now: Date,
): Promise<void> {
  const id = uuidv7();
  const reason = vault.seal(vault.tenant, breach.reason, `affected list:${id}`);
  await sql`
    INSERT INTO privacy.affected_list (tenant_id, id, from_at, to_at, account, address, reason, cases, asked_by, at)
    VALUES (${tenant}, ${id}, ${breach.from}, ${breach.to}, ${breach.account}, ${breach.address}::inet, ${reason}, ${cases},
      ${actorId(actor)}, ${now})`.execute(tx);
  const entry = { action: 'privacy.list_affected', targetKind: 'affected_list', targetId: id, result: 'done' } as const;
  await audit(tx, actor, { ...entry, details: { cases } }, now);
}

/** Why lists were made; rotations seal it anew. */
export const SEALED_LISTS: SealedTable = {
  table: 'privacy.affected_list',
  key: ['id'],
  sealed: ['reason'],
  context: (_column, row) => `affected list:${row.id}`,
};

function lineOf(row: Row): string {
  return csvLine([
    row.number,
    row.area_code,
    row.requester ? (row.erased ? 'erased' : 'yes') : 'no',
    row.actions.join(' '),
    row.accounts.join(' '),
    (row.addresses ?? []).join(' '),
    row.first.toISOString(),
    row.last.toISOString(),
    row.reads,
  ]);
}
