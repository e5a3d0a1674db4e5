import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type pg from 'pg';
import { uuidv7 } from '../../kit/ids.ts';
import type { Account } from './account.ts';
import type { ChallengePurpose, ChallengeStore } from './challenges.ts';

export type Passkey = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
};

type Row = {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
};

type Transport = 'ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb';

/** What is signed on a device in answer to these purposes. */
type Asking = Extract<ChallengePurpose, 'passkey_sign_in' | 'passkey_second_step' | 'passkey_proof'>;

/** Ed25519, P-256, RSA: what every device has one of. */
const ALGORITHMS = [-8, -7, -257];

const ANSWER_SECONDS = 300;

/**
 * Passkeys (WebAuthn). The device must have checked its holder (PIN, finger, face), so that a passkey alone is two
 * factors. Each challenge serves once, for one purpose and, but for signing in, for one account.
 */
export class Passkeys {
  readonly #pool: pg.Pool;
  readonly #challenges: ChallengeStore;
  readonly #origin: string;
  readonly #host: string;

  constructor(pool: pg.Pool, challenges: ChallengeStore, baseUrl: string) {
    const address = new URL(baseUrl);
    this.#pool = pool;
    this.#challenges = challenges;
    this.#origin = address.origin;
    this.#host = address.hostname;
  }

  async list(userId: string): Promise<readonly Passkey[]> {
    const found = await this.#pool.query<Passkey>(
      `SELECT id, name, created_at AS "createdAt", used_at AS "usedAt" FROM passkey WHERE user_id = $1 ORDER BY id`,
      [userId],
    );
    return found.rows;
  }

  async remove(userId: string, id: string): Promise<boolean> {
    const removed = await this.#pool.query('DELETE FROM passkey WHERE user_id = $1 AND id = $2', [userId, id]);
    return removed.rowCount === 1;
  }

  /** What the browser needs to make a passkey for the account. */
  async beginRegistration(account: Account, now: Date): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const known = await this.#of(account.id);
    return generateRegistrationOptions({
      rpName: 'Gongzhi 共治',
      rpID: this.#host,
      userName: account.username,
      userDisplayName: account.name,
      userID: Uint8Array.from(Buffer.from(account.id)),
      challenge: await this.#challenge('passkey_registration', account.id, now),
      supportedAlgorithmIDs: ALGORITHMS,
      attestationType: 'none',
      excludeCredentials: known.map((row) => ({ id: row.credential_id, transports: row.transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    });
  }

  /** Keeps the passkey a browser made; false when it does not answer what was asked of this account. */
  async register(userId: string, name: string, response: RegistrationResponseJSON, now: Date): Promise<boolean> {
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: async (challenge) =>
        (await this.#challenges.take('passkey_registration', plain(challenge), now))?.userId === userId,
      expectedOrigin: this.#origin,
      expectedRPID: this.#host,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(() => null);
    if (!verified?.verified) return false;
    const { credential } = verified.registrationInfo;
    const kept = await this.#pool.query(
      `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, name, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING`,
      [
        ...[uuidv7(now.getTime()), userId, credential.id, Buffer.from(credential.publicKey), credential.counter],
        ...[response.response.transports ?? [], name, now],
      ],
    );
    return kept.rowCount === 1;
  }

  /** What the browser needs to answer with a passkey: of one account, or of whoever holds one here. */
  async ask(purpose: Asking, userId: string | null, now: Date): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const known = userId === null ? [] : await this.#of(userId);
    return generateAuthenticationOptions({
      rpID: this.#host,
      challenge: await this.#challenge(purpose, userId, now),
      userVerification: 'required',
      allowCredentials: known.map((row) => ({ id: row.credential_id, transports: row.transports as Transport[] })),
    });
  }

  /** Whose passkey answered; null when nobody's did, or not to this. */
  async answer(
    purpose: Asking,
    userId: string | null,
    response: AuthenticationResponseJSON,
    now: Date,
  ): Promise<string | null> {
    const found = await this.#pool.query<Row>(
      'SELECT id, user_id, credential_id, public_key, counter, transports FROM passkey WHERE credential_id = $1',
      [response.id],
    );
    const row = found.rows[0];
    if (!row || (userId !== null && row.user_id !== userId)) return null;
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: async (challenge) => {
        const asked = await this.#challenges.take(purpose, plain(challenge), now);
        return asked !== null && asked.userId === userId;
      },
      expectedOrigin: this.#origin,
      expectedRPID: this.#host,
      requireUserVerification: true,
      credential: {
        id: row.credential_id,
        publicKey: Uint8Array.from(row.public_key),
        counter: Number(row.counter),
        transports: row.transports as Transport[],
      },
    }).catch(() => null);
    if (!verified?.verified) return null;
    await this.#pool.query('UPDATE passkey SET counter = $2, used_at = $3 WHERE id = $1', [
      row.id,
      verified.authenticationInfo.newCounter,
      now,
    ]);
    return row.user_id;
  }

  async #of(userId: string): Promise<readonly Row[]> {
    const found = await this.#pool.query<Row>(
      'SELECT id, user_id, credential_id, public_key, counter, transports FROM passkey WHERE user_id = $1',
      [userId],
    );
    return found.rows;
  }

  /** The bytes of the token are the challenge; the browser sends them back encoded once more. */
  async #challenge(purpose: ChallengePurpose, userId: string | null, now: Date): Promise<Uint8Array<ArrayBuffer>> {
    const token = await this.#challenges.ask(purpose, { userId }, new Date(now.getTime() + ANSWER_SECONDS * 1000));
    return Uint8Array.from(Buffer.from(token, 'base64url'));
  }
}

/** Base64url without padding, as the token was made. */
function plain(challenge: string): string {
  return Buffer.from(challenge, 'base64url').toString('base64url');
}
