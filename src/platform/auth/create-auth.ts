import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { countTraffic } from '../database/traffic.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { AccountStore } from './account-store.ts';
import { createAccount, redeemLink } from './accounts.ts';
import type { Account, NewAccount } from './account.ts';
import type { Auth } from './auth.ts';
import type { Headers as RawHeaders } from './cookies.ts';
import { ChallengeStore } from './challenges.ts';
import { DeviceStore } from './device-store.ts';
import { LinkStore } from './link-store.ts';
import { createLibrary } from './officer-sessions.ts';
import { ownSafety } from './own-safety.ts';
import type { AuthParts, AuthSettings } from './parts.ts';
import { Passkeys } from './passkeys.ts';
import { hashPassword } from './password.ts';
import { SecondFactors } from './second-factors.ts';
import { endSessions, readSession, webHeaders } from './sessions.ts';
import { changePassword, prove, secondStep, signIn, signInWithPasskey } from './sign-in.ts';
import { Sso } from './sso.ts';
import { TryStore } from './try-store.ts';

/** Opens accounts and sessions. No connection is made before the first use. */
export function createAuth(settings: AuthSettings): Auth {
  const pool = new pg.Pool({
    connectionString: settings.databaseUrl,
    options: '-c search_path=auth',
    max: 4,
    application_name: 'gongzhi auth',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 10_000,
  });
  countTraffic(pool);
  pool.on('error', (error) => settings.log.warn({ error: error.message }, 'a resting sign-in connection was lost'));
  const secret = settings.vault.mac('sessions', 'cookie secret').toString('base64');
  const challenges = new ChallengeStore(pool);
  const parts: AuthParts = {
    settings,
    pool,
    betterAuth: createLibrary({ ...settings, pool, secret }),
    accounts: new AccountStore(pool, settings.tenant),
    links: new LinkStore(pool),
    tries: new TryStore(pool),
    challenges,
    devices: new DeviceStore(pool),
    factors: new SecondFactors(pool, settings.vault, settings.tenant),
    passkeys: new Passkeys(pool, challenges, settings.baseUrl),
    nobody: hashPassword(randomBytes(32).toString('base64'), settings.passwordCost),
  };
  return {
    ...accountsOf(parts),
    ...sessionsOf(parts),
    ...ownSafety(parts),
    sso: settings.sso ? new Sso(parts, settings.sso) : null,
    purge: () => purge(parts),
    close: () => pool.end(),
  };
}

function accountsOf(parts: AuthParts) {
  const { accounts, links, settings } = parts;
  return {
    createAccount: (account: NewAccount) => createAccount(parts, account),
    findAccount: (username: string) => accounts.findByUsername(username),
    findAccountById: (userId: string) => accounts.findById(userId),
    listAccounts: (page: { readonly after?: string | undefined; readonly limit: number }) =>
      accounts.list(page.after ?? '', page.limit),
    hasNoAccounts: () => accounts.isEmpty(),
    async issueLink(userId: string, issuedBy: string) {
      const link = await links.issue(userId, issuedBy, settings.now());
      return { ...link, url: `${settings.baseUrl}/office/welcome#${link.token}` };
    },
    hasUsedLink: (userId: string) => links.wasUsed(userId),
    async accountOfLink(token: string) {
      const userId = await links.find(token, settings.now());
      return userId === null ? null : accounts.findById(userId);
    },
    redeemLink: (token: string, password: string) => redeemLink(parts, token, password),
    async suspend(userId: string): Promise<Result<Account>> {
      const account = await accounts.setSuspended(userId, settings.now());
      if (!account) return refuse('auth.account_not_found');
      await endSessions(parts, userId);
      return account;
    },
    async resume(userId: string): Promise<Result<Account>> {
      return (await accounts.setSuspended(userId, null)) ?? refuse('auth.account_not_found');
    },
  };
}

function sessionsOf(
  parts: AuthParts,
): Pick<Auth, 'signIn' | 'secondStep' | 'signInWithPasskey' | 'signOut' | 'changePassword' | 'prove' | 'sessionOf'> {
  return {
    signIn: (attempt) => signIn(parts, attempt),
    secondStep: (token, proof, caller) => secondStep(parts, token, proof, caller),
    signInWithPasskey: (response, caller) => signInWithPasskey(parts, response, caller),
    signOut: (headers) => signOut(parts, headers),
    changePassword: (session, change) => changePassword(parts, session, change),
    prove: (session, proof, caller) => prove(parts, session, proof, caller),
    sessionOf: (headers, options) =>
      readSession(parts, headers, options?.passive === true || headers[PASSIVE_HEADER] !== undefined, options?.tx),
  };
}

async function signOut(parts: AuthParts, raw: RawHeaders): Promise<readonly string[]> {
  const { headers } = await parts.betterAuth.api.signOut({ headers: webHeaders(raw), returnHeaders: true });
  return headers.getSetCookie();
}

/** By this header a page says of any request that no person asked for it. */
export const PASSIVE_HEADER = 'x-gongzhi-passive';

async function purge(parts: AuthParts): Promise<void> {
  const now = parts.settings.now();
  await parts.pool.query('DELETE FROM "session" WHERE "expiresAt" < $1', [now]);
  await parts.links.purge(now);
  await parts.challenges.purge(now);
  await parts.devices.purge(now);
  await parts.tries.purge(now);
}
