import { connect, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { waitForDatabase } from './wait-for-database.ts';

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

const never = new AbortController().signal;

/** The test's server at a TCP port, as if it had just come up there. */
async function comeUp(port: number): Promise<void> {
  const socket = /host=([^&]+)&port=(\d+)/.exec(data.ownerUrl);
  const path = `${decodeURIComponent(socket?.[1] ?? '')}/.s.PGSQL.${socket?.[2]}`;
  const server = createServer((client) => client.pipe(connect(path)).pipe(client));
  onTestFinished(() => void server.close());
  await once(server.listen(port, '127.0.0.1'), 'listening');
}

async function freePort(): Promise<number> {
  const server: Server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** The owner's address over TCP. */
const urlAt = (port: number) =>
  data.ownerUrl.replace(/@?\/([^/?]+)\?.*$/, (_all, name: string) => `@127.0.0.1:${port}/${name}`);

test('a server that comes up later is waited for, and its absence told once', async () => {
  const port = await freePort();
  const told: string[] = [];
  const away = async (reason: string) => {
    told.push(reason);
    await comeUp(port);
  };

  expect(await waitForDatabase(urlAt(port), { away, stopped: never })).toBe(true);
  expect(told).toEqual(['ECONNREFUSED']);
});

test('a server that is there is not waited for; one that says no is not waited for either', async () => {
  const away = async () => expect.unreachable();

  expect(await waitForDatabase(data.ownerUrl, { away, stopped: never })).toBe(false);
  const wrong = data.ownerUrl.replace(/\/([^/?]+)\?/, '/nowhere?');
  await expect(waitForDatabase(wrong, { away, stopped: never })).rejects.toMatchObject({ code: '3D000' });
});

test('who is told to stop waits no longer', async () => {
  const stop = new AbortController();
  const waiting = waitForDatabase(urlAt(await freePort()), { away: async () => stop.abort(), stopped: stop.signal });

  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
