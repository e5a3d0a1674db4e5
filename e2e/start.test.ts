import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newDataDir, startPlatform } from './support/platform-process.ts';

// Vitest resolves imports that Node refuses, so this starts the program as a person would, under Node itself.
let dataDir: string;

beforeAll(async () => {
  dataDir = await newDataDir();
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** The file that a running PostgreSQL keeps in its folder. */
const databaseMark = () => join(dataDir, 'postgres/cluster/postmaster.pid');

describe('the program itself', () => {
  test('waits for a database that is not there yet, says so, and lets itself be stopped meanwhile', async () => {
    // Nobody listens at port 1.
    const environment = { DATABASE_URL: 'postgres://owner:secret@127.0.0.1:1/gongzhi' };
    const platform = await startPlatform({ environment, waitFor: '/api/health' });
    onTestFinished(async () => void (await platform.stop()));
    const ready = await fetch(`${platform.url}/api/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'database_away' }]);
    const page = await fetch(`${platform.url}/office/`);
    expect([page.status, Number(page.headers.get('retry-after'))]).toEqual([503, 10]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(platform.output()).toMatch(/the database is not there yet \(ECONNREFUSED\); waiting for it/);
    expect(platform.output()).not.toContain('secret');
    expect(await platform.stop()).toBe(0);
  });

  test('starts on an empty folder, serves both applications, and stops when asked', async () => {
    const platform = await startPlatform({ dataDir });
    onTestFinished(async () => void (await platform.stop()));
    for (const path of ['/', '/office/']) {
      const html = await fetch(platform.url + path).then((answer) => answer.text());
      const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1];
      expect(script, path).toMatch(/^\/(office\/)?assets\/.+-[\w-]{8}\.js$/);
      expect((await fetch(platform.url + script)).status).toBe(200);
    }
    expect((await fetch(`${platform.url}/api/nowhere`)).status).toBe(404);
    expect(existsSync(databaseMark())).toBe(true);
    expect(await platform.stop()).toBe(0);
  });

  test('starts again on the same folder, its database having been stopped cleanly', async () => {
    expect(existsSync(databaseMark())).toBe(false);
    const platform = await startPlatform({ dataDir });
    onTestFinished(async () => void (await platform.stop()));
    expect((await fetch(`${platform.url}/api/ready`)).status).toBe(200);
    expect(await platform.stop()).toBe(0);
  });
});
