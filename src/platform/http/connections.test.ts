import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Module, route } from '../app.ts';
import { filesModule } from '../files/index.ts';
import { defineTexts } from '../i18n/texts.ts';
import { slowConnections } from '../testing/slow-connections.ts';
import { portOf, sendRaw } from '../testing/sockets.ts';
import { testApp, type TestApp } from '../testing/test-app.ts';
import { watchConnections } from './connections.ts';
import { defineContract } from './contract.ts';

const post = defineContract({
  ...{ id: 'made.post', method: 'POST', path: '/api/public/tracking', summary: 'Made for a test' },
  ...{ access: { kind: 'public' }, effect: 'none', body: z.unknown(), answer: z.unknown(), refusals: [] },
} as const);
const module: Module = {
  ...{ name: 'made', texts: defineTexts({ 'zh-CN': {}, en: {} }), refusals: {}, grants: {} },
  contracts: [post],
  routes: () => [route(post, async ({ body }) => ({ length: JSON.stringify(body).length }))],
};
let app: TestApp;
let port: number;
beforeAll(async () => {
  app = await testApp({
    modules: [filesModule, module],
    environment: { GONGZHI_SLOW_SECONDS: '2', GONGZHI_CONNECTIONS: '60' },
  });
  await app.server.listen({ port: 0, host: '127.0.0.1' });
  port = portOf(app.server);
});
afterAll(() => app.close());

test('connections that dawdle are closed in every way, while others are served', async () => {
  const report = await slowConnections({ url: `http://127.0.0.1:${port}`, connections: 40, withinSeconds: 9 });

  for (const [way, { opened, closed }] of Object.entries(report.ways)) expect([way, closed]).toEqual([way, opened]);
  expect(report.normal.failed).toBe(0);
  expect(report.normal.asked).toBeGreaterThan(5);
}, 30_000);

test('who is slow and gets on is heard out', async () => {
  const size = 40_000;
  const answer = new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').once('data', resolve);
    socket.write(
      `POST /api/public/tracking HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n"`,
    );
    void (async () => {
      for (let sent = 1; sent < size - 1; sent += 4000) {
        socket.write('x'.repeat(Math.min(4000, size - 1 - sent)));
        await wait(400);
      }
      socket.write('"');
    })();
  });
  expect(await answer).toMatch(/^HTTP\/1\.1 200/);
}, 20_000);

test('a slow body is told why it was cut off', async () => {
  const answer = await sendRaw(
    port,
    'POST /api/public/tracking HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{',
    8000,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 408[\s\S]*x-frame-options: DENY[\s\S]*http\.timeout/);
}, 20_000);

test('there is an end to connections at a time', async () => {
  const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await wait(500);
  const count = await new Promise<number>((resolve) =>
    app.server.server.getConnections((_error, open) => resolve(open)),
  );
  for (const socket of sockets) socket.destroy();
  expect(count).toBeLessThanOrEqual(60);
});

test('a connection ends with the answer to its last request, though the caller would go on', async () => {
  const server = createServer((_request, response) => response.end('well'));
  const limits = { seconds: 5, bytesPerSecond: 1, connections: 10, requests: 3 };
  const stop = watchConnections(server, limits, () => '');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  const told = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(own, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(5)));
    socket.setEncoding('utf8').on('data', (part) => (text += part));
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
  stop();
  server.close();
  expect(told.match(/HTTP\/1\.1 \d+/g)).toEqual(Array.from({ length: 3 }, () => 'HTTP/1.1 200'));
  expect(told.toLowerCase()).toContain('connection: close');
});
