import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

type Options = Readonly<Record<string, unknown>>;
type Bytes = Uint8Array<ArrayBuffer>;

/** A passkey in software, as a phone's: makes one key and signs what a page of `origin` was asked. */
export function softwareAuthenticator(origin: string, { checksHolder = true } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  const clientData = (type: string, challenge: unknown) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const flags = (more = 0) => 0b1 | (checksHolder ? 0b100 : 0) | more;
  const authenticatorData = (flag: number, rest: Buffer = Buffer.alloc(0)) => {
    // Passkeys that are kept in several places do not count their uses.
    const count = Buffer.alloc(4);
    const host = createHash('sha256').update(new URL(origin).hostname).digest();
    return Buffer.concat([host, Buffer.from([flag]), count, rest]);
  };
  return {
    id,
    /** Answers `navigator.credentials.create`. */
    create(options: Options) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([
        Buffer.alloc(16),
        length,
        credentialId,
        coseKey(publicKey.export({ format: 'jwk' })),
      ]);
      const attestation = new Map<string, string | Bytes | Map<never, never>>([
        ['fmt', 'none'],
        ['attStmt', new Map<never, never>()],
        ['authData', Uint8Array.from(authenticatorData(flags(0b1000000), attested))],
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
        transports: ['internal'],
      });
    },
    /** Answers `navigator.credentials.get`. */
    get(options: Options) {
      const client = clientData('webauthn.get', options.challenge);
      const data = authenticatorData(flags());
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      });
    },
  };
  function answer(response: object) {
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }
}

/** An ES256 public key as authenticators write it (RFC 9053). */
function coseKey({ x = '', y = '' }: JsonWebKey): Buffer {
  const bytes = (value: string): Bytes => Uint8Array.from(Buffer.from(value, 'base64url'));
  const key = new Map<number, number | Bytes>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ]);
  return Buffer.from(isoCBOR.encode(key));
}
