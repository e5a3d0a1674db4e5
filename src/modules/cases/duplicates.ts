import { sql } from 'kysely';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';

export type Duplicate = { readonly id: string; readonly number: string; readonly requesterId: string | null };

/** The cases merged into one: each of their requesters still hears how it ended. At most 500. */
export async function duplicatesOf(tx: ReadTx, actor: Actor, caseId: string): Promise<Duplicate[]> {
  const { rows } = await sql<Duplicate>`
    SELECT id, number, requester_id AS "requesterId" FROM cases.case_file
    WHERE tenant_id = ${actor.tenant} AND master_case_id = ${caseId}::uuid AND state = 'merged'
    ORDER BY number LIMIT 500`.execute(tx);
  return rows;
}
