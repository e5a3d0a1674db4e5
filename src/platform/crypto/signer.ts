import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  getCurves,
  getHashes,
  type KeyObject,
  sign as signEd25519,
  verify as verifyEd25519,
} from 'node:crypto';
import { SetupError } from '../setup-error.ts';
import { readOrMakeKeyFile } from './key-file.ts';
import { sm2PublicKey, sm2Sign, sm2Verify } from './sm2.ts';

export const SIGNING_ALGORITHMS = ['Ed25519', 'SM2'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Signs what leaves the platform: checkpoints, exports, backups. Its key lies in a file, never in the database. */
export type Signer = {
  readonly algorithm: SigningAlgorithm;
  /** The first 16 hex characters of the SHA-256 of the public key (SPKI, DER); stands beside each signature. */
  readonly keyId: string;
  /** SPKI in PEM, to be published; all that `verifySignature` and OpenSSL need. */
  readonly publicKey: string;
  /** Ed25519: 64 bytes. SM2: ASN.1 of r and s (GB/T 35276), over SM3 with the standard identity. */
  sign(bytes: Uint8Array): Buffer;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
};

export type SignerSource = {
  readonly signingAlgorithm: SigningAlgorithm;
  /** PKCS #8 in PEM; made (0600) at the first start. */
  readonly signingKeyFile: string;
};

/** Opens the signing key, making it at the first start. Throws `SetupError` when it does not fit the algorithm. */
export async function loadSigner(source: SignerSource): Promise<Signer> {
  const { signingAlgorithm, signingKeyFile } = source;
  if (signingAlgorithm === 'SM2') requireSm2();
  const pem = await readOrMakeKeyFile(signingKeyFile, () => newPrivateKey(signingAlgorithm));
  const key = readPrivateKey(pem, signingKeyFile);
  const found = algorithmOf(key);
  if (found !== signingAlgorithm) {
    throw new SetupError(
      `${signingKeyFile} holds a key for ${found ?? 'something else'}, but ${signingAlgorithm} is configured for signing. ` +
        'Name another key file, or configure the algorithm the key was made for.',
    );
  }
  return signerOver(key, signingAlgorithm);
}

/**
 * Says whether `signature` was made over `bytes` with the private half of `publicKey` (SPKI in PEM). Needs nothing of
 * the platform, so that outsiders can check with it; a broken signature is false, a broken key throws.
 */
export function verifySignature(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey(publicKey);
  const algorithm = algorithmOf(key);
  if (algorithm === 'Ed25519') return verifyEd25519(null, bytes, key, signature);
  if (algorithm === 'SM2') return sm2Verify(pointOf(key), bytes, signature);
  throw new Error('the public key is for neither Ed25519 nor SM2');
}

/** The name of a public key as it stands beside signatures. */
export function keyIdOf(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

function signerOver(key: KeyObject, algorithm: SigningAlgorithm): Signer {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string;
  const scalar = algorithm === 'SM2' ? scalarOf(key) : null;
  return {
    algorithm,
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (bytes) => (scalar ? sm2Sign(scalar, bytes) : signEd25519(null, bytes, key)),
    verify: (bytes, signature) => verifySignature(publicKey, bytes, signature),
  };
}

function newPrivateKey(algorithm: SigningAlgorithm): string {
  const pair = algorithm === 'SM2' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519');
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function readPrivateKey(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new SetupError(`${file} is not a private key in PEM. Put the key that belongs to this installation back.`);
  }
}

/** What precedes the point of an SM2 key in SPKI form. */
const SM2_SPKI = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');
/** What precedes the secret number inside PKCS #8: version 1 and an octet string of 32. */
const SM2_SECRET = Buffer.from('0201010420', 'hex');

/** Looks at the bytes: Node has no name of its own for an SM2 key it read from a file. */
function algorithmOf(key: KeyObject): SigningAlgorithm | null {
  if (key.asymmetricKeyType === 'ed25519') return 'Ed25519';
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return spki.subarray(0, SM2_SPKI.length).equals(SM2_SPKI) ? 'SM2' : null;
}

function scalarOf(key: KeyObject): Buffer {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const start = der.indexOf(SM2_SECRET) + SM2_SECRET.length;
  const secret = der.subarray(start, start + 32);
  // The public half tells whether what was cut out is the number.
  if (!sm2PublicKey(secret).equals(pointOf(createPublicKey(key)))) throw new Error('the SM2 key has an unknown form');
  return secret;
}

function pointOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(SM2_SPKI.length);
}

function requireSm2(): void {
  if (getCurves().includes('SM2') && getHashes().includes('sm3')) return;
  throw new SetupError(
    'signing with SM2 is configured, but the OpenSSL of this Node lacks SM2 or SM3. Use the bundled Node.',
  );
}
