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
  }): Promise<Result<SignedIn>>;
  /** Ends the session of these headers; answers the cookies that clear it. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Ends every other session of the account. */
  changePassword(
    userId: string,
    change: { readonly current: string; readonly next: string; readonly headers: Headers },
  ): Promise<Result<Account>>;
  /** No sign-in any more, and all sessions end at once. */
  suspend(userId: string): Promise<Result<Account>>;
  resume(userId: string): Promise<Result<Account>>;
  /**
   * The account of a live session, or null. Touches the idle clock unless the request is passive: pages that ask by
   * themselves must not keep an abandoned desk signed in.
   */
  accountOf(headers: Headers, options?: { readonly passive?: boolean }): Promise<Account | null>;
  /** Removes what has expired: sessions, links, old attempts. */
  purge(): Promise<void>;
  close(): Promise<void>;
};
