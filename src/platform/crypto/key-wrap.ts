import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { MasterKeyError } from './master-key.ts';

/**
 * A data key as it lies in `platform.data_key`: format byte, 8 bytes that name the master key, 12 bytes nonce,
 * the encrypted key, 16 bytes tag. The name of the master key lets a wrong key file be told from a damaged row.
 */
const FORMAT = 1;
const NAME_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const DATA_KEY_BYTES = 32;

export function newDataKey(): Buffer {
  return randomBytes(DATA_KEY_BYTES);
}

export function wrapKey(master: Buffer, dataKey: Buffer, tenant: number, version: number): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', derive(master, 'wrap'), nonce);
  cipher.setAAD(aad(tenant, version));
  const body = Buffer.concat([cipher.update(dataKey), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nameOf(master), nonce, body, cipher.getAuthTag()]);
}

/** Throws `MasterKeyError` with a text for the operator when the key does not fit. */
export function unwrapKey(master: Buffer, wrapped: Uint8Array, tenant: number, version: number): Buffer {
  const bytes = Buffer.from(wrapped);
  if (bytes.length !== 1 + NAME_BYTES + NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES || bytes[0] !== FORMAT) {
    throw new MasterKeyError(`data key ${version} of tenant ${tenant} has an unknown form`);
  }
  const name = bytes.subarray(1, 1 + NAME_BYTES);
  if (!timingSafeEqual(name, nameOf(master))) {
    throw new MasterKeyError(
      'the master key does not fit this database: its data keys were sealed with another one. ' +
        'Put the key file that belongs to this data folder back (or set the master key it was started with); ' +
        'without it the sealed identities cannot be read.',
    );
  }
  const start = 1 + NAME_BYTES + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', derive(master, 'wrap'), bytes.subarray(1 + NAME_BYTES, start));
  decipher.setAAD(aad(tenant, version));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(start, bytes.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw new MasterKeyError(`data key ${version} of tenant ${tenant} was changed or belongs to another tenant`);
  }
}

/** HKDF-SHA-256; one key never serves two purposes. */
export function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `gongzhi ${purpose}`, 32));
}

function nameOf(master: Buffer): Buffer {
  return createHmac('sha256', derive(master, 'name')).update('master key').digest().subarray(0, NAME_BYTES);
}

function aad(tenant: number, version: number): Buffer {
  return Buffer.from(`data key|${tenant}|${version}`);
}
