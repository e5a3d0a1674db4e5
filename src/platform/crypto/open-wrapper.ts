import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createOutgoing } from '../http/outgoing.ts';
import { cipherOf, type CipherName } from './cipher.ts';
import { type KeyWrapper, localWrapper } from './key-wrap.ts';
import { eitherWrapper, kmsWrapper, tokenSource } from './kms.ts';
import { loadMasterKey, MasterKeyError, parseKey } from './master-key.ts';

export type WrapperSource = {
  readonly cipher: CipherName;
  readonly masterKeyFile: string;
  readonly masterKey: string | null;
  readonly previousMasterKey: string | null;
  readonly kmsUrl: string | null;
  readonly kmsMount: string;
  readonly kmsKey: string;
  readonly kmsToken: string | null;
  readonly kmsTokenFile: string | null;
};

/** Where the key lies that a replacement by `keys rewrap --new-master-key` took out of use, or is about to bring in. */
export function besideMaster(file: string, which: 'previous' | 'next'): string {
  return join(dirname(file), `master.${which}.key`);
}

/** The master key as configured: a key service, else a key from the environment, else the key file. */
export async function openWrapper(source: WrapperSource): Promise<KeyWrapper> {
  const cipher = cipherOf(source.cipher);
  if (source.kmsUrl === null) return localWrapper({ cipher, masterKeys: () => localKeys(source, true) });
  const token = tokenSource({ file: source.kmsTokenFile, value: source.kmsToken });
  // Named by the operator, and most often in his own network.
  const outgoing = createOutgoing({ hosts: [], privateHosts: [new URL(source.kmsUrl).host] });
  const kms = kmsWrapper({ url: source.kmsUrl, mount: source.kmsMount, key: source.kmsKey, token, outgoing });
  return eitherWrapper(kms, await localWrapper({ cipher, masterKeys: () => localKeys(source, false) }));
}

/** The local master keys, the current one first. `make` lets a first start make the key file. */
async function localKeys(source: WrapperSource, make: boolean): Promise<Buffer[]> {
  const file = source.masterKeyFile;
  const configured = source.masterKey ?? undefined;
  const current = make || configured ? [await loadMasterKey({ file, value: configured })] : await existing(file);
  const previous = source.previousMasterKey ? [parseKey(source.previousMasterKey, 'the previous master key')] : [];
  const beside = [...(await existing(besideMaster(file, 'previous'))), ...(await existing(besideMaster(file, 'next')))];
  return [...current, ...previous, ...beside];
}

async function existing(file: string): Promise<Buffer[]> {
  try {
    return [parseKey((await readFile(file, 'utf8')).trim(), file)];
  } catch (error) {
    if (error instanceof MasterKeyError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
