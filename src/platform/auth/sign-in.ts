import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { refuseWeak, setPassword } from './accounts.ts';
import type {
  Account,
  Caller,
  PasswordAttempt,
  PasswordChange,
  Proof,
  SecondProof,
  Session,
  SignedIn,
  SignInOutcome,
} from './account.ts';
import { serverCookie } from './cookies.ts';
import { DEVICE_COOKIE, DEVICE_DAYS } from './device-store.ts';
import { USERNAME } from './officer-sessions.ts';
import type { AuthParts } from './parts.ts';
import { verifyPassword } from './password.ts';
import { endSession, endSessions, type Opening, openSession, readSession, rotateSession } from './sessions.ts';
import { secondsUntilNextTry } from './throttle.ts';

/** Which sign-in a browser is in the middle of. */
export const SECOND_STEP_COOKIE = 'gongzhi.second_step';
const SECOND_STEP_SECONDS = 300;

/** See `Auth.signIn`. */
export async function signIn(parts: AuthParts, attempt: PasswordAttempt): Promise<Result<SignInOutcome>> {
  const { address, userAgent, device = null, headers } = attempt;
  const caller: Caller = { address, userAgent, device, headers };
  const account = await checkPassword(parts, attempt, caller);
  if (isRefusal(account)) return account;
  return enter(parts, account, { method: 'password', caller });
}

/** Lets somebody in whose first factor was right, or asks for the second when his account has one. */
export async function enter(
  parts: AuthParts,
  account: Account,
  by: Omit<Opening, 'userId' | 'secondFactor'> & { readonly secondFactor?: boolean },
): Promise<Result<SignInOutcome>> {
  if (by.secondFactor) return complete(parts, { ...by, userId: account.id, secondFactor: true });
  const kinds = await parts.factors.kindsOf(account.id);
  if (!kinds.totp && !kinds.passkey) return complete(parts, { ...by, userId: account.id, secondFactor: false });
  const expiresAt = new Date(parts.settings.now().getTime() + SECOND_STEP_SECONDS * 1000);
  const content = { method: by.method };
  const token = await parts.challenges.ask('second_step', { userId: account.id, content }, expiresAt);
  return { state: 'second_step', kinds, cookies: [cookie(parts, SECOND_STEP_COOKIE, token, SECOND_STEP_SECONDS)] };
}

/** See `Auth.secondStep`. */
export async function secondStep(
  parts: AuthParts,
  token: string | null,
  proof: SecondProof,
  caller: Caller,
): Promise<Result<SignedIn>> {
  const now = parts.settings.now();
  const asked = token === null ? null : await parts.challenges.find('second_step', token, now);
  if (token === null || !asked?.userId) return refuse('auth.second_step_over');
  const fits = await checkSecondFactor(parts, asked.userId, proof, 'passkey_second_step', caller);
  if (fits !== true) return fits;
  if (!(await parts.challenges.take('second_step', token, now))) return refuse('auth.second_step_over');
  const method = asked.content.method === 'sso' ? 'sso' : 'password';
  return complete(parts, { userId: asked.userId, method, secondFactor: true, caller });
}

/** See `Auth.signInWithPasskey`. */
export async function signInWithPasskey(
  parts: AuthParts,
  response: AuthenticationResponseJSON,
  caller: Caller,
): Promise<Result<SignedIn>> {
  const { settings, accounts } = parts;
  const userId = await parts.passkeys.answer('passkey_sign_in', null, response, settings.now());
  const account = userId === null ? null : await accounts.findById(userId);
  if (!account) return refuse('auth.passkey_unknown');
  if (account.suspendedAt) return refuse('auth.suspended');
  return complete(parts, { userId: account.id, method: 'passkey', secondFactor: true, caller });
}

/** Opens the session; the browser is known from now on, and what session it had before ends. */
async function complete(parts: AuthParts, opening: Opening): Promise<Result<SignedIn & { state: 'signed_in' }>> {
  const { caller, userId } = opening;
  const former = caller.headers ? await readSession(parts, caller.headers, true) : null;
  const opened = await openSession(parts, opening);
  if (isRefusal(opened)) return opened;
  // A browser has one session, and its id is never one that was there before.
  if (former) await endSession(parts, former.id);
  const newDevice = await parts.devices.isNew(userId, caller.device ?? null);
  const device = await parts.devices.remember(userId, caller.device ?? null, parts.settings.now());
  const cookies = [
    ...opened.cookies,
    cookie(parts, DEVICE_COOKIE, device, DEVICE_DAYS * 86_400),
    cookie(parts, SECOND_STEP_COOKIE, '', 0),
  ];
  return { state: 'signed_in', account: opened.account, cookies, newDevice };
}

/** See `Auth.prove`. */
export async function prove(
  parts: AuthParts,
  session: Session,
  proof: Proof,
  caller: Caller,
): Promise<Result<SignedIn>> {
  const { username, id } = session.account;
  if ('password' in proof) {
    const account = await checkPassword(parts, { username, password: proof.password }, caller);
    if (isRefusal(account)) return account.code === 'auth.wrong_credentials' ? refuse('auth.wrong_proof') : account;
    return rotateSession(parts, session, { secondFactor: false, caller });
  }
  const fits = await checkSecondFactor(parts, id, proof, 'passkey_proof', caller);
  return fits === true ? rotateSession(parts, session, { secondFactor: true, caller }) : fits;
}

/** See `Auth.changePassword`. */
export async function changePassword(
  parts: AuthParts,
  session: Session,
  change: PasswordChange,
): Promise<Result<Account>> {
  const { username } = session.account;
  const { current: password, next, caller } = change;
  const account = await checkPassword(parts, { username, password }, caller);
  if (isRefusal(account)) {
    return account.code === 'auth.wrong_credentials' ? refuse('auth.wrong_current_password') : account;
  }
  const weak = await refuseWeak(parts, next, account);
  if (weak) return weak;
  await setPassword(parts, account.id, next);
  await endSessions(parts, account.id, session.id);
  return account;
}

/**
 * The account whose password this is. Refuses `auth.wrong_credentials`, `auth.suspended`, `auth.too_many_tries`.
 * Unknown account, wrong password and an account without one answer alike, after the same work: where there is nothing
 * to compare the password with, it is compared with a hash that nothing fits.
 */
async function checkPassword(
  parts: AuthParts,
  given: { readonly username: string; readonly password: string },
  caller: Caller,
): Promise<Result<Account>> {
  // What cannot be a name is looked for as one that nobody has.
  const username = USERNAME.test(given.username) ? given.username.toLowerCase() : '-';
  const account = await parts.accounts.findByUsername(username);
  const key = username === '-' ? given.username : username;
  const checked = await tryOnce(parts, { key: `account ${key}`, userId: account?.id ?? null, caller }, async () => {
    const hash = account && (await parts.accounts.passwordHash(account.id));
    const fits = await verifyPassword({ hash: hash ?? (await parts.nobody), password: given.password });
    return account !== null && hash !== null && fits;
  });
  if (isRefusal(checked)) return checked;
  if (!checked || !account) return refuse('auth.wrong_credentials');
  return account.suspendedAt ? refuse('auth.suspended') : account;
}

/** True when the second factor is the account's. Refuses `auth.wrong_code`, `auth.too_many_tries`. */
async function checkSecondFactor(
  parts: AuthParts,
  userId: string,
  proof: SecondProof,
  purpose: 'passkey_second_step' | 'passkey_proof',
  caller: Caller,
): Promise<Result<true>> {
  const { factors, passkeys } = parts;
  const now = parts.settings.now();
  const fits = await tryOnce(parts, { key: `second factor ${userId}`, userId, caller }, async () => {
    if ('code' in proof) return factors.takeTotp(userId, proof.code.normalize('NFKC').replace(/\s/g, ''), now);
    if ('recoveryCode' in proof) return factors.takeRecoveryCode(userId, proof.recoveryCode, now);
    return (await passkeys.answer(purpose, userId, proof.passkey, now)) === userId;
  });
  if (isRefusal(fits)) return fits;
  return fits || refuse('auth.wrong_code');
}

/**
 * Makes one counted try, unless it must wait. On a browser from which the holder signed in before, only what is tried
 * there counts: whoever guesses elsewhere, even from the same address, cannot keep him out.
 */
async function tryOnce(
  parts: AuthParts,
  of: { readonly key: string; readonly userId: string | null; readonly caller: Caller },
  attempt: () => Promise<boolean>,
): Promise<Result<boolean>> {
  const { settings, tries, devices } = parts;
  const now = settings.now();
  const keyOf = (value: string) => settings.vault.mac('sign-in try', value).toString('hex');
  const device = of.caller.device ?? null;
  const known = await devices.isKnown(of.userId, device);
  const place = known ? `device ${device}` : `address ${of.caller.address}`;
  const keys = { account: keyOf(known ? `${of.key} at ${place}` : of.key), address: keyOf(place) };
  const id = await tries.begin(keys, now);
  const seconds = secondsUntilNextTry(await tries.history(keys, id, now), now);
  if (seconds > 0) {
    await tries.end(id, 'put_off');
    return refuse('auth.too_many_tries', { seconds });
  }
  const succeeded = await attempt();
  if (succeeded) await tries.end(id, 'succeeded');
  return succeeded;
}

function cookie(parts: AuthParts, name: string, value: string, maxAgeSeconds: number): string {
  return serverCookie(name, value, { secure: parts.settings.baseUrl.startsWith('https:'), maxAgeSeconds });
}
