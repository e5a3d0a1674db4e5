import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';

/** Long enough for a letter to reach its reader, short enough for one that went astray. */
export const LINK_LIFE_HOURS = 72;

/** One-time links. 256 random bits need no slow digest; the database never holds what opens the door. */
export class LinkStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Makes a link and voids the account's earlier ones. */
  async issue(userId: string, issuedBy: string, now: Date): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + LINK_LIFE_HOURS * 3_600_000);
    await this.#pool.query('DELETE FROM one_time_link WHERE user_id = $1 AND used_at IS NULL', [userId]);
    await this.#pool.query(
      `INSERT INTO one_time_link (token_hash, user_id, issued_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
      [digest(token), userId, issuedBy, now, expiresAt],
    );
    return { token, expiresAt };
  }

  /** Whose password the link may set, while it is good. */
  async find(token: string, now: Date): Promise<string | null> {
    const found = await this.#pool.query<{ user_id: string }>(
      'SELECT user_id FROM one_time_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2',
      [digest(token), now],
    );
    return found.rows[0]?.user_id ?? null;
  }

  /** Uses the link up; of two at once, one gets the account. */
  async redeem(token: string, now: Date): Promise<string | null> {
    const used = await this.#pool.query<{ user_id: string }>(
      `UPDATE one_time_link SET used_at = $2
       WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING user_id`,
      [digest(token), now],
    );
    return used.rows[0]?.user_id ?? null;
  }

  /** Whether the account ever set its password by a link; used links are kept for this. */
  async wasUsed(userId: string): Promise<boolean> {
    const found = await this.#pool.query(
      'SELECT 1 FROM one_time_link WHERE user_id = $1 AND used_at IS NOT NULL LIMIT 1',
      [userId],
    );
    return found.rows.length > 0;
  }

  async purge(now: Date): Promise<void> {
    await this.#pool.query('DELETE FROM one_time_link WHERE expires_at < $1 AND used_at IS NULL', [now]);
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
