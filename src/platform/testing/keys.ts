import { randomBytes } from 'node:crypto';
import { type CipherName, cipherOf } from '../crypto/cipher.ts';
import { type KeyWrapper, localWrapper } from '../crypto/key-wrap.ts';

/** A wrapper over master keys of a test's own; over one made for the moment unless some are given. */
export function testWrapper(
  masterKeys: Buffer | readonly Buffer[] = randomBytes(32),
  cipher: CipherName = 'aes-256-gcm',
): Promise<KeyWrapper> {
  const keys = Buffer.isBuffer(masterKeys) ? [masterKeys] : masterKeys;
  return localWrapper({ cipher: cipherOf(cipher), masterKeys: async () => keys as readonly Buffer[] });
}
