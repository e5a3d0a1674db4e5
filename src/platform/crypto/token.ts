import { timingSafeEqual } from 'node:crypto';
import type { Vault } from './vault.ts';

export type TokenPayload = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A short-lived token the server can check without a table: base64url(payload) '.' base64url(mac).
 * Signed, not secret: nothing personal goes in. `purpose` keeps a token for one use from serving another.
 */
export function signToken(
  vault: Pick<Vault, 'mac'>,
  purpose: string,
  payload: TokenPayload,
  ttlSeconds: number,
  now: Date,
): string {
  const expires = Math.floor(now.getTime() / 1000) + ttlSeconds;
  const body = Buffer.from(JSON.stringify({ ...payload, exp: expires })).toString('base64url');
  return `${body}.${vault.mac(`token ${purpose}`, body).toString('base64url')}`;
}

/** The payload of a token that is genuine, of this purpose and not expired; else null. */
export function readToken(vault: Pick<Vault, 'mac'>, purpose: string, token: string, now: Date): TokenPayload | null {
  const [body, signature, rest] = token.split('.');
  if (body === undefined || signature === undefined || rest !== undefined) return null;
  const expected = vault.mac(`token ${purpose}`, body);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { exp, ...payload } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as TokenPayload;
  return typeof exp === 'number' && exp * 1000 > now.getTime() ? payload : null;
}
