import { randomBytes } from 'node:crypto';
import { APIError } from 'better-auth/api';
import pg from 'pg';
import { type Result, refuse } from '../../kit/result.ts';
import type { Vault } from '../crypto/vault.ts';
import { isUniqueViolation } from '../database/errors.ts';
import type { Log } from '../log.ts';
import { AccountStore, accountFrom, storedMail } from './account-store.ts';
import type { Account, Auth, Headers as RawHeaders, NewAccount, SignedIn } from './auth.ts';
import { LinkStore } from './link-store.ts';
import {
  createLibrary,
  type Library,
  NOT_ADMITTED,
  PASSWORD_LENGTH,
  type SessionLimits,
  USERNAME,
} from './officer-sessions.ts';
import { hashPassword, type PasswordCost } from './password.ts';
import { secondsUntilNextTry } from './throttle.ts';
import { TryStore } from './try-store.ts';

export type AuthSettings = {
  /** The database as gongzhi_app; the pool made here reaches schema auth by its search_path. */
  readonly databaseUrl: string;
  readonly tenant: number;
  readonly baseUrl: string;
  readonly limits: SessionLimits;
  /** What hashing a password costs; only tests make it cheap. */
  readonly passwordCost?: PasswordCost;
  readonly vault: Pick<Vault, 'mac'>;
  readonly log: Log;
  readonly now: () => Date;
};

type Parts = {
  readonly settings: AuthSettings;
  readonly pool: pg.Pool;
  readonly betterAuth: Library;
  readonly accounts: AccountStore;
  readonly links: LinkStore;
  readonly tries: TryStore;
};

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
  pool.on('error', (error) => settings.log.warn({ error: error.message }, 'a resting sign-in connection was lost'));
  const secret = settings.vault.mac('sessions', 'cookie secret').toString('base64');
  const parts: Parts = {
    settings,
    pool,
    betterAuth: createLibrary({ ...settings, pool, secret }),
    accounts: new AccountStore(pool, settings.tenant),
    links: new LinkStore(pool),
    tries: new TryStore(pool),
  };
  return { ...accountsOf(parts), ...sessionsOf(parts), purge: () => purge(parts), close: () => pool.end() };
}

function accountsOf(parts: Parts) {
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

function sessionsOf(parts: Parts) {
  return {
    signIn: (attempt: Parameters<Auth['signIn']>[0]) => signIn(parts, attempt),
    signOut: (headers: RawHeaders) => signOut(parts, headers),
    changePassword: (userId: string, change: Parameters<Auth['changePassword']>[1]) =>
      changePassword(parts, userId, change),
    accountOf: (headers: RawHeaders, options?: { readonly passive?: boolean }) =>
      accountOf(parts, headers, options?.passive === true || headers[PASSIVE_HEADER] !== undefined),
  };
}

async function createAccount(parts: Parts, account: NewAccount): Promise<Result<Account>> {
  if (!USERNAME.test(account.username)) return refuse('auth.username_malformed');
  if (account.password !== undefined) {
    const weak = refuseWeak(account.password, account.username);
    if (weak) return weak;
  }
  const { internalAdapter } = await parts.betterAuth.$context;
  try {
    const user = await internalAdapter.createUser<Record<string, never>>(
      {
        name: account.name,
        email: storedMail(account.username, account.mail),
        emailVerified: false,
        username: account.username,
        tenant: parts.settings.tenant,
        suspendedAt: null,
      },
      { method: 'admin' },
    );
    // Without one, a password nobody knows: signing in then takes as long as for any other account.
    await setPassword(parts, user.id, account.password ?? randomBytes(32).toString('base64'));
    return accountFrom({ ...user, suspendedAt: null, username: account.username.toLowerCase() });
  } catch (error) {
    if (isUniqueViolation(error) || (error instanceof APIError && error.status === 'BAD_REQUEST')) {
      return refuse((await parts.accounts.isTaken(account.username)) ? 'auth.username_taken' : 'auth.mail_taken');
    }
    throw error;
  }
}

/** Sets the password, whether the account had one or not. */
async function setPassword(parts: Parts, userId: string, password: string): Promise<void> {
  const { internalAdapter } = await parts.betterAuth.$context;
  const hash = await hashPassword(password, parts.settings.passwordCost);
  if (await internalAdapter.findCredentialAccount(userId)) return internalAdapter.updatePassword(userId, hash);
  await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
}

/** Long beats complicated: a length, and not the username itself or one character over and over. */
function refuseWeak(password: string, username: string) {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min || length > PASSWORD_LENGTH.max) {
    return refuse('auth.password_length', { minimum: PASSWORD_LENGTH.min, maximum: PASSWORD_LENGTH.max });
  }
  const plain = password.toLowerCase();
  const guessable = plain.includes(username.toLowerCase()) || new Set(plain).size < 4;
  return guessable ? refuse('auth.password_guessable') : null;
}

async function redeemLink(parts: Parts, token: string, password: string): Promise<Result<Account>> {
  const now = parts.settings.now();
  const userId = await parts.links.find(token, now);
  const account = userId === null ? null : await parts.accounts.findById(userId);
  if (!account) return refuse('auth.link_invalid');
  const weak = refuseWeak(password, account.username);
  if (weak) return weak;
  if ((await parts.links.redeem(token, now)) === null) return refuse('auth.link_invalid');
  await setPassword(parts, account.id, password);
  await endSessions(parts, account.id);
  return account;
}

async function endSessions(parts: Parts, userId: string): Promise<void> {
  const { internalAdapter } = await parts.betterAuth.$context;
  await internalAdapter.deleteUserSessions(userId);
}

/**
 * Unknown account, wrong password and an account without one answer alike, after the same work: the library hashes the
 * given password when there is nothing to compare it with, and malformed names take the way of unknown ones.
 */
async function signIn(parts: Parts, attempt: Parameters<Auth['signIn']>[0]): Promise<Result<SignedIn>> {
  const { settings, tries, betterAuth } = parts;
  const now = settings.now();
  const keyOf = (value: string) => settings.vault.mac('sign-in try', value).toString('hex');
  const username = USERNAME.test(attempt.username) ? attempt.username : keyOf('nobody').slice(0, 40);
  const keys = { account: keyOf(`account ${username.toLowerCase()}`), address: keyOf(`address ${attempt.address}`) };
  const id = await tries.begin(keys, now);
  const wait = secondsUntilNextTry(await tries.history(keys, id, now), now);
  if (wait > 0) {
    await tries.end(id, 'put_off');
    return refuse('auth.too_many_tries', { seconds: wait });
  }
  try {
    const { headers, response } = await betterAuth.api.signInUsername({
      body: { username, password: attempt.password },
      headers: new Headers({ 'user-agent': attempt.userAgent }),
      returnHeaders: true,
    });
    await tries.end(id, 'succeeded');
    const account = await parts.accounts.findByUsername(username);
    if (!account || !response) return refuse('auth.wrong_credentials');
    return { account, cookies: sessionCookies(headers) };
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    if (error.body?.code === NOT_ADMITTED) return refuse('auth.suspended');
    if (error.status === 'INTERNAL_SERVER_ERROR') throw error;
    return refuse('auth.wrong_credentials');
  }
}

/** The library lets a cookie live as long as one idle period; ours lives as long as the browser's window. */
function sessionCookies(headers: Headers): readonly string[] {
  return headers.getSetCookie().map((cookie) => cookie.replace(/;\s*Max-Age=[1-9]\d*/i, ''));
}

async function signOut(parts: Parts, raw: RawHeaders): Promise<readonly string[]> {
  const { headers } = await parts.betterAuth.api.signOut({ headers: webHeaders(raw), returnHeaders: true });
  return headers.getSetCookie();
}

async function changePassword(
  parts: Parts,
  userId: string,
  change: Parameters<Auth['changePassword']>[1],
): Promise<Result<Account>> {
  const account = await parts.accounts.findById(userId);
  if (!account) return refuse('auth.account_not_found');
  const { internalAdapter, password } = await parts.betterAuth.$context;
  const credential = await internalAdapter.findCredentialAccount(userId);
  const fits = credential?.password && (await password.verify({ hash: credential.password, password: change.current }));
  if (!fits) return refuse('auth.wrong_current_password');
  const weak = refuseWeak(change.next, account.username);
  if (weak) return weak;
  await setPassword(parts, userId, change.next);
  const own = await parts.betterAuth.api.getSession({ headers: webHeaders(change.headers) });
  const sessions = await internalAdapter.listSessions(userId);
  const others = sessions.map((session) => session.token).filter((token) => token !== own?.session.token);
  if (others.length > 0) await internalAdapter.deleteSessions(others);
  return account;
}

/** By this header a page says of any request that no person asked for it. */
export const PASSIVE_HEADER = 'x-gongzhi-passive';

async function accountOf(parts: Parts, raw: RawHeaders, passive: boolean): Promise<Account | null> {
  if (!raw.cookie) return null;
  const { settings, betterAuth } = parts;
  const found = await betterAuth.api.getSession({
    headers: webHeaders(raw),
    query: { disableRefresh: passive },
  });
  if (!found || found.user.tenant !== settings.tenant || found.user.suspendedAt) return null;
  const age = settings.now().getTime() - found.session.createdAt.getTime();
  if (age > settings.limits.totalSeconds * 1000) {
    const { internalAdapter } = await betterAuth.$context;
    await internalAdapter.deleteSession(found.session.token);
    return null;
  }
  return accountFrom({ ...found.user, suspendedAt: found.user.suspendedAt ?? null });
}

function webHeaders(raw: RawHeaders): Headers {
  return new Headers(typeof raw.cookie === 'string' ? { cookie: raw.cookie } : {});
}

async function purge(parts: Parts): Promise<void> {
  const now = parts.settings.now();
  await parts.pool.query('DELETE FROM "session" WHERE "expiresAt" < $1', [now]);
  await parts.links.purge(now);
  await parts.tries.purge(now);
}
