import { randomBytes } from 'node:crypto';
import { APIError } from 'better-auth/api';
import { type Refusal, type Result, refuse } from '../../kit/result.ts';
import { isUniqueViolation } from '../database/errors.ts';
import { accountFrom, storedMail } from './account-store.ts';
import type { Account, NewAccount } from './account.ts';
import { PASSWORD_LENGTH, USERNAME } from './officer-sessions.ts';
import type { AuthParts } from './parts.ts';
import { hashPassword } from './password.ts';
import { isGuessable } from './password-strength.ts';
import { endSessions } from './sessions.ts';

/** Makes an account of this tenant; without a password its holder sets one by a link. */
export async function createAccount(parts: AuthParts, account: NewAccount): Promise<Result<Account>> {
  if (!USERNAME.test(account.username)) return refuse('auth.username_malformed');
  if (account.password !== undefined && !account.publicPassword) {
    const weak = await refuseWeak(parts, account.password, account);
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
export async function setPassword(parts: AuthParts, userId: string, password: string): Promise<void> {
  const { internalAdapter } = await parts.betterAuth.$context;
  const hash = await hashPassword(password, parts.settings.passwordCost);
  if (await internalAdapter.findCredentialAccount(userId)) return internalAdapter.updatePassword(userId, hash);
  await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
}

/** Long beats complicated: a length, and nothing that is tried first (password-strength.ts). */
export async function refuseWeak(
  parts: AuthParts,
  password: string,
  of: { readonly username: string; readonly name: string },
): Promise<Refusal | null> {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min || length > PASSWORD_LENGTH.max) {
    return refuse('auth.password_length', { minimum: PASSWORD_LENGTH.min, maximum: PASSWORD_LENGTH.max });
  }
  const guessable = await isGuessable(password, [of.username, of.name, ...(parts.settings.ownWords ?? [])]);
  return guessable ? refuse('auth.password_guessable') : null;
}

/** Sets the password a link was issued for, once, and ends the holder's sessions. */
export async function redeemLink(parts: AuthParts, token: string, password: string): Promise<Result<Account>> {
  const now = parts.settings.now();
  const userId = await parts.links.find(token, now);
  const account = userId === null ? null : await parts.accounts.findById(userId);
  if (!account) return refuse('auth.link_invalid');
  const weak = await refuseWeak(parts, password, account);
  if (weak) return weak;
  if ((await parts.links.redeem(token, now)) === null) return refuse('auth.link_invalid');
  await setPassword(parts, account.id, password);
  await endSessions(parts, account.id);
  await parts.devices.forgetAll(account.id);
  return account;
}
