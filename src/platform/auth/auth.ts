import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Result } from '../../kit/result.ts';
import type { ReadTx } from '../database/database.ts';
import type {
  Account,
  Caller,
  NewAccount,
  PasswordAttempt,
  PasswordChange,
  Proof,
  SecondProof,
  Session,
  SignedIn,
  SignInMethod,
  SignInOutcome,
} from './account.ts';
import type { Headers } from './cookies.ts';
import type { Passkey } from './passkeys.ts';
import type { Sso } from './sso.ts';
import type { FactorKinds, TotpSetup } from './second-factors.ts';

/** A link that lets its holder set a password once. Only its digest is stored. */
export type OneTimeLink = { readonly token: string; readonly url: string; readonly expiresAt: Date };

/** A session as its holder sees it in his list. */
export type ListedSession = {
  readonly id: string;
  readonly method: SignInMethod;
  readonly secondFactor: boolean;
  readonly userAgent: string;
  readonly address: string;
  readonly beganAt: Date;
  readonly lastSeenAt: Date;
};

export type Safety = {
  readonly hasPassword: boolean;
  readonly kinds: FactorKinds;
  readonly totpSince: Date | null;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly Passkey[];
};

/** `recoveryCodes` with the first factor only; the session has another id and a second factor now. */
export type NewFactor = { readonly recoveryCodes: readonly string[] | null; readonly cookies: readonly string[] };

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
  signIn(attempt: PasswordAttempt): Promise<Result<SignInOutcome>>;
  /** The second step of a sign-in; `token` is what the first step gave the browser. */
  secondStep(token: string | null, proof: SecondProof, caller: Caller): Promise<Result<SignedIn>>;
  signInWithPasskey(response: AuthenticationResponseJSON, caller: Caller): Promise<Result<SignedIn>>;
  /** Proves the holder of a session anew; the session gets another id. Tries count as in signing in. */
  prove(session: Session, proof: Proof, caller: Caller): Promise<Result<SignedIn>>;
  /** What a browser needs to answer with a passkey. `second_step` wants what the first step gave the browser. */
  askPasskey(
    purpose: 'sign_in' | 'proof' | 'second_step',
    of: { readonly userId?: string; readonly token?: string | null },
  ): Promise<Result<PublicKeyCredentialRequestOptionsJSON>>;
  /** Ends the session of these headers; answers the cookies that clear it. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Ends every other session of the account. Tries count as in signing in. */
  changePassword(session: Session, change: PasswordChange): Promise<Result<Account>>;
  safetyOf(userId: string): Promise<Safety>;
  beginTotp(account: Account): Promise<TotpSetup>;
  /** Takes the app into use. The first factor of an account brings recovery codes, shown this once. */
  confirmTotp(session: Session, code: string, caller: Caller): Promise<Result<NewFactor>>;
  beginPasskey(account: Account): Promise<PublicKeyCredentialCreationOptionsJSON>;
  addPasskey(
    session: Session,
    passkey: { readonly name: string; readonly response: RegistrationResponseJSON },
    caller: Caller,
  ): Promise<Result<NewFactor>>;
  /** `needed`: the last factor stays. */
  removeFactor(userId: string, factor: 'totp' | { readonly passkey: string }, needed: boolean): Promise<Result<true>>;
  newRecoveryCodes(userId: string): Promise<Result<readonly string[]>>;
  /** Takes all second factors from an account whose holder lost them; ends his sessions. */
  resetSecondFactors(userId: string): Promise<Result<Account>>;
  listSessions(userId: string): Promise<readonly ListedSession[]>;
  /** Ends one session of the account; false when it has none of that id. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  /** Ends all sessions of the account, but for one. */
  endSessions(userId: string, except?: string): Promise<void>;
  /** Whether the session may still be used: for what stays open for long. */
  isLive(sessionId: string): Promise<boolean>;
  /** No sign-in any more, and all sessions end at once. */
  suspend(userId: string): Promise<Result<Account>>;
  resume(userId: string): Promise<Result<Account>>;
  /**
   * The live session of a request, or null. Touches the idle clock unless the request is passive: pages that ask by
   * themselves must not keep an abandoned desk signed in.
   */
  sessionOf(headers: Headers, options?: { readonly passive?: boolean; readonly tx?: ReadTx }): Promise<Session | null>;
  /** Signing in through another service; null where none is set up. */
  readonly sso: Pick<Sso, 'name' | 'begin' | 'finish'> | null;
  /** Removes what has expired: sessions, links, old attempts. */
  purge(): Promise<void>;
  close(): Promise<void>;
};
