import type pg from 'pg';
import { uuidv7 } from '../../kit/ids.ts';
import { SIGN_IN_RULES, type SignInHistory } from './throttle.ts';

export type TryKeys = { readonly account: string; readonly address: string };

type Counts = {
  pair: number;
  pair_last: Date | null;
  account: number;
  account_last: Date | null;
  address: number;
  address_last: Date | null;
  known: boolean;
};

/** Tries to sign in, by keyed digests of account and address. */
export class TryStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Written as failed before the password is looked at, so that many tries at once all count. */
  async begin(keys: TryKeys, now: Date): Promise<string> {
    const id = uuidv7();
    await this.#pool.query(
      `INSERT INTO sign_in_try (id, account_key, address_key, at, outcome) VALUES ($1, $2, $3, $4, 'failed')`,
      [id, keys.account, keys.address, now],
    );
    return id;
  }

  async end(id: string, outcome: 'succeeded' | 'put_off'): Promise<void> {
    await this.#pool.query('UPDATE sign_in_try SET outcome = $2 WHERE id = $1', [id, outcome]);
  }

  /** Failures within the window, without the try `except`; a success of the pair wipes its earlier failures. */
  async history(keys: TryKeys, except: string, now: Date): Promise<SignInHistory> {
    const since = new Date(now.getTime() - SIGN_IN_RULES.windowSeconds * 1000);
    const knownSince = new Date(now.getTime() - SIGN_IN_RULES.knownAddressDays * 86_400_000);
    const found = await this.#pool.query<Counts>(
      `WITH last_success AS (
         SELECT max(at) AS at FROM sign_in_try
         WHERE account_key = $1 AND address_key = $2 AND outcome = 'succeeded' AND at >= $4)
       SELECT
         (count(*) FILTER (WHERE same_account AND same_address AND at > coalesce(s, '-infinity')))::int AS pair,
         max(at) FILTER (WHERE same_account AND same_address AND at > coalesce(s, '-infinity')) AS pair_last,
         (count(*) FILTER (WHERE same_account))::int AS account,
         max(at) FILTER (WHERE same_account) AS account_last,
         (count(*) FILTER (WHERE same_address))::int AS address,
         max(at) FILTER (WHERE same_address) AS address_last,
         (SELECT at FROM last_success) IS NOT NULL AS known
       FROM (
         SELECT t.at, t.account_key = $1 AS same_account, t.address_key = $2 AS same_address,
           (SELECT at FROM last_success) AS s
         FROM sign_in_try t
         WHERE (t.account_key = $1 OR t.address_key = $2) AND t.at >= $3 AND t.outcome = 'failed' AND t.id <> $5
       ) AS failed`,
      [keys.account, keys.address, since, knownSince, except],
    );
    const row = found.rows[0];
    return {
      pair: { count: row?.pair ?? 0, last: row?.pair_last ?? null },
      account: { count: row?.account ?? 0, last: row?.account_last ?? null },
      address: { count: row?.address ?? 0, last: row?.address_last ?? null },
      knownAddress: row?.known ?? false,
    };
  }

  async purge(now: Date): Promise<void> {
    const old = new Date(now.getTime() - SIGN_IN_RULES.knownAddressDays * 86_400_000);
    const stale = new Date(now.getTime() - 86_400_000);
    await this.#pool.query(`DELETE FROM sign_in_try WHERE at < $1 OR (at < $2 AND outcome <> 'succeeded')`, [
      old,
      stale,
    ]);
  }
}
