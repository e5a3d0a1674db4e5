import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  getCiphers,
  getHashes,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { oncePer } from '../../kit/once-per.ts';
import { SetupError } from '../setup-error.ts';

export const CIPHER_NAMES = ['aes-256-gcm', 'sm4-ctr', 'sm4-cbc'] as const;
export type CipherName = (typeof CIPHER_NAMES)[number];

/** One that is used again and again is cheaper as an object of its own: raw bytes are made into one each time. */
export type CipherKey = Buffer | KeyObject;

/** Authenticated encryption under 32 bytes of key. What it makes begins with its own nonce. */
export type Cipher = {
  readonly name: CipherName;
  /** The first byte of what was sealed with it, so that bytes of every cipher can be read whatever is configured. */
  readonly format: number;
  seal(key: CipherKey, plain: Uint8Array, aad: Uint8Array): Buffer;
  /** Throws when key, bytes or `aad` differ from those of sealing. */
  open(key: CipherKey, sealed: Uint8Array, aad: Uint8Array): Buffer;
};

const CIPHERS: Readonly<Record<CipherName, Cipher>> = {
  'aes-256-gcm': { name: 'aes-256-gcm', format: 1, seal: sealGcm, open: openGcm },
  'sm4-ctr': sm4('sm4-ctr', 2),
  'sm4-cbc': sm4('sm4-cbc', 3),
};

/** Throws `SetupError` when the OpenSSL of this Node lacks what the cipher needs. */
export function cipherOf(name: CipherName): Cipher {
  const missing = name === 'aes-256-gcm' ? [] : missingForSm4(name, getCiphers(), getHashes());
  if (missing.length > 0) {
    throw new SetupError(
      `${name} is configured for sealing, but the OpenSSL of this Node lacks ${missing.join(' and ')}. ` +
        'Use the bundled Node, or GONGZHI_CIPHER=aes-256-gcm.',
    );
  }
  return CIPHERS[name];
}

/** What SM4 with HMAC-SM3 needs and is not there. */
export function missingForSm4(name: string, ciphers: readonly string[], hashes: readonly string[]): string[] {
  return [...(ciphers.includes(name) ? [] : [name]), ...(hashes.includes('sm3') ? [] : ['sm3'])];
}

/** The cipher that sealed bytes with this first byte, or null. */
export function cipherByFormat(format: number | undefined): Cipher | null {
  return Object.values(CIPHERS).find((cipher) => cipher.format === format) ?? null;
}

const GCM_NONCE_BYTES = 12;
const GCM_TAG_BYTES = 16;

/** 12 bytes nonce, cipher text, 16 bytes tag. */
function sealGcm(key: CipherKey, plain: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = randomBytes(GCM_NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openGcm(key: CipherKey, sealed: Uint8Array, aad: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes.length < GCM_NONCE_BYTES + GCM_TAG_BYTES) throw new Error('sealed bytes are too short');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, GCM_NONCE_BYTES));
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(bytes.length - GCM_TAG_BYTES));
  const body = bytes.subarray(GCM_NONCE_BYTES, bytes.length - GCM_TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

const SM4_IV_BYTES = 16;
const SM3_BYTES = 32;

/**
 * 16 bytes initial vector, cipher text, 32 bytes HMAC-SM3 over length and bytes of `aad`, vector and cipher text:
 * encrypt, then authenticate, under two keys drawn from the one given. OpenSSL offers SM4-GCM, Node does not.
 */
function sm4(name: 'sm4-ctr' | 'sm4-cbc', format: number): Cipher {
  const mac = (key: CipherKey, aad: Uint8Array, body: Uint8Array) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(aad.length));
    return createHmac('sm3', sm4Key(key, 'authenticate', SM3_BYTES))
      .update(length)
      .update(aad)
      .update(body)
      .digest();
  };
  return {
    name,
    format,
    seal(key, plain, aad) {
      const iv = randomBytes(SM4_IV_BYTES);
      const cipher = createCipheriv(name, sm4Key(key, 'encrypt', 16), iv);
      const body = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
      return Buffer.concat([body, mac(key, aad, body)]);
    },
    open(key, sealed, aad) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < SM4_IV_BYTES + SM3_BYTES) throw new Error('sealed bytes are too short');
      const body = bytes.subarray(0, bytes.length - SM3_BYTES);
      if (!timingSafeEqual(mac(key, aad, body), bytes.subarray(bytes.length - SM3_BYTES))) {
        throw new Error('sealed bytes were changed');
      }
      const decipher = createDecipheriv(name, sm4Key(key, 'encrypt', 16), body.subarray(0, SM4_IV_BYTES));
      return Buffer.concat([decipher.update(body.subarray(SM4_IV_BYTES)), decipher.final()]);
    },
  };
}

const drawn = oncePer<CipherKey, KeyObject>();

/** Drawn once for a key and use. */
function sm4Key(key: CipherKey, use: string, bytes: number): KeyObject {
  const draw = () => hkdfSync('sm3', key, Buffer.alloc(0), `gongzhi sm4 ${use}`, bytes);
  return drawn(key, use, () => createSecretKey(Buffer.from(draw())));
}
