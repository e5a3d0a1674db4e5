import { readFile } from 'node:fs/promises';
import * as client from 'openid-client';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { OutgoingCalls } from '../http/outgoing.ts';
import type { Caller, SignInOutcome } from './account.ts';
import type { AuthParts } from './parts.ts';
import { findSession, rotateSession } from './sessions.ts';
import { enter } from './sign-in.ts';
import type { SsoSettings } from './sso-settings.ts';

/** Ties a way through the service to the browser that began it; sent along when it comes back from another site. */
export const SSO_COOKIE = 'gongzhi.sso';
export const SSO_SECONDS = 600;
const CALLBACK = '/api/auth/sso/callback';

/** What is kept from the beginning of a way to its end. `sessionId`: a session to be proved anew. */
type Kept = {
  readonly nonce: string;
  readonly verifier: string;
  readonly from: string;
  readonly sessionId: string | null;
};

export type SsoStart = { readonly url: string; readonly token: string };
/** Where the browser goes on, and as whom. */
export type SsoEnd = SignInOutcome & { readonly from: string; readonly proved: boolean };

/**
 * Signing in through a government's own service (OpenID Connect, code flow with PKCE, state and nonce). Only accounts that
 * an administrator made may enter. The library checks signature, issuer, audience and times of what the service says.
 */
export class Sso {
  readonly #parts: AuthParts;
  readonly #settings: SsoSettings;
  #configuration: Promise<client.Configuration> | undefined;

  constructor(parts: AuthParts, settings: SsoSettings) {
    this.#parts = parts;
    this.#settings = settings;
  }

  get name(): string {
    return this.#settings.name;
  }

  /** Where to send the browser. With `sessionId` the service must ask for the person's proof anew. */
  async begin(from: string, sessionId: string | null): Promise<Result<SsoStart>> {
    const configuration = await this.#connect();
    if (!configuration) return refuse('auth.sso_away');
    const kept: Kept = { nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), from, sessionId };
    const { challenges, settings } = this.#parts;
    const expiresAt = new Date(settings.now().getTime() + SSO_SECONDS * 1000);
    const sealed = settings.vault.seal(settings.tenant, JSON.stringify(kept), 'sso').toString('base64');
    const token = await challenges.ask('sso', { userId: null, content: { sealed } }, expiresAt);
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${settings.baseUrl}${CALLBACK}`,
      scope: this.#settings.scope,
      state: token,
      nonce: kept.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
      ...(this.#settings.acr.length > 0 ? { acr_values: this.#settings.acr.join(' ') } : {}),
      ...(sessionId === null ? {} : { prompt: 'login', max_age: '0' }),
    });
    return { url: url.href, token };
  }

  /** Takes what the service sent the browser back with; `token` is the browser's cookie. */
  async finish(query: string, token: string | null, caller: Caller): Promise<Result<SsoEnd>> {
    const { settings, challenges } = this.#parts;
    const url = new URL(`${settings.baseUrl}${CALLBACK}?${query}`);
    // Another browser's way, or none: whoever sends a person here by a link of his own making gets nothing.
    if (token === null || url.searchParams.get('state') !== token) return refuse('auth.sso_over');
    const asked = await challenges.take('sso', token, settings.now());
    if (!asked) return refuse('auth.sso_over');
    const sealed = Buffer.from(String(asked.content.sealed), 'base64');
    const kept = JSON.parse(settings.vault.open(settings.tenant, sealed, 'sso')) as Kept;
    const claims = await this.#redeem(url, token, kept);
    if (!claims) return refuse('auth.sso_failed');
    const account = await this.#accountOf(claims);
    if (!account) return refuse('auth.sso_unknown');
    if (account.suspendedAt) return refuse('auth.suspended');
    const secondFactor = claims.acr !== undefined && this.#settings.acr.includes(String(claims.acr));
    if (kept.sessionId !== null) return this.#prove(kept.sessionId, account.id, secondFactor, kept.from, caller);
    const entered = await enter(this.#parts, account, {
      method: 'sso',
      secondFactor,
      // A person whom the service let in hours ago has proved nothing now.
      provedAt: new Date((claims.auth_time ?? 0) * 1000),
      caller,
    });
    return isRefusal(entered) ? entered : { ...entered, from: kept.from, proved: false };
  }

  async #prove(
    sessionId: string,
    userId: string,
    secondFactor: boolean,
    from: string,
    caller: Caller,
  ): Promise<Result<SsoEnd>> {
    const session = await findSession(this.#parts, sessionId);
    if (!session || session.account.id !== userId) return refuse('auth.sso_unknown');
    const rotated = await rotateSession(this.#parts, session, { secondFactor, caller });
    return isRefusal(rotated) ? rotated : { ...rotated, state: 'signed_in', from, proved: true };
  }

  async #redeem(url: URL, state: string, kept: Kept): Promise<client.IDToken | null> {
    const configuration = await this.#connect();
    if (!configuration) return null;
    try {
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: kept.nonce,
        pkceCodeVerifier: kept.verifier,
        idTokenExpected: true,
        ...(kept.sessionId === null ? {} : { maxAge: 60 }),
      });
      return tokens.claims() ?? null;
    } catch (error) {
      const { code = '', name } = error as { code?: string; name: string };
      this.#parts.settings.log.warn({ part: 'sso', code, name }, 'what the sign-in service sent was refused');
      return null;
    }
  }

  /** The account linked to this person of the service, or the one of his username, which is linked from then on. */
  async #accountOf(claims: client.IDToken) {
    const { pool, accounts, settings } = this.#parts;
    const linked = await pool.query<{ user_id: string }>(
      'SELECT user_id FROM sso_identity WHERE issuer = $1 AND subject = $2',
      [claims.iss, claims.sub],
    );
    if (linked.rows[0]) return accounts.findById(linked.rows[0].user_id);
    const username = claims[this.#settings.claim];
    const account = typeof username === 'string' ? await accounts.findByUsername(username) : null;
    if (!account) return null;
    const made = await pool.query(
      `INSERT INTO sso_identity (issuer, subject, user_id, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [claims.iss, claims.sub, account.id, settings.now()],
    );
    return made.rowCount === 1 ? account : null;
  }

  /** What the service says of itself, asked once; asked again after a failure. */
  async #connect(): Promise<client.Configuration | null> {
    this.#configuration ??= this.#discover();
    try {
      return await this.#configuration;
    } catch (error) {
      this.#configuration = undefined;
      const { message } = error as Error;
      this.#parts.settings.log.error({ part: 'sso', error: message }, 'the sign-in service does not answer');
      return null;
    }
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecretFile, outgoing } = this.#settings;
    const secret = clientSecretFile === null ? undefined : (await readFile(clientSecretFile, 'utf8')).trim();
    const authentication = secret === undefined ? client.None() : client.ClientSecretPost(secret);
    return client.discovery(new URL(issuer), clientId, secret, authentication, {
      [client.customFetch]: fetchThrough(outgoing),
      // Plain http is for a service beside the platform; the list of outgoing hosts must name it as such.
      execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    });
  }
}

/** The library's calls go the one way out, which knows whom the platform may call. */
function fetchThrough(outgoing: OutgoingCalls): client.CustomFetch {
  return async (url, { method, headers, body }) => {
    const answer = await outgoing.request(url, {
      method: method as 'GET' | 'POST',
      headers,
      ...(body === undefined || body === null ? {} : { body: body instanceof Uint8Array ? body : String(body) }),
    });
    const type = answer.headers['content-type'];
    return new Response(new Uint8Array(answer.body), {
      status: answer.status,
      headers: typeof type === 'string' ? { 'content-type': type } : {},
    });
  };
}
