import { randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { sql } from 'kysely';
import type { WriteTx } from '../database/database.ts';
import { readOrMakeKeyFile, replaceKeyFile } from './key-file.ts';
import type { KeyWrapper } from './key-wrap.ts';
import { listKeys } from './key-store.ts';
import { besideMaster } from './open-wrapper.ts';

/**
 * Wraps every key of the tenant with the current master key; what they sealed stays as it is. All or nothing. Running
 * processes hold their keys open and notice nothing. Answers how many were wrapped anew.
 */
export async function rewrapKeys(tx: WriteTx, wrapper: KeyWrapper, tenant: number): Promise<number> {
  let count = 0;
  for (const { purpose, version, wrapped } of await listKeys(tx, tenant)) {
    if (await wrapper.isCurrent(wrapped)) continue;
    const identity = { tenant, purpose, version };
    const anew = await wrapper.wrap(await wrapper.unwrap(wrapped, identity), identity);
    await sql`
      UPDATE platform.data_key SET wrapped = ${anew}
      WHERE tenant_id = ${tenant} AND purpose = ${purpose} AND version = ${version}`.execute(tx);
    count++;
  }
  return count;
}

/** Makes the next master key beside the one in use; both open from now on. The same one again after a broken run. */
export async function makeNextMasterKey(file: string): Promise<void> {
  await readOrMakeKeyFile(besideMaster(file, 'next'), () => randomBytes(32).toString('base64'));
}

/**
 * Puts the next master key in place of the one in use, which is kept as the previous one. At every moment in between a
 * start finds a key that opens.
 */
export async function promoteNextMasterKey(file: string): Promise<void> {
  await replaceKeyFile(besideMaster(file, 'previous'), await readFile(file, 'utf8'));
  await rename(besideMaster(file, 'next'), file);
}
