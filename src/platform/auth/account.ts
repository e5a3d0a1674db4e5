import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Headers } from './cookies.ts';
import type { FactorKinds } from './second-factors.ts';

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
  /** The password stands on the sign-in page of the demo, so nobody need guess it. */
  readonly publicPassword?: true;
  readonly mail?: string | null | undefined;
};

/** By what a session was opened. */
export type SignInMethod = 'password' | 'passkey' | 'sso';

/** Where a request comes from, as the list of one's sessions shows it. */
export type Caller = {
  readonly address: string;
  readonly userAgent: string;
  /** By which the browser is known again; see DeviceStore. */
  readonly device?: string | null;
  /** What the browser brought; signing in ends a session in it. */
  readonly headers?: Headers | undefined;
};

/** What a second factor is proved with. */
export type SecondProof =
  | { readonly code: string }
  | { readonly recoveryCode: string }
  | { readonly passkey: AuthenticationResponseJSON };
export type Proof = { readonly password: string } | SecondProof;

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

export type SignedIn = {
  readonly account: Account;
  readonly cookies: readonly string[];
  /** The holder never signed in with this browser, but did with another. */
  readonly newDevice?: boolean;
};

/** Signed in, or half-way: the account has a second factor, which is asked for next. */
export type SignInOutcome =
  | (SignedIn & { readonly state: 'signed_in' })
  | { readonly state: 'second_step'; readonly kinds: FactorKinds; readonly cookies: readonly string[] };

export type PasswordAttempt = Caller & { readonly username: string; readonly password: string };
export type PasswordChange = { readonly current: string; readonly next: string; readonly caller: Caller };
