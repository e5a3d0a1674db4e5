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
