import { sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';

/** Title, words and place of a case in one text; null when it is not there. */
export async function textOfCase(tx: ReadTx, tenant: number, caseId: string): Promise<string | null> {
  const { rows } = await sql<{ title: string; body: string; place_text: string | null }>`
    SELECT title, body, place_text FROM cases.case_text
    WHERE tenant_id = ${tenant} AND case_id = ${caseId}::uuid`.execute(tx);
  const row = rows[0];
  return row ? `${row.title}。${row.body}。${row.place_text ?? ''}` : null;
}
