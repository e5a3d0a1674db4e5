import { sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';
import { type KeepEach, keepEachWhile, keepWhile } from '../../platform/database/kept.ts';
import { tenant } from './rows.ts';

/** The catalogue is small, read by every request and changed some times a year: it is kept while it stays. */
export const keep = keepWhile('catalogue');
export const keepEach: KeepEach = keepEachWhile('catalogue');

/**
 * Keeps what was in force at an instant. Between two moments at which any row begins or ends, the answer is the same for
 * every instant.
 */
export async function keepAt<T>(tx: ReadTx, key: string, at: Date, load: () => Promise<T>): Promise<T> {
  return keep(tx, `${key} @${await stretchOf(tx, at)}`, load);
}

/** The number of the stretch of time between two such moments in which an instant lies. */
export async function stretchOf(tx: ReadTx, at: Date): Promise<number> {
  const moments = await keep(tx, 'moments', () => loadMoments(tx));
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle] ?? 0) <= at.getTime()) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every moment at which something begins or ends, in milliseconds, in order. */
async function loadMoments(tx: ReadTx): Promise<readonly number[]> {
  const { rows } = await sql<{ moment: number }>`
    SELECT DISTINCT ceil(extract(epoch FROM moment) * 1000)::bigint AS moment FROM (
      SELECT valid_from AS moment FROM catalogue.catalogue_version WHERE tenant_id = ${tenant}
      UNION ALL SELECT unnest(ARRAY[valid_from, valid_to]) FROM catalogue.class WHERE tenant_id = ${tenant}
      UNION ALL SELECT unnest(ARRAY[valid_from, valid_to]) FROM catalogue.deadline WHERE tenant_id = ${tenant}
      UNION ALL SELECT unnest(ARRAY[valid_from, valid_to]) FROM catalogue.dispatch_entry WHERE tenant_id = ${tenant}
      UNION ALL SELECT unnest(ARRAY[valid_from, valid_to]) FROM catalogue.setting WHERE tenant_id = ${tenant}
    ) AS moments WHERE moment IS NOT NULL AND isfinite(moment) ORDER BY moment`.execute(tx);
  return rows.map((row) => row.moment);
}
