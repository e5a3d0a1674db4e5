import { randomInt } from 'node:crypto';
import type pg from 'pg';
import type { Vault } from '../crypto/vault.ts';
import { matchTotp, newTotpSecret, totpAddress } from './totp.ts';

export type TotpSetup = { readonly secret: string; readonly address: string };

/** What an account can prove itself with beside the password. */
export type FactorKinds = { readonly totp: boolean; readonly passkey: boolean };

const RECOVERY_CODES = 10;
const RECOVERY_LETTERS = 10;
/** Without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Authenticator apps and recovery codes. Secrets lie sealed, codes as keyed digests; each code serves once. */
export class SecondFactors {
  readonly #pool: pg.Pool;
  readonly #vault: Pick<Vault, 'seal' | 'open' | 'mac'>;
  readonly #tenant: number;

  constructor(pool: pg.Pool, vault: Pick<Vault, 'seal' | 'open' | 'mac'>, tenant: number) {
    this.#pool = pool;
    this.#vault = vault;
    this.#tenant = tenant;
  }

  async kindsOf(userId: string): Promise<FactorKinds> {
    const found = await this.#pool.query<FactorKinds>(
      `SELECT EXISTS (SELECT 1 FROM totp WHERE user_id = $1 AND secret IS NOT NULL) AS totp,
        EXISTS (SELECT 1 FROM passkey WHERE user_id = $1) AS passkey`,
      [userId],
    );
    return found.rows[0] ?? { totp: false, passkey: false };
  }

  /** When the account's app was set up and how many recovery codes are left. */
  async stateOf(userId: string): Promise<{ readonly totpSince: Date | null; readonly recoveryCodesLeft: number }> {
    const found = await this.#pool.query<{ since: Date | null; codes: number }>(
      `SELECT (SELECT confirmed_at FROM totp WHERE user_id = $1) AS since,
        (SELECT count(*)::int FROM recovery_code WHERE user_id = $1 AND used_at IS NULL) AS codes`,
      [userId],
    );
    return { totpSince: found.rows[0]?.since ?? null, recoveryCodesLeft: found.rows[0]?.codes ?? 0 };
  }

  /** Makes a secret that counts once a code of it was typed in; the one in use stays until then. */
  async beginTotp(userId: string, of: { readonly issuer: string; readonly username: string }): Promise<TotpSetup> {
    const secret = newTotpSecret();
    await this.#pool.query(
      `INSERT INTO totp (user_id, pending) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET pending = excluded.pending`,
      [userId, this.#seal(userId, secret)],
    );
    return { secret, address: totpAddress(secret, of) };
  }

  /** Takes the new secret into use; false when the code is not one of its own. */
  async confirmTotp(userId: string, code: string, now: Date): Promise<boolean> {
    const found = await this.#pool.query<{ pending: Buffer | null }>('SELECT pending FROM totp WHERE user_id = $1', [
      userId,
    ]);
    const pending = found.rows[0]?.pending;
    if (!pending) return false;
    const step = matchTotp(this.#open(userId, pending), code, now, 0);
    if (step === null) return false;
    const confirmed = await this.#pool.query(
      `UPDATE totp SET secret = pending, pending = NULL, confirmed_at = $3, last_step = $4
       WHERE user_id = $1 AND pending = $2`,
      [userId, pending, now, step],
    );
    return confirmed.rowCount === 1;
  }

  /** Takes a code of the app; each at most once, also when it is sent twice at the same moment. */
  async takeTotp(userId: string, code: string, now: Date): Promise<boolean> {
    const found = await this.#pool.query<{ secret: Buffer | null; last_step: string }>(
      'SELECT secret, last_step FROM totp WHERE user_id = $1',
      [userId],
    );
    const row = found.rows[0];
    if (!row?.secret) return false;
    const step = matchTotp(this.#open(userId, row.secret), code, now, Number(row.last_step));
    if (step === null) return false;
    const used = await this.#pool.query('UPDATE totp SET last_step = $2 WHERE user_id = $1 AND last_step < $2', [
      userId,
      step,
    ]);
    return used.rowCount === 1;
  }

  async removeTotp(userId: string): Promise<boolean> {
    const removed = await this.#pool.query(
      'UPDATE totp SET secret = NULL, confirmed_at = NULL, pending = NULL WHERE user_id = $1 AND secret IS NOT NULL',
      [userId],
    );
    return removed.rowCount === 1;
  }

  /** Makes new recovery codes; those made before serve no more. */
  async newRecoveryCodes(userId: string, now: Date): Promise<readonly string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.#pool.query(
      `WITH former AS (DELETE FROM recovery_code WHERE user_id = $1)
       INSERT INTO recovery_code (user_id, code_mac, created_at) SELECT $1, unnest($2::bytea[]), $3`,
      [userId, codes.map((code) => this.#macOf(userId, code)), now],
    );
    return codes;
  }

  async takeRecoveryCode(userId: string, code: string, now: Date): Promise<boolean> {
    const used = await this.#pool.query(
      'UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND code_mac = $2 AND used_at IS NULL',
      [userId, this.#macOf(userId, code), now],
    );
    return used.rowCount === 1;
  }

  async removeAll(userId: string): Promise<void> {
    for (const table of ['totp', 'recovery_code', 'passkey']) {
      await this.#pool.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
    }
  }

  #seal(userId: string, secret: string): Buffer {
    return this.#vault.seal(this.#tenant, secret, `totp:${userId}`);
  }

  #open(userId: string, sealed: Buffer): string {
    return this.#vault.open(this.#tenant, sealed, `totp:${userId}`);
  }

  /** However it was typed: spaces, dashes and small letters do not matter. */
  #macOf(userId: string, code: string): Buffer {
    const plain = code
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '');
    return this.#vault.mac('recovery code', `${userId}:${plain}`);
  }
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: RECOVERY_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}
