import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../config/config.ts';
import { createVault } from './create-vault.ts';
import { newKey } from './key-wrap.ts';
import { MasterKeyError } from './master-key.ts';
import { openWrapper } from './open-wrapper.ts';
import { memoryStore } from './testing/memory-store.ts';

const TOKEN = 's.invented-for-this-test';
const identity = { tenant: 421181, purpose: 'seal', version: 1 } as const;
let service: ChildProcess;
let url: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-kms-'));
  await writeFile(join(folder, 'token'), `${TOKEN}\n`);
  const script = fileURLToPath(new URL('../testing/transit-process.ts', import.meta.url));
  const env = { ...process.env, TRANSIT_TOKEN: TOKEN };
  service = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], env });
  if (!service.stdout) throw new Error('no output');
  const [port] = (await once(createInterface(service.stdout), 'line')) as [string];
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  service.kill('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

const configured = (over: Readonly<Record<string, string>> = {}) =>
  openWrapper(
    loadConfig({
      GONGZHI_DATA: folder,
      GONGZHI_KMS_URL: url,
      GONGZHI_KMS_TOKEN_FILE: join(folder, 'token'),
      ...over,
    }),
  );

describe('a master key in a key service', () => {
  test('wraps and opens, and hands out neither itself nor the key in the clear', async () => {
    const wrapper = await configured();
    const key = newKey();
    const wrapped = await wrapper.wrap(key, identity);
    expect(wrapped.includes(key)).toBe(false);
    expect(wrapped.subarray(1).toString('utf8')).toMatch(/^vault:v\d+:/);
    expect(await wrapper.unwrap(wrapped, identity)).toEqual(key);
    await expect(wrapper.unwrap(wrapped, { ...identity, tenant: 330100 })).rejects.toThrow('another tenant');
    await expect(wrapper.unwrap(wrapped, { ...identity, purpose: 'mac' })).rejects.toThrow('another tenant');
  });

  test('carries a vault; after its own rotation former keys open, and are told apart', async () => {
    const wrapper = await configured();
    const dataKeys = memoryStore();
    const sealed = (await createVault({ wrapper, tenant: 421181, dataKeys })).seal(421181, '汪秀英', 'x');
    await fetch(`${url}/test/rotate`, { method: 'POST' });
    const [first] = dataKeys.rows;
    expect(await wrapper.isCurrent(first?.wrapped ?? Buffer.alloc(0))).toBe(false);
    expect((await createVault({ wrapper, tenant: 421181, dataKeys })).open(421181, sealed, 'x')).toBe('汪秀英');
    expect(await wrapper.isCurrent(await wrapper.wrap(newKey(), identity))).toBe(true);
  });

  test('takes over from a key file: what that wrapped still opens, and waits to be wrapped anew', async () => {
    const local = await openWrapper(loadConfig({ GONGZHI_DATA: folder }));
    const key = newKey();
    const wrapped = await local.wrap(key, identity);
    const service = await configured();
    expect(await service.unwrap(wrapped, identity)).toEqual(key);
    expect(await service.isCurrent(wrapped)).toBe(false);
  });

  test('that refuses or cannot be reached is told plainly, and without the token', async () => {
    await writeFile(join(folder, 'wrong'), 's.wrong');
    const refused = await configured({ GONGZHI_KMS_TOKEN_FILE: join(folder, 'wrong') });
    const error = await refused.wrap(newKey(), identity).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MasterKeyError);
    expect((error as Error).message).toBe('the key service refused encrypt/gongzhi with 403: permission denied');
    const away = await configured({ GONGZHI_KMS_URL: 'http://127.0.0.1:9' });
    await expect(away.wrap(newKey(), identity)).rejects.toThrow('does not answer: unreachable');
  });

  test('needs a token', () => {
    expect(() => loadConfig({ GONGZHI_KMS_URL: url })).toThrow('GONGZHI_KMS_TOKEN or GONGZHI_KMS_TOKEN_FILE');
  });
});
