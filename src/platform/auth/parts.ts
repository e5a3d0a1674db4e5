import type pg from 'pg';
import type { Vault } from '../crypto/vault.ts';
import type { Log } from '../log.ts';
import type { AccountStore } from './account-store.ts';
import type { ChallengeStore } from './challenges.ts';
import type { DeviceStore } from './device-store.ts';
import type { LinkStore } from './link-store.ts';
import type { Library, SessionLimits } from './officer-sessions.ts';
import type { Passkeys } from './passkeys.ts';
import type { PasswordCost } from './password.ts';
import type { SecondFactors } from './second-factors.ts';
import type { SsoSettings } from './sso-settings.ts';
import type { TryStore } from './try-store.ts';

export type AuthSettings = {
  /** The database as gongzhi_app; the pool made here reaches schema auth by its search_path. */
  readonly databaseUrl: string;
  readonly tenant: number;
  readonly baseUrl: string;
  readonly limits: SessionLimits;
  /** Words of the place that passwords may not be made of, e.g. its division code. */
  readonly ownWords?: readonly string[];
  /** What hashing a password costs; only tests make it cheap. */
  readonly passwordCost?: PasswordCost;
  readonly vault: Pick<Vault, 'mac' | 'seal' | 'open'>;
  readonly sso?: SsoSettings | null;
  readonly log: Log;
  readonly now: () => Date;
};

/** What the parts of signing in share. */
export type AuthParts = {
  readonly settings: AuthSettings;
  readonly pool: pg.Pool;
  readonly betterAuth: Library;
  readonly accounts: AccountStore;
  readonly links: LinkStore;
  readonly tries: TryStore;
  readonly challenges: ChallengeStore;
  readonly devices: DeviceStore;
  readonly factors: SecondFactors;
  readonly passkeys: Passkeys;
  /** A hash no password fits, for comparing where there is none. */
  readonly nobody: Promise<string>;
};
