import { sql } from 'kysely';
import { type Refusal, refuse } from '../../kit/result.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { OPEN_STATES } from './rules/queues.ts';

/**
 * An organisation that answers for open cases closes with a successor, who takes them over (`succession.ts`), or after
 * they were dispatched elsewhere.
 */
export async function refuseWithOpenCases(
  tx: ReadTx,
  organisationId: string,
  successorId: string | null,
): Promise<Refusal | null> {
  if (successorId !== null) return null;
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM cases.case_file c
      WHERE c.tenant_id = nullif(current_setting('app.tenant', true), '')::int AND c.state = ANY(${[...OPEN_STATES]})
        AND (c.responsible_organisation_id = ${organisationId}::uuid OR c.lead_organisation_id = ${organisationId}::uuid)
      LIMIT 1000) AS open`.execute(tx);
  const count = rows[0]?.count ?? 0;
  return count === 0 ? null : refuse('cases.organisation_has_open_cases', { count });
}
