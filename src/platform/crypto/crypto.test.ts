import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIVATION_SECONDS, createVault, keyVersionOf } from './create-vault.ts';
import { derive } from './key-wrap.ts';
import { memoryStore } from './testing/memory-store.ts';
import { testWrapper } from '../testing/keys.ts';
import { CIPHER_NAMES, type CipherName, cipherOf } from './cipher.ts';
import { loadMasterKey, MasterKeyError } from './master-key.ts';
import { readToken, signToken } from './token.ts';

const MACHENG = 421181;

describe('the master key', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongzhi-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is made once, for its owner only, and the same for processes that start together', async () => {
    const file = join(folder, 'keys', 'master.key');
    const loaded = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey({ file })));
    expect(new Set(loaded.map((key) => key.toString('hex'))).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toEqual(loaded[0]);
  });

  test('may come from the environment instead, in hex or base64', async () => {
    const key = randomBytes(32);
    const file = join(folder, 'never-made');
    expect(await loadMasterKey({ file, value: key.toString('hex') })).toEqual(key);
    expect(await loadMasterKey({ file, value: key.toString('base64') })).toEqual(key);
    await expect(stat(file)).rejects.toThrow();
  });

  test('that is too short is refused with its place', async () => {
    const file = join(folder, 'short.key');
    await writeFile(file, 'AAAA\n');
    await expect(loadMasterKey({ file })).rejects.toThrow(/short\.key is not a key of 32 bytes/);
  });
});

describe('the vault', () => {
  const masterKey = randomBytes(32);

  test('opens what it sealed, in the same context only', async () => {
    const vault = await createVault({
      wrapper: await testWrapper(masterKey),
      tenant: MACHENG,
      dataKeys: memoryStore(),
    });
    const sealed = vault.seal(MACHENG, '汪秀英', 'requester.name:1');
    expect(vault.open(MACHENG, sealed, 'requester.name:1')).toBe('汪秀英');
    expect(() => vault.open(MACHENG, sealed, 'requester.name:2')).toThrow();
    expect(() => vault.open(330100, sealed, 'requester.name:1')).toThrow('no data key');
  });

  test('never seals the same words to the same bytes, and notices a changed bit', async () => {
    const vault = await createVault({
      wrapper: await testWrapper(masterKey),
      tenant: MACHENG,
      dataKeys: memoryStore(),
    });
    const sealed = vault.seal(MACHENG, '13800138000', 'phone');
    expect(vault.seal(MACHENG, '13800138000', 'phone')).not.toEqual(sealed);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.open(MACHENG, changed, 'phone')).toThrow();
    }
  });

  test('keeps what was sealed before a rotation readable, and its indexes equal', async () => {
    const dataKeys = memoryStore();
    const vault = await createVault({ wrapper: await testWrapper(masterKey), tenant: MACHENG, dataKeys });
    const before = vault.seal(MACHENG, '旧', 'x');
    const index = vault.blindIndex(MACHENG, 'phone', '13800138000');
    expect(await vault.rotate('seal', 0)).toBe(2);
    const restarted = await createVault({ wrapper: await testWrapper(masterKey), tenant: MACHENG, dataKeys });
    expect(keyVersionOf(before)).toBe(1);
    expect(keyVersionOf(restarted.seal(MACHENG, '新', 'x'))).toBe(2);
    expect(restarted.open(MACHENG, before, 'x')).toBe('旧');
    expect(restarted.blindIndex(MACHENG, 'phone', '13800138000')).toBe(index);
  });

  test('reads what each cipher sealed, whichever is configured', async () => {
    const dataKeys = memoryStore();
    const wrapper = await testWrapper(masterKey);
    const of = (name: CipherName) => createVault({ wrapper, tenant: MACHENG, dataKeys, cipher: cipherOf(name) });
    const vaults = await Promise.all(CIPHER_NAMES.map(of));
    const sealed = vaults.map((vault) => vault.seal(MACHENG, '汪秀英', 'x'));
    expect(sealed.map((bytes) => bytes[0])).toEqual([1, 2, 3]);
    for (const vault of vaults) {
      for (const bytes of sealed) expect(vault.open(MACHENG, bytes, 'x')).toBe('汪秀英');
      // Indexes hang on the key's own digest, not on the cipher of the day.
      expect(vault.blindIndex(MACHENG, 'phone', '1')).toBe(vaults[0]?.blindIndex(MACHENG, 'phone', '1'));
    }
  });

  test('writes with a new key only when every process has had time to learn of it', async () => {
    const dataKeys = memoryStore();
    const wrapper = await testWrapper(masterKey);
    let now = new Date('2026-11-22T08:00:00Z');
    const open = () => createVault({ wrapper, tenant: MACHENG, dataKeys, now: () => now });
    const [one, two] = [await open(), await open()];
    expect(await one.rotate('seal')).toBe(2);
    expect(keyVersionOf(one.seal(MACHENG, '早', 'x'))).toBe(1);
    await two.refresh();
    now = new Date(now.getTime() + ACTIVATION_SECONDS * 1000);
    const sealed = one.seal(MACHENG, '晚', 'x');
    expect(keyVersionOf(sealed)).toBe(2);
    expect(two.open(MACHENG, sealed, 'x')).toBe('晚');
  });

  test('answers the indexes of all keys in use while they are rotated, the current first', async () => {
    const vault = await createVault({ wrapper: await testWrapper(), tenant: MACHENG, dataKeys: memoryStore() });
    const former = vault.blindIndex(MACHENG, 'phone', '13800138000');
    await vault.rotate('index', 0);
    const current = vault.blindIndex(MACHENG, 'phone', '13800138000');
    expect(current).toMatch(/^2:[0-9a-f]{64}$/);
    expect(vault.blindIndexes(MACHENG, 'phone', '13800138000')).toEqual([current, former]);
  });

  test('keeps comparing what one key did before purposes had their own', async () => {
    const dataKeys = memoryStore();
    const wrapper = await testWrapper(masterKey);
    await createVault({ wrapper, tenant: MACHENG, dataKeys });
    dataKeys.rows.splice(0, 3, ...dataKeys.rows.filter((row) => row.purpose === 'seal'));
    const key = await wrapper.unwrap(dataKeys.rows[0]?.wrapped ?? Buffer.alloc(0), {
      tenant: MACHENG,
      purpose: 'seal',
      version: 1,
    });
    const vault = await createVault({ wrapper, tenant: MACHENG, dataKeys });
    const index = createHmac('sha256', derive(key, 'blind index phone')).update('13800138000').digest('hex');
    expect(vault.blindIndex(MACHENG, 'phone', '13800138000')).toBe(index);
  });

  test('opens under a former master key until everything is wrapped anew', async () => {
    const dataKeys = memoryStore();
    const [former, next] = [randomBytes(32), randomBytes(32)];
    await createVault({ wrapper: await testWrapper(former), tenant: MACHENG, dataKeys });
    const both = await testWrapper([next, former], 'sm4-ctr');
    await createVault({ wrapper: both, tenant: MACHENG, dataKeys });
    for (const row of dataKeys.rows) expect(await both.isCurrent(row.wrapped)).toBe(false);
  });

  test('says so when the key file belongs to another database', async () => {
    const dataKeys = memoryStore();
    await createVault({ wrapper: await testWrapper(masterKey), tenant: MACHENG, dataKeys });
    const wrong = createVault({ wrapper: await testWrapper(), tenant: MACHENG, dataKeys });
    await expect(wrong).rejects.toThrow(MasterKeyError);
    await expect(wrong).rejects.toThrow('does not fit this database');
  });

  test('tells a wrapped key that was moved to another tenant', async () => {
    const dataKeys = memoryStore();
    await createVault({ wrapper: await testWrapper(masterKey), tenant: MACHENG, dataKeys });
    await expect(createVault({ wrapper: await testWrapper(masterKey), tenant: 330100, dataKeys })).rejects.toThrow(
      'belongs to another tenant',
    );
  });

  test('indexes are equal for equal values, and differ by purpose', async () => {
    const vault = await createVault({
      wrapper: await testWrapper(masterKey),
      tenant: MACHENG,
      dataKeys: memoryStore(),
    });
    const index = vault.blindIndex(MACHENG, 'phone', '13800138000');
    expect(vault.blindIndex(MACHENG, 'phone', '13800138000')).toBe(index);
    expect(vault.blindIndex(MACHENG, 'mail', '13800138000')).not.toBe(index);
    expect(index).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('signed tokens', () => {
  const now = new Date('2026-11-02T08:00:00Z');

  test('read back until they expire, for their own purpose only', async () => {
    const vault = await createVault({ wrapper: await testWrapper(), tenant: MACHENG, dataKeys: memoryStore() });
    const token = signToken(vault, 'case', { caseId: 'c1' }, 600, now);
    expect(readToken(vault, 'case', token, new Date(now.getTime() + 599_000))).toEqual({ caseId: 'c1' });
    expect(readToken(vault, 'case', token, new Date(now.getTime() + 600_000))).toBeNull();
    expect(readToken(vault, 'file', token, now)).toBeNull();
  });

  test('that were touched, or are no tokens at all, answer null', async () => {
    const vault = await createVault({ wrapper: await testWrapper(), tenant: MACHENG, dataKeys: memoryStore() });
    const [body, signature] = signToken(vault, 'case', { caseId: 'c1' }, 600, now).split('.');
    const forged = Buffer.from(JSON.stringify({ caseId: 'c2', exp: 9_999_999_999 })).toString('base64url');
    for (const token of [`${forged}.${signature}`, `${body}.`, `${body}`, '', 'a.b.c', `${body}.${signature}.x`]) {
      expect(readToken(vault, 'case', token, now)).toBeNull();
    }
  });
});
