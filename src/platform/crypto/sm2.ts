import { createHash, randomBytes } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

/**
 * Signatures of GB/T 32918.2 (SM2) over the curve of GB/T 32918.5. OpenSSL holds the curve and SM3, but Node cannot hand
 * it the signer's identity that the standard hashes before the message, so the arithmetic stands here.
 */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const GX = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n;
const GY = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n;

const Point = weierstrass({ p: P, n: N, h: 1n, a: A, b: B, Gx: GX, Gy: GY });

/** The identity the standard names for signers that agreed on none (GB/T 35276). */
const STANDARD_IDENTITY = '1234567812345678';

/** The uncompressed public point: 65 bytes, 04 first. */
export function sm2PublicKey(secret: Uint8Array): Buffer {
  return Buffer.from(Point.BASE.multiply(toNumber(secret)).toBytes(false));
}

/** A signature as ASN.1 `SEQUENCE { r INTEGER, s INTEGER }`, the form of GB/T 35276 and of OpenSSL. */
export function sm2Sign(secret: Uint8Array, message: Uint8Array, chance: () => bigint = randomScalar): Buffer {
  const d = toNumber(secret);
  const e = toNumber(digest(sm2PublicKey(secret), message));
  const { Fn } = Point;
  for (;;) {
    const k = chance();
    const r = Fn.create(e + Point.BASE.multiply(k).toAffine().x);
    if (r === 0n || r + k === N) continue;
    const s = Fn.mul(Fn.inv(1n + d), Fn.create(k - r * d));
    if (s !== 0n) return encode(r, s);
  }
}

/** False for whatever is no signature of these bytes by this key, also for bytes that are no signature at all. */
export function sm2Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const pair = decode(Buffer.from(signature));
  if (pair === null) return false;
  const [r, s] = pair;
  if (r < 1n || r >= N || s < 1n || s >= N) return false;
  const t = Point.Fn.create(r + s);
  if (t === 0n) return false;
  const point = Point.fromBytes(publicKey);
  point.assertValidity();
  const sum = Point.BASE.multiplyUnsafe(s).add(point.multiplyUnsafe(t));
  if (sum.is0()) return false;
  const e = toNumber(digest(publicKey, message));
  return Point.Fn.create(e + sum.toAffine().x) === r;
}

/** SM3(Z || message), where Z binds identity, curve and public key. */
function digest(publicKey: Uint8Array, message: Uint8Array): Buffer {
  return createHash('sm3').update(sm2Identity(publicKey)).update(message).digest();
}

/** Z of the standard: the digest of the signer's identity, the curve and his public key. */
export function sm2Identity(publicKey: Uint8Array, identity = STANDARD_IDENTITY): Buffer {
  const name = Buffer.from(identity, 'utf8');
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(name.length * 8);
  const curve = [A, B, GX, GY].map((value) => toBytes(value));
  return createHash('sm3')
    .update(Buffer.concat([bits, name, ...curve, publicKey.subarray(1)]))
    .digest();
}

/** Uniform in 1 … n−1: what does not fit is thrown away, since a remainder would favour small numbers. */
function randomScalar(): bigint {
  for (;;) {
    const value = toNumber(randomBytes(32));
    if (value > 0n && value < N) return value;
  }
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

function encode(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** DER: shortest form, with a zero in front of a set highest bit. */
function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const signed = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(0x02, signed.length), signed]);
}

/** Takes the one encoding `encode` makes and no other, so that a signature cannot be written in two ways. */
function decode(signature: Buffer): [bigint, bigint] | null {
  const lengthOfR = signature[3];
  const lengthOfS = lengthOfR === undefined ? undefined : signature[5 + lengthOfR];
  if (lengthOfR === undefined || lengthOfS === undefined || lengthOfR === 0 || lengthOfS === 0) return null;
  const r = toNumber(signature.subarray(4, 4 + lengthOfR));
  const s = toNumber(signature.subarray(6 + lengthOfR, 6 + lengthOfR + lengthOfS));
  if (r >= N || s >= N) return null;
  return encode(r, s).equals(signature) ? [r, s] : null;
}
