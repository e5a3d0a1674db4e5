import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { systemActor } from '../../platform/auth/actor.ts';
import { joinGrants } from '../../platform/auth/permission.ts';
import { createEventHub } from '../../platform/events/hub.ts';
import { openStream } from './live.ts';

const actor = systemActor(421181, 'test');
const permissions = joinGrants([]);

/** A server whose answers are given by hand, and a page that asks it. */
async function askedOnce(): Promise<{ response: ServerResponse; page: ReturnType<typeof get> }> {
  const server = createServer();
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const page = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  page.on('error', () => undefined);
  return { response: (await asked)[1], page };
}

const auth = { isLive: async () => true };

test('a page that left is forgotten', async () => {
  const hub = createEventHub();
  const { response, page } = await askedOnce();
  openStream({ hub, permissions, auth }, actor, response, {});
  expect(hub.size()).toBe(1);

  const closed = once(response, 'close');
  page.destroy();
  await closed;

  expect(hub.size()).toBe(0);
});

test('a page that left before its stream was opened is not waited for', async () => {
  const hub = createEventHub();
  const { response, page } = await askedOnce();
  const closed = once(response, 'close');
  page.destroy();
  await closed;

  openStream({ hub, permissions, auth }, actor, response, {});

  expect(hub.size()).toBe(0);
});

test('a stream that is opened while the platform stops ends at once', async () => {
  const hub = createEventHub();
  const { response } = await askedOnce();
  hub.close();
  const closed = once(response, 'close');

  openStream({ hub, permissions, auth }, actor, response, {});
  await closed;

  expect(hub.size()).toBe(0);
});

test('a stream of a session that ended meanwhile ends with its next sign of life', async () => {
  const hub = createEventHub();
  const { response } = await askedOnce();
  const session = { id: 'ended', provedAt: new Date(), secondFactor: 'optional', secondFactorNeeded: false } as const;
  const officer = { kind: 'officer', tenant: 421181, userId: 'u', name: '', posts: [], session } as const;
  const closed = once(response, 'close');

  openStream({ hub, permissions, auth: { isLive: async (id) => id !== 'ended' } }, officer, response, {}, 20);
  await closed;

  expect(hub.size()).toBe(0);
});
