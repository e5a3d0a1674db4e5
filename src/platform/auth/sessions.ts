import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { APIError } from 'better-auth/api';
import { serializeSignedCookie } from 'better-call';
import { CompiledQuery } from 'kysely';
import { type Result, refuse } from '../../kit/result.ts';
import type { ReadTx } from '../database/database.ts';
import { accountFrom } from './account-store.ts';
import type { Caller, Session, SignedIn, SignInMethod } from './account.ts';
import { NOT_ADMITTED } from './officer-sessions.ts';
import { type Headers as RawHeaders, cookieOf } from './cookies.ts';
import type { AuthParts } from './parts.ts';

/** How long the former id of a session is good for requests that were on their way when it got a new one. */
const GRACE_SECONDS = 20;

/** Writing the new end on every request would cost a write each; half a minute of slack does not matter. */
const SLACK_SECONDS = 30;

export type Opening = {
  readonly userId: string;
  readonly method: SignInMethod;
  readonly secondFactor: boolean;
  /** When the sign-in was that this session goes on with; now unless told. */
  readonly beganAt?: Date;
  /** When the holder proved himself; now unless told. */
  readonly provedAt?: Date;
  readonly caller: Caller;
};

/** Makes a session with an id of its own; the account must be admitted. Refuses `auth.suspended`. */
export async function openSession(parts: AuthParts, opening: Opening): Promise<Result<SignedIn>> {
  const { internalAdapter, authCookies, secret } = await parts.betterAuth.$context;
  const now = parts.settings.now();
  try {
    const session = await internalAdapter.createSession(opening.userId, false, {
      ipAddress: opening.caller.address,
      userAgent: opening.caller.userAgent,
      beganAt: opening.beganAt ?? now,
      provedAt: opening.provedAt ?? now,
      secondFactorAt: opening.secondFactor ? now : null,
      method: opening.method,
    });
    const account = await parts.accounts.findById(opening.userId);
    if (!session || !account) return refuse('auth.wrong_credentials');
    const { name, attributes } = authCookies.sessionToken;
    // The library lets its cookie live as long as one idle period; ours lives as long as the browser's window.
    const { maxAge: _, ...lasting } = attributes;
    return { account, cookies: [await serializeSignedCookie(name, session.token, secret, lasting)] };
  } catch (error) {
    if (error instanceof APIError && error.body?.code === NOT_ADMITTED) return refuse('auth.suspended');
    throw error;
  }
}

/** The live session of these headers; see `Auth.sessionOf`. */
export async function readSession(
  parts: AuthParts,
  raw: RawHeaders,
  passive: boolean,
  tx?: ReadTx,
): Promise<Session | null> {
  const { settings, betterAuth, pool } = parts;
  const { authCookies, secret } = await betterAuth.$context;
  const token = signedToken(raw, authCookies.sessionToken.name, secret);
  if (token === null) return null;
  const { idleSeconds, totalSeconds } = settings.limits;
  const session = await findByToken(parts, token, tx);
  if (!session || session.suspendedAt) return null;
  const endsAt = new Date(session.beganAt.getTime() + totalSeconds * 1000);
  if (settings.now() > endsAt) {
    await pool.query('DELETE FROM session WHERE "id" = $1', [session.sessionId]);
    return null;
  }
  let idleEndsAt = session.expiresAt;
  const renewed = new Date(Date.now() + idleSeconds * 1000);
  const slack = Math.min(SLACK_SECONDS, idleSeconds / 10) * 1000;
  if (!passive && !session.replacedAt && renewed.getTime() - idleEndsAt.getTime() > slack) {
    await pool.query(
      'UPDATE session SET "expiresAt" = $2, "updatedAt" = now() WHERE "id" = $1 AND "replacedAt" IS NULL',
      [session.sessionId, renewed],
    );
    idleEndsAt = renewed;
  }
  return {
    id: session.sessionId,
    account: accountFrom(session),
    method: session.method,
    beganAt: session.beganAt,
    provedAt: session.provedAt,
    secondFactorAt: session.secondFactorAt,
    idleEndsAt,
    endsAt,
  };
}

/** The token in the session's cookie; null without one, or when it was not signed by us. */
function signedToken(raw: RawHeaders, name: string, secret: string): string | null {
  const cookie = cookieOf(raw, name);
  if (cookie === null) return null;
  const [, token, signature] = /^(.+)\.([\w+/]{43}=)$/.exec(decoded(cookie)) ?? [];
  if (token === undefined || signature === undefined) return null;
  const expected = createHmac('sha256', keyOf(secret)).update(token).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'base64')) ? token : null;
}

const keys = new Map<string, KeyObject>();

/** Made once: every request of an officer is checked with it. */
function keyOf(secret: string): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret, 'utf8');
  keys.set(secret, key);
  return key;
}

function decoded(cookie: string): string {
  try {
    return decodeURIComponent(cookie);
  } catch {
    return '';
  }
}

type Found = {
  sessionId: string;
  method: SignInMethod;
  beganAt: Date;
  provedAt: Date;
  secondFactorAt: Date | null;
  expiresAt: Date;
  replacedAt: Date | null;
  id: string;
  name: string;
  email: string;
  username: string;
  suspendedAt: Date | null;
  createdAt: Date;
};

const BY_TOKEN = `
  SELECT s."id" AS "sessionId", s."method", s."beganAt", s."provedAt", s."secondFactorAt", s."expiresAt", s."replacedAt",
    u."id", u."name", u."email", u."username", u."suspendedAt", u."createdAt"
  FROM auth.session s JOIN auth."user" u ON u."id" = s."userId"
  WHERE s."token" = $1 AND s."expiresAt" > $2 AND u."tenant" = $3`;

/** Session and account in one statement: every request of an officer begins with it. */
async function findByToken({ pool, settings }: AuthParts, token: string, tx?: ReadTx): Promise<Found | null> {
  const values = [token, new Date(), settings.tenant];
  const { rows } = tx
    ? await tx.executeQuery<Found>(CompiledQuery.raw(BY_TOKEN, values))
    : await pool.query<Found>(BY_TOKEN, values);
  return rows[0] ?? null;
}

/** A live session by its id alone: for a proof that comes back from another site, which brings no session cookie. */
export async function findSession(parts: AuthParts, id: string): Promise<Session | null> {
  const { pool, accounts, settings } = parts;
  const found = await pool.query<{
    userId: string;
    method: SignInMethod;
    beganAt: Date;
    provedAt: Date;
    secondFactorAt: Date | null;
    expiresAt: Date;
  }>(
    `SELECT "userId", "method", "beganAt", "provedAt", "secondFactorAt", "expiresAt" FROM session
     WHERE "id" = $1 AND "replacedAt" IS NULL AND "expiresAt" > now()`,
    [id],
  );
  const row = found.rows[0];
  const account = row ? await accounts.findById(row.userId) : null;
  if (!row || !account) return null;
  const { userId: _, expiresAt: idleEndsAt, ...rest } = row;
  const endsAt = new Date(row.beganAt.getTime() + settings.limits.totalSeconds * 1000);
  return endsAt < settings.now() ? null : { id, account, ...rest, idleEndsAt, endsAt };
}

/** Gives a session that was just proved anew another id; the former one serves what is on its way and proves nothing. */
export async function rotateSession(
  parts: AuthParts,
  session: Session,
  proof: { readonly secondFactor: boolean; readonly caller: Caller },
): Promise<Result<SignedIn>> {
  const opened = await openSession(parts, {
    userId: session.account.id,
    method: session.method,
    beganAt: session.beganAt,
    secondFactor: proof.secondFactor || session.secondFactorAt !== null,
    caller: proof.caller,
  });
  await parts.pool.query(
    `UPDATE session SET "replacedAt" = now(), "provedAt" = to_timestamp(0),
       "expiresAt" = least("expiresAt", now() + make_interval(secs => $2)) WHERE "id" = $1`,
    [session.id, GRACE_SECONDS],
  );
  return opened;
}

/** Ends all sessions of an account, or all but one, by their ids. */
export async function endSessions(parts: AuthParts, userId: string, except = ''): Promise<void> {
  await parts.pool.query('DELETE FROM session WHERE "userId" = $1 AND "id" <> $2', [userId, except]);
}

/** Ends one session; false when the account has none of that id. */
export async function endSession(parts: AuthParts, id: string, userId?: string): Promise<boolean> {
  const ended = await parts.pool.query(
    'DELETE FROM session WHERE "id" = $1 AND ($2::text IS NULL OR "userId" = $2) RETURNING 1',
    [id, userId ?? null],
  );
  return ended.rows.length > 0;
}

/** The cookie alone: the library needs no other header, and believes none. */
export function webHeaders(raw: RawHeaders): Headers {
  return new Headers(typeof raw.cookie === 'string' ? { cookie: raw.cookie } : {});
}
