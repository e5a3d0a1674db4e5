import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { oncePer } from '../../kit/once-per.ts';
import { type Cipher, cipherByFormat, cipherOf } from './cipher.ts';
import { derive, KEY_PURPOSES, type KeyPurpose, type KeyWrapper, newKey } from './key-wrap.ts';
import type { Vault } from './vault.ts';

/** How digests are keyed; stands beside each index and mac key, so that a change of cipher changes no stored digest. */
export type DigestAlgorithm = 'sha256' | 'sm3';

export type WrappedKey = {
  readonly purpose: KeyPurpose;
  readonly version: number;
  readonly wrapped: Uint8Array;
  readonly digest: DigestAlgorithm;
  /** From when on new things are written with it; before that every process learns to read with it. */
  readonly activeFrom: Date;
  /** Since when nothing uses it any more. */
  readonly retiredAt: Date | null;
};

/** Where wrapped keys lie; `platform.data_key` in the running system. */
export type DataKeyStore = {
  list(tenant: number): Promise<readonly WrappedKey[]>;
  /** Stores a key unless its version is there already; two processes may start at once. */
  add(tenant: number, key: WrappedKey): Promise<void>;
};

export type VaultOptions = {
  readonly wrapper: KeyWrapper;
  readonly tenant: number;
  readonly dataKeys: DataKeyStore;
  readonly cipher?: Cipher;
  readonly now?: () => Date;
};

/** What is written now: the first bytes of everything sealed, and how every blind index begins. */
export type CurrentKeys = {
  readonly header: Buffer;
  readonly sealVersion: number;
  readonly indexVersion: number;
  readonly indexPrefix: string;
};

/** The vault with what an operator may do to it. */
export type ManagedVault = Vault & {
  /** Makes a new key that takes over after `ACTIVATION_SECONDS`; what was made before stays readable. */
  rotate(purpose: 'seal' | 'index', delaySeconds?: number): Promise<number>;
  /** Reads keys that another process made since, and which were retired. */
  refresh(): Promise<void>;
  current(): CurrentKeys;
};

/** Longer than any process takes to learn of a key (`KEY_REFRESH_MS`), so that none meets bytes it cannot open. */
export const ACTIVATION_SECONDS = 60;

/**
 * Sealed bytes: format byte of the cipher, 4 bytes version of the data key, what the cipher made. Tenant, version and
 * context are authenticated, so bytes moved to another row, tenant or column do not open.
 */
const HEADER_BYTES = 5;

type OpenKey = WrappedKey & { readonly key: Buffer };
type Keys = Map<string, OpenKey>;

/**
 * Opens the vault of one tenant, making its first keys at the first start.
 * Throws `MasterKeyError` when the master key does not fit the database.
 */
export async function createVault(options: VaultOptions): Promise<ManagedVault> {
  const now = options.now ?? (() => new Date());
  const cipher = options.cipher ?? cipherOf('aes-256-gcm');
  const keys: Keys = new Map();
  const load = () => loadKeys(options, keys);
  const make = async (purpose: KeyPurpose, version: number, activeFrom: Date, key = newKey()) => {
    const wrapped = await options.wrapper.wrap(key, { tenant: options.tenant, purpose, version });
    const digest = cipher.name === 'aes-256-gcm' ? 'sha256' : 'sm3';
    await options.dataKeys.add(options.tenant, { purpose, version, wrapped, digest, activeFrom, retiredAt: null });
    // Read back instead of keeping ours: another process may have been first.
    await load();
  };
  await load();
  // A database from before purposes had keys of their own: what data key 1 made for them must stay comparable.
  const former = keys.get('seal:1')?.key;
  for (const purpose of KEY_PURPOSES) {
    if (ofPurpose(keys, purpose).length === 0) await make(purpose, 1, new Date(0), former);
  }
  return {
    ...vaultOver(options.tenant, keys, cipher, now),
    async rotate(purpose, delaySeconds = ACTIVATION_SECONDS) {
      await load();
      const version = Math.max(...ofPurpose(keys, purpose).map((key) => key.version)) + 1;
      await make(purpose, version, new Date(now().getTime() + delaySeconds * 1000));
      return version;
    },
    refresh: load,
    current: () => currentKeys(keys, cipher, now()),
  };
}

async function loadKeys({ tenant, dataKeys, wrapper }: VaultOptions, keys: Keys): Promise<void> {
  for (const row of await dataKeys.list(tenant)) {
    const { purpose, version } = row;
    const id = `${purpose}:${version}`;
    const key = keys.get(id)?.key ?? (await wrapper.unwrap(row.wrapped, { tenant, purpose, version }));
    keys.set(id, { ...row, key });
  }
}

function ofPurpose(keys: Keys, purpose: KeyPurpose): OpenKey[] {
  return [...keys.values()].filter((key) => key.purpose === purpose).sort((one, two) => two.version - one.version);
}

function currentOf(keys: Keys, purpose: KeyPurpose, now: Date): OpenKey {
  const found = ofPurpose(keys, purpose).find((key) => key.activeFrom <= now && key.retiredAt === null);
  if (!found) throw new Error(`no ${purpose} key is in use`);
  return found;
}

function currentKeys(keys: Keys, cipher: Cipher, now: Date): CurrentKeys {
  const seal = currentOf(keys, 'seal', now);
  const index = currentOf(keys, 'index', now);
  return {
    header: headerOf(cipher, seal.version),
    sealVersion: seal.version,
    indexVersion: index.version,
    indexPrefix: indexPrefix(index.version),
  };
}

const derived = oncePer<Buffer, KeyObject>();

/** `derive`, done once for a key and purpose: sealing one name would otherwise take longer for its key than for itself. */
function derivedOnce(key: Buffer, purpose: string): KeyObject {
  return derived(key, purpose, () => createSecretKey(derive(key, purpose)));
}

function vaultOver(tenant: number, keys: Keys, cipher: Cipher, now: () => Date): Vault {
  const own = (asked: number) => {
    if (asked !== tenant) throw new Error(`no data key for tenant ${asked}`);
  };
  const index = (key: OpenKey, purpose: string, value: string) => {
    const digest = createHmac(key.digest, derivedOnce(key.key, `blind index ${purpose}`)).update(value);
    return `${indexPrefix(key.version)}${digest.digest('hex')}`;
  };
  return {
    tenant,
    seal(asked, plain, context) {
      own(asked);
      const { version, key } = currentOf(keys, 'seal', now());
      const body = cipher.seal(derivedOnce(key, 'seal'), Buffer.from(plain, 'utf8'), aad(asked, version, context));
      return Buffer.concat([headerOf(cipher, version), body]);
    },
    open(asked, sealed, context) {
      own(asked);
      const bytes = Buffer.from(sealed);
      const used = cipherByFormat(bytes[0]);
      if (!used || bytes.length <= HEADER_BYTES) throw new Error('sealed bytes have an unknown form');
      const version = keyVersionOf(bytes);
      const key = keys.get(`seal:${version}`)?.key;
      if (!key) throw new Error(`no data key ${version} for tenant ${asked}`);
      return used
        .open(derivedOnce(key, 'seal'), bytes.subarray(HEADER_BYTES), aad(asked, version, context))
        .toString('utf8');
    },
    blindIndex(asked, purpose, value) {
      own(asked);
      return index(currentOf(keys, 'index', now()), purpose, value);
    },
    blindIndexes(asked, purpose, value) {
      own(asked);
      const first = currentOf(keys, 'index', now());
      const others = ofPurpose(keys, 'index').filter((key) => key !== first && key.retiredAt === null);
      return [first, ...others].map((key) => index(key, purpose, value));
    },
    mac(purpose, value) {
      const { key, digest } = currentOf(keys, 'mac', now());
      return createHmac(digest, derivedOnce(key, `mac ${purpose}`))
        .update(value)
        .digest();
    },
  };
}

/** The version of the data key that sealed these bytes; lets a job find what should be sealed anew. */
export function keyVersionOf(sealed: Uint8Array): number {
  return Buffer.from(sealed).readUInt32BE(1);
}

function headerOf(cipher: Cipher, version: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(cipher.format, 0);
  header.writeUInt32BE(version, 1);
  return header;
}

/** A blind index tells which key made it, so that a job finds those of former keys. */
function indexPrefix(version: number): string {
  return version === 1 ? '' : `${version}:`;
}

function aad(tenant: number, version: number, context: string): Buffer {
  return Buffer.from(`sealed|${tenant}|${version}|${context}`);
}
