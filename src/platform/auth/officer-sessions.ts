import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { username } from 'better-auth/plugins';
import type pg from 'pg';
import { uuidv7 } from '../../kit/ids.ts';
import type { Log } from '../log.ts';
import { cookieName } from './cookies.ts';
import { hashPassword, type PasswordCost, verifyPassword } from './password.ts';

export type SessionLimits = {
  /** Without a request for so long, a session ends. */
  readonly idleSeconds: number;
  /** However busy, a session ends after so long. */
  readonly totalSeconds: number;
};

export type LibrarySettings = {
  readonly pool: pg.Pool;
  readonly tenant: number;
  readonly baseUrl: string;
  readonly secret: string;
  readonly limits: SessionLimits;
  /** What hashing a password costs; only tests make it cheap. */
  readonly passwordCost?: PasswordCost | undefined;
  readonly log: Log;
};

/** Usernames: letters, digits, dot, dash and underscore, 3 to 40; stored in lower case. */
export const USERNAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{2,39}$/;
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

/** The code a session is refused with, by whatever way of sign-in, when its account may not enter. */
export const NOT_ADMITTED = 'ACCOUNT_NOT_ADMITTED';

/**
 * better-auth, used by call only: none of its own HTTP routes is mounted, so there is no sign-up and every answer and
 * limit is ours. A session slides by `idleSeconds`; that and how old it may grow is seen to where it is
 * read (sessions.ts).
 */
export function createLibrary(settings: LibrarySettings) {
  const secure = settings.baseUrl.startsWith('https:');
  return betterAuth({
    appName: 'gongzhi',
    baseURL: settings.baseUrl,
    secret: settings.secret,
    database: settings.pool,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => settings.log.error({ part: 'auth' }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: (password) => hashPassword(password, settings.passwordCost), verify: verifyPassword },
    },
    session: {
      expiresIn: settings.limits.idleSeconds,
      additionalFields: {
        beganAt: { type: 'date', required: true, input: false },
        provedAt: { type: 'date', required: true, input: false },
        secondFactorAt: { type: 'date', required: false, input: false },
        method: { type: 'string', required: true, input: false },
        replacedAt: { type: 'date', required: false, input: false },
      },
    },
    user: {
      additionalFields: {
        tenant: { type: 'number', required: true, input: false },
        suspendedAt: { type: 'date', required: false, input: false },
      },
    },
    advanced: {
      cookiePrefix: cookieName('gongzhi', secure),
      // The library's own prefix would be the weaker __Secure-.
      useSecureCookies: false,
      // The office is one page that asks its own server: the strictest setting costs nothing.
      defaultCookieAttributes: { sameSite: 'strict', secure },
      database: { generateId: () => uuidv7() },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      username({
        minUsernameLength: 3,
        maxUsernameLength: 40,
        displayUsername: false,
        usernameValidator: (value) => USERNAME.test(value),
      }),
    ],
    databaseHooks: { session: { create: { before: (session) => admit(settings, session.userId) } } },
  });
}

export type Library = ReturnType<typeof createLibrary>;

/** Stands before every new session, whatever way of sign-in made it. */
async function admit(settings: LibrarySettings, userId: string): Promise<void> {
  const found = await settings.pool.query<{ admitted: boolean }>(
    'SELECT "tenant" = $2 AND "suspendedAt" IS NULL AS admitted FROM "user" WHERE "id" = $1',
    [userId, settings.tenant],
  );
  if (!found.rows[0]?.admitted) throw new APIError('FORBIDDEN', { code: NOT_ADMITTED, message: 'not admitted' });
}
