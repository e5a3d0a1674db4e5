import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { refuseWeak, setPassword } from './accounts.ts';
import type { Account, Auth, Caller, Session, SignedIn } from './auth.ts';
import { USERNAME } from './officer-sessions.ts';
import type { AuthParts } from './parts.ts';
import { verifyPassword } from './password.ts';
import { endSession, endSessions, openSession, readSession, rotateSession } from './sessions.ts';
import { secondsUntilNextTry } from './throttle.ts';

/**
 * Unknown account, wrong password and an account without one answer alike, after the same work: where there is nothing
 * to compare the password with, it is compared with a hash that nothing fits.
 */
export async function signIn(parts: AuthParts, attempt: Parameters<Auth['signIn']>[0]): Promise<Result<SignedIn>> {
  const account = await checkPassword(parts, attempt);
  if (isRefusal(account)) return account;
  const { address, userAgent } = attempt;
  const former = attempt.headers ? await readSession(parts, attempt.headers, true) : null;
  const opened = await openSession(parts, {
    userId: account.id,
    method: 'password',
    secondFactor: false,
    caller: { address, userAgent },
  });
  // A browser has one session, and its id is never one that was there before.
  if (former && !isRefusal(opened)) await endSession(parts, former.id);
  return opened;
}

/** See `Auth.prove`. */
export async function prove(
  parts: AuthParts,
  session: Session,
  proof: { readonly password: string },
  caller: Caller,
): Promise<Result<SignedIn>> {
  const { username } = session.account;
  const account = await checkPassword(parts, { username, password: proof.password, address: caller.address });
  if (isRefusal(account)) return account.code === 'auth.wrong_credentials' ? refuse('auth.wrong_proof') : account;
  return rotateSession(parts, session, { secondFactor: false, caller });
}

/** The account whose password this is. Refuses `auth.wrong_credentials`, `auth.suspended`, `auth.too_many_tries`. */
async function checkPassword(
  parts: AuthParts,
  attempt: { readonly username: string; readonly password: string; readonly address: string },
): Promise<Result<Account>> {
  const { settings, tries, accounts } = parts;
  const now = settings.now();
  const keyOf = (value: string) => settings.vault.mac('sign-in try', value).toString('hex');
  const username = attempt.username.toLowerCase();
  const keys = { account: keyOf(`account ${username}`), address: keyOf(`address ${attempt.address}`) };
  const id = await tries.begin(keys, now);
  const wait = secondsUntilNextTry(await tries.history(keys, id, now), now);
  if (wait > 0) {
    await tries.end(id, 'put_off');
    return refuse('auth.too_many_tries', { seconds: wait });
  }
  const account = USERNAME.test(username) ? await accounts.findByUsername(username) : null;
  const hash = account && (await accounts.passwordHash(account.id));
  const fits = await verifyPassword({ hash: hash ?? (await parts.nobody), password: attempt.password });
  if (!account || !fits) return refuse('auth.wrong_credentials');
  await tries.end(id, 'succeeded');
  return account.suspendedAt ? refuse('auth.suspended') : account;
}

/** See `Auth.changePassword`. */
export async function changePassword(
  parts: AuthParts,
  session: Session,
  change: Parameters<Auth['changePassword']>[1],
): Promise<Result<Account>> {
  const { username } = session.account;
  const { current: password, next, caller } = change;
  const account = await checkPassword(parts, { username, password, address: caller.address });
  if (isRefusal(account)) {
    return account.code === 'auth.wrong_credentials' ? refuse('auth.wrong_current_password') : account;
  }
  const weak = refuseWeak(next, username);
  if (weak) return weak;
  await setPassword(parts, account.id, next);
  await endSessions(parts, account.id, session.id);
  return account;
}
