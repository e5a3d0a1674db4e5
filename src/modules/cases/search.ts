import { type RawBuilder, sql } from 'kysely';
import { parseCaseNumber } from '../../kit/case-number.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { cutWords } from '../../platform/search/words.ts';

/** What somebody typed, made out: ids of all that fit, or a condition on `c` where too many do. */
export type Search = {
  /** Nothing can fit. */
  readonly none?: true;
  readonly ids?: readonly string[];
  readonly condition?: RawBuilder<unknown>;
};

/**
 * Words that stand in more cases than this are looked for along the list itself, newest first: a page of them is soon
 * together. Rarer ones are looked up, all of them.
 * With filters a page takes longer to come together, so that looking up pays for more.
 */
const MOST_LOOKED_UP = { plain: 2000, filtered: 8000 };

/** A number (whole or its last digits) or words: every word must occur. */
export async function searchOf(tx: ReadTx, typed: string, filtered: boolean): Promise<Search> {
  const number = parseCaseNumber(typed);
  if (number) return { condition: sql`c.number = ${number.number}` };
  if (/^\d{4,6}-\d$/.test(typed)) return { condition: sql`c.number = ANY(ARRAY(${numbersEnding(typed)}))` };
  const words = cutWords(typed);
  if (words.length === 0) return { none: true };
  // A cast and not to_tsquery, which would split words anew that the index holds whole: 12-3, 1+1.
  const query = words.map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`).join(' & ');
  const { rows } = await sql<{ ids: string[] | null }>`
    SELECT cases.cases_with_words(${query}::tsquery, ${filtered ? MOST_LOOKED_UP.filtered : MOST_LOOKED_UP.plain}) AS ids`.execute(
    tx,
  );
  const ids = rows[0]?.ids ?? null;
  if (ids) return ids.length === 0 ? { none: true } : { ids };
  // A subquery of one value, so that no plan begins with the words.
  const condition = sql`(SELECT t.search @@ ${query}::tsquery FROM cases.case_text t
    WHERE t.tenant_id = c.tenant_id AND t.case_id = c.id)`;
  return { condition };
}

/** The numbers that were given out and end so, of whatever day: each is one look into the index of numbers. */
function numbersEnding(typed: string): RawBuilder<string> {
  const [digits = '', check = ''] = typed.split('-');
  return sql<string>`
    SELECT to_char(s.day, 'YYYYMMDD-') || lpad(serial::text, 6, '0') || ${`-${check}`}
    FROM cases.number_serial s
    CROSS JOIN LATERAL generate_series(${Number(digits)}::bigint, s.last, ${10 ** digits.length}::bigint) AS serial
    WHERE s.tenant_id = nullif(current_setting('app.tenant', true), '')::int`;
}
