import type { Result } from '../../kit/result.ts';

/** A sign-in account of an officer. Posts hang on its id; rights come from posts alone. */
export type Account = {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly mail: string | null;
  readonly suspendedAt: Date | null;
  readonly createdAt: Date;
};

export type NewAccount = {
  readonly username: string;
  readonly name: string;
  /** Absent: the account waits for its holder to set one by a one-time link. */
  readonly password?: string | undefined;
  readonly mail?: string | null | undefined;
};

/** A link that lets its holder set a password once. Only its digest is stored. */
export type OneTimeLink = { readonly token: string; readonly url: string; readonly expiresAt: Date };

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** By what a session was opened. */
export type SignInMethod = 'password' | 'passkey' | 'sso';

/** Where a request comes from, as the list of one's sessions shows it. */
export type Caller = { readonly address: string; readonly userAgent: string };

export type Session = {
  readonly id: string;
  readonly account: Account;
  readonly method: SignInMethod;
  readonly beganAt: Date;
  /** When its holder last gave a password or a second factor. */
  readonly provedAt: Date;
  readonly secondFactorAt: Date | null;
  /** Without anything done by a person it ends then; `endsAt` however busy. */
  readonly idleEndsAt: Date;
  readonly endsAt: Date;
};

export type SignedIn = { readonly account: Account; readonly cookies: readonly string[] };

/** Accounts, passwords and sessions of officers. Stored apart from tenant data, bound to the tenant of this process. */
export type Auth = {
  createAccount(account: NewAccount): Promise<Result<Account>>;
  findAccount(username: string): Promise<Account | null>;
  findAccountById(userId: string): Promise<Account | null>;
  /** Accounts in order of their username, after `after`, at most `limit`. */
  listAccounts(page: { readonly after?: string | undefined; readonly limit: number }): Promise<readonly Account[]>;
  /** True before the first account of the tenant: then `start --empty` issues the first administrator's link. */
  hasNoAccounts(): Promise<boolean>;
  issueLink(userId: string, issuedBy: string): Promise<OneTimeLink>;
  /** Whether the account ever set its password by a one-time link. */
  hasUsedLink(userId: string): Promise<boolean>;
  /** Whose password the link sets, while it is good. */
  accountOfLink(token: string): Promise<Account | null>;
  /** Sets the password of whoever the link was issued for, once; ends his sessions. */
  redeemLink(token: string, password: string): Promise<Result<Account>>;
  signIn(attempt: {
    readonly username: string;
    readonly password: string;
    readonly address: string;
    readonly userAgent: string;
    /** What the browser brought; a session in it ends. */
    readonly headers?: Headers;
  }): Promise<Result<SignedIn>>;
  /** Proves the holder of a session anew by his password; the session gets another id. Tries count as in signing in. */
  prove(session: Session, proof: { readonly password: string }, caller: Caller): Promise<Result<SignedIn>>;
  /** Ends the session of these headers; answers the cookies that clear it. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Ends every other session of the account. Tries count as in signing in. */
  changePassword(
    session: Session,
    change: { readonly current: string; readonly next: string; readonly caller: Caller },
  ): Promise<Result<Account>>;
  /** No sign-in any more, and all sessions end at once. */
  suspend(userId: string): Promise<Result<Account>>;
  resume(userId: string): Promise<Result<Account>>;
  /**
   * The live session of a request, or null. Touches the idle clock unless the request is passive: pages that ask by
   * themselves must not keep an abandoned desk signed in.
   */
  sessionOf(headers: Headers, options?: { readonly passive?: boolean }): Promise<Session | null>;
  /** Removes what has expired: sessions, links, old attempts. */
  purge(): Promise<void>;
  close(): Promise<void>;
};
