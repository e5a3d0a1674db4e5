import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';

/** A browser is known for half a year after its holder's last sign-in. */
export const DEVICE_DAYS = 180;

/** The cookie by which a browser is known again; it opens nothing. */
export const DEVICE_COOKIE = 'gongzhi.device';

/** Browsers from which holders signed in. The database holds digests of their cookies. */
export class DeviceStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Whether the account's holder signed in with this browser; takes as long for an account that is not there. */
  async isKnown(userId: string | null, token: string | null): Promise<boolean> {
    const found = await this.#pool.query('SELECT 1 FROM known_device WHERE user_id = $1 AND device = $2', [
      userId ?? '',
      deviceDigest(token ?? ''),
    ]);
    return found.rows.length > 0;
  }

  /** A browser with which the holder never signed in, though he did with others; his very first is not told of. */
  async isNew(userId: string, token: string | null): Promise<boolean> {
    const found = await this.#pool.query<{ known: boolean }>(
      'SELECT bool_or(device = $2) AS known FROM known_device WHERE user_id = $1',
      [userId, deviceDigest(token ?? '')],
    );
    return found.rows[0]?.known === false;
  }

  /** Knows the browser from now on; answers its cookie's value. */
  async remember(userId: string, token: string | null, now: Date): Promise<string> {
    const kept = token !== null && /^[\w-]{43}$/.test(token) ? token : randomBytes(32).toString('base64url');
    await this.#pool.query(
      `INSERT INTO known_device (user_id, device, seen_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id, device) DO UPDATE SET seen_at = excluded.seen_at`,
      [userId, deviceDigest(kept), now],
    );
    return kept;
  }

  async forgetAll(userId: string): Promise<void> {
    await this.#pool.query('DELETE FROM known_device WHERE user_id = $1', [userId]);
  }

  async purge(now: Date): Promise<void> {
    await this.#pool.query('DELETE FROM known_device WHERE seen_at < $1', [
      new Date(now.getTime() - DEVICE_DAYS * 86_400_000),
    ]);
  }
}

export function deviceDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
