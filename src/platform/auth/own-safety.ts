import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import type { Account, Caller, Session, SignInMethod } from './account.ts';
import type { Auth, ListedSession, NewFactor } from './auth.ts';
import type { AuthParts } from './parts.ts';
import { endSession, endSessions, rotateSession } from './sessions.ts';
import { SECOND_STEP_COOKIE } from './sign-in.ts';

export { SECOND_STEP_COOKIE };

type Own = Pick<
  Auth,
  | 'safetyOf'
  | 'beginTotp'
  | 'confirmTotp'
  | 'beginPasskey'
  | 'addPasskey'
  | 'removeFactor'
  | 'newRecoveryCodes'
  | 'resetSecondFactors'
  | 'listSessions'
  | 'endSession'
  | 'endSessions'
  | 'isLive'
  | 'askPasskey'
>;

/** Second factors and sessions of one account, as its holder and administrators deal with them. */
export function ownSafety(parts: AuthParts): Own {
  const { factors, passkeys, settings } = parts;
  return {
    async safetyOf(userId) {
      const [kinds, state, keys, hash] = await Promise.all([
        factors.kindsOf(userId),
        factors.stateOf(userId),
        passkeys.list(userId),
        parts.accounts.passwordHash(userId),
      ]);
      return { kinds, ...state, passkeys: keys, hasPassword: hash !== null };
    },
    beginTotp: ({ id, username }) => factors.beginTotp(id, { issuer: issuerOf(settings.baseUrl), username }),
    async confirmTotp(session, code, caller) {
      const first = await hasNone(parts, session.account.id);
      const typed = code.normalize('NFKC').replace(/\s/g, '');
      if (!(await factors.confirmTotp(session.account.id, typed, settings.now()))) return refuse('auth.wrong_code');
      return withNewFactor(parts, session, first, caller);
    },
    beginPasskey: (account) => passkeys.beginRegistration(account, settings.now()),
    async addPasskey(session, { name, response }, caller) {
      const first = await hasNone(parts, session.account.id);
      const added = await passkeys.register(session.account.id, name, response, settings.now());
      return added ? withNewFactor(parts, session, first, caller) : refuse('auth.passkey_not_added');
    },
    removeFactor: (userId, factor, needed) => removeFactor(parts, userId, factor, needed),
    async newRecoveryCodes(userId) {
      if (await hasNone(parts, userId)) return refuse('auth.no_second_factor');
      return factors.newRecoveryCodes(userId, settings.now());
    },
    resetSecondFactors: (userId) => resetSecondFactors(parts, userId),
    listSessions: (userId) => listSessions(parts, userId),
    endSession: (userId, sessionId) => endSession(parts, sessionId, userId),
    endSessions: (userId, except) => endSessions(parts, userId, except),
    isLive: (sessionId) => isLive(parts, sessionId),
    askPasskey: (purpose, of) => askPasskey(parts, purpose, of),
  };
}

/** Apps list their codes by this; the host tells two installations apart. */
function issuerOf(baseUrl: string): string {
  return `共治 ${new URL(baseUrl).host}`;
}

async function hasNone(parts: AuthParts, userId: string): Promise<boolean> {
  const { totp, passkey } = await parts.factors.kindsOf(userId);
  return !totp && !passkey;
}

/** The factor was just used, so the session goes on as one with a second factor. */
async function withNewFactor(
  parts: AuthParts,
  session: Session,
  first: boolean,
  caller: Caller,
): Promise<Result<NewFactor>> {
  const { id } = session.account;
  const recoveryCodes = first ? await parts.factors.newRecoveryCodes(id, parts.settings.now()) : null;
  const rotated = await rotateSession(parts, session, { secondFactor: true, caller });
  return isRefusal(rotated) ? rotated : { recoveryCodes, cookies: rotated.cookies };
}

async function removeFactor(
  parts: AuthParts,
  userId: string,
  factor: 'totp' | { readonly passkey: string },
  needed: boolean,
): Promise<Result<true>> {
  const [kinds, keys] = await Promise.all([parts.factors.kindsOf(userId), parts.passkeys.list(userId)]);
  const isLast = keys.length + (kinds.totp ? 1 : 0) <= 1;
  if (needed && isLast) return refuse('auth.last_second_factor');
  const removed =
    factor === 'totp' ? await parts.factors.removeTotp(userId) : await parts.passkeys.remove(userId, factor.passkey);
  return removed || refuse('auth.no_second_factor');
}

async function resetSecondFactors(parts: AuthParts, userId: string): Promise<Result<Account>> {
  const account = await parts.accounts.findById(userId);
  if (!account) return refuse('auth.account_not_found');
  await parts.factors.removeAll(userId);
  await parts.devices.forgetAll(userId);
  await endSessions(parts, userId);
  return account;
}

async function listSessions(parts: AuthParts, userId: string): Promise<readonly ListedSession[]> {
  const oldest = new Date(parts.settings.now().getTime() - parts.settings.limits.totalSeconds * 1000);
  const found = await parts.pool.query<ListedSession & { method: SignInMethod }>(
    `SELECT "id", "method", "secondFactorAt" IS NOT NULL AS "secondFactor", coalesce("userAgent", '') AS "userAgent",
       coalesce("ipAddress", '') AS "address", "beganAt", "updatedAt" AS "lastSeenAt"
     FROM session
     WHERE "userId" = $1 AND "replacedAt" IS NULL AND "expiresAt" > now() AND "beganAt" > $2
     ORDER BY "updatedAt" DESC, "id" LIMIT 100`,
    [userId, oldest],
  );
  return found.rows;
}

async function isLive(parts: AuthParts, sessionId: string): Promise<boolean> {
  // A session that was given a new id lives on under that; its streams end with the browser's next reconnect.
  const found = await parts.pool.query('SELECT 1 FROM session WHERE "id" = $1 AND "expiresAt" > now()', [sessionId]);
  return found.rows.length > 0;
}

async function askPasskey(
  parts: AuthParts,
  purpose: 'sign_in' | 'proof' | 'second_step',
  of: { readonly userId?: string; readonly token?: string | null },
): ReturnType<Auth['askPasskey']> {
  const now = parts.settings.now();
  if (purpose === 'sign_in') return parts.passkeys.ask('passkey_sign_in', null, now);
  if (purpose === 'proof') return parts.passkeys.ask('passkey_proof', of.userId ?? '', now);
  const asked = of.token ? await parts.challenges.find('second_step', of.token, now) : null;
  if (!asked?.userId) return refuse('auth.second_step_over');
  return parts.passkeys.ask('passkey_second_step', asked.userId, now);
}
