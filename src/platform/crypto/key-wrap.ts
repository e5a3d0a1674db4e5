import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { type Cipher, cipherByFormat } from './cipher.ts';
import { MasterKeyError } from './master-key.ts';

/** What a key of a tenant is for: sealing, blind indexes, macs. One key never serves two purposes. */
export const KEY_PURPOSES = ['seal', 'index', 'mac'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** Which key it is; authenticated with the wrapped bytes, so that a row moved elsewhere does not open. */
export type KeyIdentity = { readonly tenant: number; readonly purpose: KeyPurpose; readonly version: number };

/** The master key, wherever it lies: it wraps the tenants' keys and opens them again. */
export type KeyWrapper = {
  /** What an operator reads of it: its place and a name of its own, never the key. */
  describe(): Promise<string>;
  wrap(key: Buffer, identity: KeyIdentity): Promise<Buffer>;
  /** Throws `MasterKeyError` with a text for the operator when no known master key opens the bytes. */
  unwrap(wrapped: Uint8Array, identity: KeyIdentity): Promise<Buffer>;
  /** Whether `wrap` would use the same master key; those for which it is not wait to be wrapped anew. */
  isCurrent(wrapped: Uint8Array): Promise<boolean>;
};

const NAME_BYTES = 8;
export const KEY_BYTES = 32;

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

export type LocalWrapperOptions = {
  /** The master keys that may open, the one that wraps first; read again when a key is met that none of them opens. */
  readonly masterKeys: () => Promise<readonly Buffer[]>;
  readonly cipher: Cipher;
};

/**
 * Wraps with a master key of this machine. A wrapped key: format byte of the cipher, 8 bytes that name the master key,
 * what the cipher made. The name lets a wrong key file be told from a damaged row.
 */
export async function localWrapper(options: LocalWrapperOptions): Promise<KeyWrapper> {
  let masters = await options.masterKeys();
  const current = () => {
    const [first] = masters;
    if (!first) throw new MasterKeyError('there is no master key');
    return first;
  };
  const find = (name: Buffer) => masters.find((master) => nameOf(master).equals(name));
  return {
    describe: async () => `local key ${nameOf(current()).toString('hex')}`,
    async wrap(key, identity) {
      const master = current();
      const body = options.cipher.seal(derive(master, 'wrap'), key, aad(identity));
      return Buffer.concat([Buffer.of(options.cipher.format), nameOf(master), body]);
    },
    async unwrap(wrapped, identity) {
      const bytes = Buffer.from(wrapped);
      const cipher = cipherByFormat(bytes[0]);
      if (!cipher || bytes.length <= 1 + NAME_BYTES) {
        throw new MasterKeyError(`${titleOf(identity)} was wrapped by a key service, or has an unknown form`);
      }
      const name = bytes.subarray(1, 1 + NAME_BYTES);
      // A new master key may have been put in place while this process runs.
      if (!find(name)) masters = await options.masterKeys();
      const master = find(name);
      if (!master) throw new MasterKeyError(WRONG_MASTER);
      try {
        return cipher.open(derive(master, 'wrap'), bytes.subarray(1 + NAME_BYTES), aad(identity));
      } catch {
        throw new MasterKeyError(`${titleOf(identity)} was changed or belongs to another tenant`);
      }
    },
    isCurrent: async (wrapped) => {
      const head = Buffer.concat([Buffer.of(options.cipher.format), nameOf(current())]);
      return Buffer.from(wrapped).subarray(0, head.length).equals(head);
    },
  };
}

const WRONG_MASTER =
  'the master key does not fit this database: its data keys were sealed with another one. ' +
  'Put the key file that belongs to this data folder back (or set the master key it was started with); ' +
  'without it the sealed identities cannot be read.';

/** HKDF-SHA-256; one key never serves two purposes. */
export function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `gongzhi ${purpose}`, 32));
}

/** What an operator calls a key in messages. */
export function titleOf({ tenant, purpose, version }: KeyIdentity): string {
  return `${purpose === 'seal' ? 'data' : purpose} key ${version} of tenant ${tenant}`;
}

function nameOf(master: Buffer): Buffer {
  return createHmac('sha256', derive(master, 'name')).update('master key').digest().subarray(0, NAME_BYTES);
}

function aad({ tenant, purpose, version }: KeyIdentity): Buffer {
  return Buffer.from(`${purpose === 'seal' ? 'data' : purpose} key|${tenant}|${version}`);
}
