import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVault, type DataKeyStore, keyVersionOf, type WrappedKey } from './create-vault.ts';
import { loadMasterKey, MasterKeyError } from './master-key.ts';
import { readToken, signToken } from './token.ts';

const MACHENG = 421181;

function memoryStore(): DataKeyStore & { rows: WrappedKey[] } {
  const rows: WrappedKey[] = [];
  return {
    rows,
    list: async () => rows,
    add: async (_tenant, key) => {
      if (!rows.some((row) => row.version === key.version)) rows.push(key);
    },
  };
}

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
    const vault = await createVault({ masterKey, tenant: MACHENG, dataKeys: memoryStore() });
    const sealed = vault.seal(MACHENG, '汪秀英', 'requester.name:1');
    expect(vault.open(MACHENG, sealed, 'requester.name:1')).toBe('汪秀英');
    expect(() => vault.open(MACHENG, sealed, 'requester.name:2')).toThrow();
    expect(() => vault.open(330100, sealed, 'requester.name:1')).toThrow('no data key');
  });

  test('never seals the same words to the same bytes, and notices a changed bit', async () => {
    const vault = await createVault({ masterKey, tenant: MACHENG, dataKeys: memoryStore() });
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
    const vault = await createVault({ masterKey, tenant: MACHENG, dataKeys });
    const before = vault.seal(MACHENG, '旧', 'x');
    const index = vault.blindIndex(MACHENG, 'phone', '13800138000');
    expect(await vault.rotate()).toBe(2);
    const restarted = await createVault({ masterKey, tenant: MACHENG, dataKeys });
    expect(keyVersionOf(before)).toBe(1);
    expect(keyVersionOf(restarted.seal(MACHENG, '新', 'x'))).toBe(2);
    expect(restarted.open(MACHENG, before, 'x')).toBe('旧');
    expect(restarted.blindIndex(MACHENG, 'phone', '13800138000')).toBe(index);
  });

  test('says so when the key file belongs to another database', async () => {
    const dataKeys = memoryStore();
    await createVault({ masterKey, tenant: MACHENG, dataKeys });
    const wrong = createVault({ masterKey: randomBytes(32), tenant: MACHENG, dataKeys });
    await expect(wrong).rejects.toThrow(MasterKeyError);
    await expect(wrong).rejects.toThrow('does not fit this database');
  });

  test('tells a wrapped key that was moved to another tenant', async () => {
    const dataKeys = memoryStore();
    await createVault({ masterKey, tenant: MACHENG, dataKeys });
    await expect(createVault({ masterKey, tenant: 330100, dataKeys })).rejects.toThrow('belongs to another tenant');
  });

  test('indexes are equal for equal values, and differ by purpose', async () => {
    const vault = await createVault({ masterKey, tenant: MACHENG, dataKeys: memoryStore() });
    const index = vault.blindIndex(MACHENG, 'phone', '13800138000');
    expect(vault.blindIndex(MACHENG, 'phone', '13800138000')).toBe(index);
    expect(vault.blindIndex(MACHENG, 'mail', '13800138000')).not.toBe(index);
    expect(index).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('signed tokens', () => {
  const now = new Date('2026-11-02T08:00:00Z');

  test('read back until they expire, for their own purpose only', async () => {
    const vault = await createVault({ masterKey: randomBytes(32), tenant: MACHENG, dataKeys: memoryStore() });
    const token = signToken(vault, 'case', { caseId: 'c1' }, 600, now);
    expect(readToken(vault, 'case', token, new Date(now.getTime() + 599_000))).toEqual({ caseId: 'c1' });
    expect(readToken(vault, 'case', token, new Date(now.getTime() + 600_000))).toBeNull();
    expect(readToken(vault, 'file', token, now)).toBeNull();
  });

  test('that were touched, or are no tokens at all, answer null', async () => {
    const vault = await createVault({ masterKey: randomBytes(32), tenant: MACHENG, dataKeys: memoryStore() });
    const [body, signature] = signToken(vault, 'case', { caseId: 'c1' }, 600, now).split('.');
    const forged = Buffer.from(JSON.stringify({ caseId: 'c2', exp: 9_999_999_999 })).toString('base64url');
    for (const token of [`${forged}.${signature}`, `${body}.`, `${body}`, '', 'a.b.c', `${body}.${signature}.x`]) {
      expect(readToken(vault, 'case', token, now)).toBeNull();
    }
  });
});
