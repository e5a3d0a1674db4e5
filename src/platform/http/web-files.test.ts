import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compressParts } from './compress-parts.ts';
import { policiesFor } from './policies.ts';
import { sendPage, serveWeb } from './web-files.ts';

const PART = '/assets/main-Ab3dEf9h.js';
const SCRIPT = `console.log(${JSON.stringify('路灯 '.repeat(1000))});`;
let folder: string;
let server: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-web-'));
  for (const application of ['office', 'public']) {
    await mkdir(join(folder, application, 'assets'), { recursive: true });
    await writeFile(join(folder, application, 'index.html'), '<!doctype html><title>共治</title>');
    await writeFile(join(folder, application, PART), SCRIPT);
  }
  await compressParts(folder);
  server = Fastify();
  await serveWeb(server, folder, async (request, reply) => {
    return (await sendPage(folder, policiesFor(false), request, reply)) ?? reply.code(404).send();
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('a hashed part comes compressed beforehand (%s), and is kept for a year', async (encoding, open) => {
  const { headers, rawPayload } = await ask(PART, { 'accept-encoding': encoding });

  expect(headers).toMatchObject({
    'content-encoding': encoding,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: expect.stringContaining('accept-encoding'),
  });
  expect(rawPayload.length).toBeLessThan(SCRIPT.length / 20);
  expect(open(rawPayload).toString()).toBe(SCRIPT);
});

test('who takes nothing compressed gets it plain; who has it already is told so', async () => {
  const plain = await ask(`/office${PART}`, { 'accept-encoding': 'identity' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body).toBe(SCRIPT);
  const again = await ask(`/office${PART}`, {
    'accept-encoding': 'identity',
    'if-none-match': String(plain.headers.etag),
  });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test('the page that names the parts is asked for anew each time', async () => {
  const { headers } = await ask('/');
  expect(headers['cache-control']).toBe('no-cache');
});
