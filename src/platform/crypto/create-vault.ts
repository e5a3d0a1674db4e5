import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { derive, newDataKey, unwrapKey, wrapKey } from './key-wrap.ts';
import type { Vault } from './vault.ts';

export type WrappedKey = { readonly version: number; readonly wrapped: Uint8Array };

/** Where wrapped data keys lie; `platform.data_key` in the running system. */
export type DataKeyStore = {
  list(tenant: number): Promise<readonly WrappedKey[]>;
  /** Stores a key unless its version is there already; two processes may start at once. */
  add(tenant: number, key: WrappedKey): Promise<void>;
};

export type VaultOptions = {
  readonly masterKey: Buffer;
  readonly tenant: number;
  readonly dataKeys: DataKeyStore;
};

/** The vault with what an operator may do to it. */
export type ManagedVault = Vault & {
  /** Makes a new data key; what is sealed from now on uses it, what was sealed before stays readable. */
  rotate(): Promise<number>;
  /** Reads keys that another process made since. */
  refresh(): Promise<void>;
};

/**
 * Sealed bytes: format byte, 4 bytes version of the data key, 12 bytes nonce, cipher text, 16 bytes tag. Tenant, version
 * and context are authenticated, so bytes moved to another row, tenant or column do not open.
 */
const FORMAT = 1;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Opens the vault of one tenant, making its first data key at the first start.
 * Throws `MasterKeyError` when the master key does not fit the database.
 *
 * Blind indexes and macs hang on data key 1, which is never retired: neither a rotation nor a new master key may
 * change what a stored phone index or query-code digest is compared with.
 */
export async function createVault(options: VaultOptions): Promise<ManagedVault> {
  const keys = new Map<number, Buffer>();
  const load = async () => {
    for (const row of await options.dataKeys.list(options.tenant)) {
      if (keys.has(row.version)) continue;
      keys.set(row.version, unwrapKey(options.masterKey, row.wrapped, options.tenant, row.version));
    }
  };
  const make = async (version: number) => {
    const wrapped = wrapKey(options.masterKey, newDataKey(), options.tenant, version);
    await options.dataKeys.add(options.tenant, { version, wrapped });
    // Read back instead of keeping ours: another process may have been first.
    await load();
  };
  await load();
  if (keys.size === 0) await make(1);
  return { ...vaultOver(options.tenant, keys), rotate: () => rotate(keys, load, make), refresh: load };
}

async function rotate(
  keys: Map<number, Buffer>,
  load: () => Promise<void>,
  make: (version: number) => Promise<void>,
): Promise<number> {
  await load();
  const version = Math.max(...keys.keys()) + 1;
  await make(version);
  return version;
}

function vaultOver(tenant: number, keys: ReadonlyMap<number, Buffer>): Vault {
  const keyOf = (asked: number, version: number): Buffer => {
    const key = asked === tenant ? keys.get(version) : undefined;
    if (!key) throw new Error(`no data key ${version} for tenant ${asked}`);
    return key;
  };
  return {
    tenant,
    seal(asked, plain, context) {
      const version = Math.max(...keys.keys());
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', derive(keyOf(asked, version), 'seal'), nonce);
      cipher.setAAD(aad(asked, version, context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt8(FORMAT, 0);
      header.writeUInt32BE(version, 1);
      return Buffer.concat([header, nonce, body, cipher.getAuthTag()]);
    },
    open(asked, sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== FORMAT) {
        throw new Error('sealed bytes have an unknown form');
      }
      const version = bytes.readUInt32BE(1);
      const start = HEADER_BYTES + NONCE_BYTES;
      const key = derive(keyOf(asked, version), 'seal');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(HEADER_BYTES, start));
      decipher.setAAD(aad(asked, version, context));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      const body = bytes.subarray(start, bytes.length - TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    blindIndex(asked, purpose, value) {
      const key = derive(keyOf(asked, 1), `blind index ${purpose}`);
      return createHmac('sha256', key).update(value).digest('hex');
    },
    mac(purpose, value) {
      return createHmac('sha256', derive(keyOf(tenant, 1), `mac ${purpose}`))
        .update(value)
        .digest();
    },
  };
}

/** The version of the data key that sealed these bytes; lets a job find what should be sealed anew. */
export function keyVersionOf(sealed: Uint8Array): number {
  return Buffer.from(sealed).readUInt32BE(1);
}

function aad(tenant: number, version: number, context: string): Buffer {
  return Buffer.from(`sealed|${tenant}|${version}|${context}`);
}
