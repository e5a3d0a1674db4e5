import { sql } from 'kysely';
import { caseNumber } from '../../kit/case-number.ts';
import type { WriteTx } from '../../platform/database/database.ts';

/** Numbers taken for some filings of each day; those that are not used go back, so that a refusal leaves no gap. */
export type TakenNumbers = {
  /** The next number of a day; the same one again until it is used. */
  readonly next: (day: string) => string;
  readonly use: (day: string) => void;
  readonly giveBack: (tx: WriteTx) => Promise<void>;
};

/** Takes a run of serials for each day (as often as the day is named), all in one statement. */
export async function takeNumbers(tx: WriteTx, tenant: number, days: readonly string[]): Promise<TakenNumbers> {
  const counts = new Map<string, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  // Days in order, so that two transactions lock the rows in the same order.
  const wanted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const { rows } = await sql<{ day: string; last: number }>`
    INSERT INTO cases.number_serial AS n (tenant_id, day, last)
    VALUES ${sql.join(wanted.map(([day, count]) => sql`(${tenant}::int, ${day}::date, ${count}::bigint)`))}
    ON CONFLICT (tenant_id, day) DO UPDATE SET last = n.last + excluded.last
    RETURNING n.day::text AS day, n.last`.execute(tx);
  const serials = new Map(rows.map(({ day, last }) => [day, last - (counts.get(day) ?? 0) + 1]));
  return {
    next: (day) => caseNumber(day, serials.get(day) ?? 1),
    use: (day) => serials.set(day, (serials.get(day) ?? 1) + 1),
    async giveBack(tx) {
      for (const { day, last } of rows) {
        const unused = last - (serials.get(day) ?? 1) + 1;
        if (unused === 0) continue;
        await sql`
          UPDATE cases.number_serial SET last = last - ${unused}::bigint
          WHERE tenant_id = ${tenant} AND day = ${day}::date`.execute(tx);
      }
    },
  };
}
