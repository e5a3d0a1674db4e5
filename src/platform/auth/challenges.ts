import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';

/** What a browser was asked: a passkey's challenge, the second step of a sign-in, a way through another service. */
export type ChallengePurpose =
  | 'second_step'
  | 'passkey_sign_in'
  | 'passkey_second_step'
  | 'passkey_proof'
  | 'passkey_registration'
  | 'sso';

export type Challenge = { readonly userId: string | null; readonly content: Readonly<Record<string, unknown>> };

/** Asked once, answered once. The database holds a digest, never what the browser must bring. */
export class ChallengeStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Answers what the browser must bring back: 256 random bits. */
  async ask(
    purpose: ChallengePurpose,
    of: { readonly userId: string | null; readonly content?: Readonly<Record<string, unknown>> },
    expiresAt: Date,
  ): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.#pool.query(
      'INSERT INTO challenge (id, purpose, user_id, content, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [digest(token), purpose, of.userId, JSON.stringify(of.content ?? {}), expiresAt],
    );
    return token;
  }

  /** What was asked, while it is good; it stays good. */
  async find(purpose: ChallengePurpose, token: string, now: Date): Promise<Challenge | null> {
    const found = await this.#pool.query<{ user_id: string | null; content: Record<string, unknown> }>(
      'SELECT user_id, content FROM challenge WHERE id = $1 AND purpose = $2 AND expires_at > $3',
      [digest(token), purpose, now],
    );
    return challengeOf(found.rows[0]);
  }

  /** Uses it up; of two at once, one gets it. */
  async take(purpose: ChallengePurpose, token: string, now: Date): Promise<Challenge | null> {
    const taken = await this.#pool.query<{ user_id: string | null; content: Record<string, unknown> }>(
      'DELETE FROM challenge WHERE id = $1 AND purpose = $2 AND expires_at > $3 RETURNING user_id, content',
      [digest(token), purpose, now],
    );
    return challengeOf(taken.rows[0]);
  }

  async purge(now: Date): Promise<void> {
    await this.#pool.query('DELETE FROM challenge WHERE expires_at < $1', [now]);
  }
}

function challengeOf(row: { user_id: string | null; content: Record<string, unknown> } | undefined): Challenge | null {
  return row ? { userId: row.user_id, content: row.content } : null;
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
