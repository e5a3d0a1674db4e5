import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { type FailureCount, SIGN_IN_RULES, type SignInHistory } from '../../platform/auth/throttle.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';

/**
 * Tries to open requests with number and query code. They slow down by the rules of sign-in, the number standing in
 * the place of the account: the long wait hangs on number AND address, so nobody can keep a requester out.
 */
export type TryKeys = { readonly number: string; readonly address: string };

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;
const LIFE_SECONDS = 86_400;

/** Written as failed before the code is looked at, so that many tries at once all count. */
export async function beginTry(tx: WriteTx, of: TryKeys & { readonly tenant: number }, now: Date): Promise<string> {
  const id = uuidv7();
  await sql`
    INSERT INTO open.tracking_try (tenant_id, id, number_key, address_key, at, outcome)
    VALUES (${of.tenant}, ${id}, ${of.number}, ${of.address}, ${now}, 'failed')`.execute(tx);
  return id;
}

export async function endTry(tx: WriteTx, id: string, outcome: 'succeeded' | 'put_off'): Promise<void> {
  await sql`UPDATE open.tracking_try SET outcome = ${outcome} WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
}

type Row = { same_number: boolean; same_address: boolean; count: number; last: Date | null };

/** Failures within the window without the try `except`; a success of the pair wipes its earlier failures. */
export async function triesBefore(tx: ReadTx, keys: TryKeys, except: string, now: Date): Promise<SignInHistory> {
  const since = new Date(now.getTime() - SIGN_IN_RULES.windowSeconds * 1000);
  const success = await sql<{ at: Date | null }>`
    SELECT max(at) AS at FROM open.tracking_try
    WHERE tenant_id = ${tenant} AND number_key = ${keys.number} AND address_key = ${keys.address}
      AND outcome = 'succeeded' AND at >= ${since}`.execute(tx);
  const from = success.rows[0]?.at ?? since;
  const { rows } = await sql<Row>`
    SELECT number_key = ${keys.number} AS same_number, address_key = ${keys.address} AS same_address,
      (count(*) FILTER (WHERE number_key <> ${keys.number} OR address_key <> ${keys.address} OR at > ${from}))::int AS count,
      max(at) AS last
    FROM open.tracking_try
    WHERE tenant_id = ${tenant} AND (number_key = ${keys.number} OR address_key = ${keys.address}) AND at >= ${since}
      AND outcome = 'failed' AND id <> ${except}
    GROUP BY 1, 2`.execute(tx);
  return {
    pair: sum(rows.filter((row) => row.same_number && row.same_address)),
    account: sum(rows.filter((row) => row.same_number)),
    address: sum(rows.filter((row) => row.same_address)),
    knownAddress: success.rows[0]?.at != null,
  };
}

function sum(rows: readonly Row[]): FailureCount {
  const lasts = rows.flatMap((row) => (row.last === null ? [] : [row.last.getTime()]));
  return {
    count: rows.reduce((total, row) => total + row.count, 0),
    last: lasts.length === 0 ? null : new Date(Math.max(...lasts)),
  };
}

/** Removes what no limit looks at any more. */
export async function purgeTries(tx: WriteTx, now: Date): Promise<void> {
  const old = new Date(now.getTime() - LIFE_SECONDS * 1000);
  await sql`DELETE FROM open.tracking_try WHERE tenant_id = ${tenant} AND at < ${old}`.execute(tx);
}
