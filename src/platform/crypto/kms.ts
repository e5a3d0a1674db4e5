import { readFile } from 'node:fs/promises';
import { type OutgoingAnswer, type OutgoingCalls, OutgoingFailed } from '../http/outgoing.ts';
import { KEY_BYTES, type KeyIdentity, type KeyWrapper, titleOf } from './key-wrap.ts';
import { MasterKeyError } from './master-key.ts';

export type KmsSettings = {
  /** Address of the service, e.g. https://vault.example.gov.cn:8200. */
  readonly url: string;
  /** Path of the transit engine; `transit` unless it was mounted elsewhere. */
  readonly mount: string;
  /** Name of the key that never leaves the service. */
  readonly key: string;
  readonly outgoing: OutgoingCalls;
  /** Read before each call, for agents renew it in its file. */
  readonly token: () => Promise<string>;
};

const TIMEOUT_MS = 10_000;
/** First byte of a key wrapped by a service; local ciphers use 1 to 3. */
const FORMAT = 16;

/**
 * A master key that never leaves its service: the transit API of HashiCorp Vault and OpenBao (encrypt, decrypt, keys),
 * which hardware modules are put behind, too. Asked at start and at rotations only; running processes hold their keys.
 */
export function kmsWrapper(settings: KmsSettings): KeyWrapper {
  const call = (action: string, body: object | null) => ask(settings, action, body);
  const latest = async () => Number((await call(`keys/${settings.key}`, null)).latest_version ?? 1);
  return {
    describe: async () => `key service ${new URL(settings.url).host}, key ${settings.key} v${await latest()}`,
    async wrap(key, identity) {
      const plaintext = Buffer.concat([identityBytes(identity), key]).toString('base64');
      const { ciphertext } = await call(`encrypt/${settings.key}`, { plaintext });
      if (typeof ciphertext !== 'string') throw new MasterKeyError('the key service answered no ciphertext');
      return Buffer.concat([Buffer.of(FORMAT), Buffer.from(ciphertext)]);
    },
    async unwrap(wrapped, identity) {
      const bytes = Buffer.from(wrapped);
      if (bytes[0] !== FORMAT) throw new MasterKeyError(`${titleOf(identity)} was not wrapped by a key service`);
      const { plaintext } = await call(`decrypt/${settings.key}`, { ciphertext: bytes.subarray(1).toString('utf8') });
      const plain = Buffer.from(typeof plaintext === 'string' ? plaintext : '', 'base64');
      const expected = identityBytes(identity);
      // The service does not know whose key it is, so that stands beside the key and is compared.
      if (plain.length !== expected.length + KEY_BYTES || !plain.subarray(0, expected.length).equals(expected)) {
        throw new MasterKeyError(`${titleOf(identity)} was changed or belongs to another tenant`);
      }
      return plain.subarray(expected.length);
    },
    isCurrent: async (wrapped) => {
      const version = /^vault:v(\d+):/.exec(Buffer.from(wrapped).subarray(1).toString('utf8'))?.[1];
      return Buffer.from(wrapped)[0] === FORMAT && version !== undefined && Number(version) === (await latest());
    },
  };
}

/** Opens what either wrapped and wraps with the first; for moving from a key file to a service, and back. */
export function eitherWrapper(current: KeyWrapper, former: KeyWrapper): KeyWrapper {
  const isService = (wrapped: Uint8Array) => Buffer.from(wrapped)[0] === FORMAT;
  return {
    ...current,
    unwrap: (wrapped, identity) => (isService(wrapped) ? current : former).unwrap(wrapped, identity),
    isCurrent: async (wrapped) => isService(wrapped) && (await current.isCurrent(wrapped)),
  };
}

function identityBytes({ tenant, purpose, version }: KeyIdentity): Buffer {
  return Buffer.from(`gongzhi ${purpose} key|${tenant}|${version}|`);
}

async function ask(settings: KmsSettings, action: string, body: object | null): Promise<Record<string, unknown>> {
  const { url, mount } = settings;
  const headers = { 'x-vault-token': await settings.token(), 'content-type': 'application/json' };
  const method = body === null ? 'GET' : 'POST';
  const content = body === null ? {} : { body: JSON.stringify(body) };
  const address = `${url.replace(/\/+$/, '')}/v1/${mount}/${action}`;
  let answer: OutgoingAnswer;
  try {
    answer = await settings.outgoing.request(address, { method, headers, timeoutMs: TIMEOUT_MS, ...content });
  } catch (error) {
    const code = error instanceof OutgoingFailed ? error.code : 'unreachable';
    throw new MasterKeyError(`the key service ${new URL(url).host} does not answer: ${code}`);
  }
  const text = answer.body.toString('utf8');
  const good = answer.status >= 200 && answer.status < 300;
  if (!good) throw new MasterKeyError(`the key service refused ${action} with ${answer.status}: ${errorsIn(text)}`);
  return (JSON.parse(text) as { data?: Record<string, unknown> }).data ?? {};
}

/** The service's own words, shortened; they name paths and permissions, never keys. */
function errorsIn(text: string): string {
  try {
    return (JSON.parse(text) as { errors?: string[] }).errors?.join('; ').slice(0, 200) || 'no reason given';
  } catch {
    return 'no reason given';
  }
}

/** The token from its file or, without one, as configured. */
export function tokenSource(source: { readonly file: string | null; readonly value: string | null }) {
  return async (): Promise<string> => {
    if (source.file !== null) return (await readFile(source.file, 'utf8')).trim();
    if (source.value !== null) return source.value;
    throw new MasterKeyError(
      'a key service is configured without a token (GONGZHI_KMS_TOKEN or GONGZHI_KMS_TOKEN_FILE)',
    );
  };
}
