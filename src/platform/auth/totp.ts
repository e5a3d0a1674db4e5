import { createHmac, randomBytes } from 'node:crypto';

/** Authenticator apps (RFC 6238): six digits of SHA-1, a new one every half minute. All known apps can do this. */
const STEP_SECONDS = 30;
const DIGITS = 6;
/** A phone's clock may be off by a step, and typing takes time. */
const DRIFT = 1;
const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret in base32, as apps take it. */
export function newTotpSecret(): string {
  return base32(randomBytes(SECRET_BYTES));
}

/** The code of a half minute. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS);
}

/** The half minute whose code was typed, counting from `after`; null when none of the ones that may be meant fits. */
export function matchTotp(secret: string, typed: string, at: Date, after: number): number | null {
  const now = totpStep(at);
  for (let step = now - DRIFT; step <= now + DRIFT; step += 1) {
    if (step > after && totpCode(secret, step) === typed) return step;
  }
  return null;
}

/** The address in the QR code that apps read. */
export function totpAddress(secret: string, of: { readonly issuer: string; readonly username: string }): string {
  const label = `${encodeURIComponent(of.issuer)}:${encodeURIComponent(of.username)}`;
  const query = new URLSearchParams({
    secret,
    issuer: of.issuer,
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
