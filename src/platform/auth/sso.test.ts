import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditModule } from '../audit/module.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { authModule } from './module.ts';
import { totpCode, totpStep } from './totp.ts';

// Against a real provider (oidc-provider) in a process of its own.
let office: TestApp;
let provider: ChildProcess;
let issuer = '';
let folder = '';
const BASE = 'http://127.0.0.1:8099';
const post = { organisationId: crypto.randomUUID(), scope: ['421181'], lanes: null } as const;

beforeAll(async () => {
  const script = fileURLToPath(new URL('../testing/oidc-process.ts', import.meta.url));
  provider = spawn(process.execPath, ['--no-warnings', script, '0', `${BASE}/api/auth/sso/callback`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '' },
  });
  if (!provider.stdout) throw new Error('no output of the provider');
  for await (const line of createInterface(provider.stdout)) {
    if (line.startsWith('http')) issuer = line;
    if (issuer) break;
  }
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-sso-'));
  await writeFile(join(folder, 'secret'), 'a secret of the tests alone\n');
  office = await testApp({
    modules: [authModule, auditModule],
    realProofs: true,
    environment: {
      GONGZHI_BASE_URL: BASE,
      GONGZHI_SSO_ISSUER: issuer,
      GONGZHI_SSO_CLIENT_ID: 'gongzhi',
      GONGZHI_SSO_CLIENT_SECRET_FILE: join(folder, 'secret'),
      GONGZHI_SSO_SECOND_FACTOR: 'two',
      GONGZHI_OUTGOING_PRIVATE_HOSTS: new URL(issuer).host,
      GONGZHI_SECOND_FACTOR: 'administrator',
    },
  });
}, 60_000);
beforeEach(() => office.setNow(null));
afterAll(async () => {
  await office?.close();
  provider.kill('SIGTERM');
  if (provider.exitCode === null) await once(provider, 'exit');
  await rm(folder, { recursive: true, force: true });
});

const cookiesOf = (lines: readonly string[]) => lines.map((line) => line.split(';')[0]).join('; ');
const ask = async (url: string, cookie = '') => {
  const answer = await office.server.inject({ url, headers: { cookie } });
  const cookies = cookiesOf([answer.headers['set-cookie']].flat().filter((line) => line !== undefined));
  return { status: answer.statusCode, location: String(answer.headers.location ?? ''), cookies, text: answer.body };
};
const me = async (cookie: string) => JSON.parse((await ask('/api/auth/me', cookie)).text);

/** Sets who stands before the provider, and what it says of him. */
const standing = (as: object) => fetch(`${issuer}/control`, { method: 'POST', body: JSON.stringify(as) });

/** Walks a browser through the provider until it is sent back; answers the address it is sent to. */
async function walk(start: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 10; step += 1) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      jar.set(name, value);
    }
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`the provider stopped at ${url}: ${await answer.text()}`);
    url = new URL(next, url).href;
    if (url.startsWith(BASE)) return url.slice(BASE.length);
  }
  throw new Error('the provider went round in circles');
}

/** The whole way: begin here, sign in there, come back. */
async function enter(query = '', cookie = '') {
  const begun = await ask(`/api/auth/sso${query}`, cookie);
  const back = await walk(begun.location);
  return { begun, back, ended: await ask(back, begun.cookies) };
}
const account = async (username: string, role: 'handler' | 'administrator' = 'handler') => ({
  username,
  ...(await office.signIn(username, [{ ...post, role }])),
});

describe('signing in through another service', () => {
  test('opens the session of the account with that username, and leads back', async () => {
    const { userId } = await account('via.service');
    await standing({ account: 'p-1', username: 'via.service' });
    const { begun, ended } = await enter('?from=/inbox');
    const sent = new URL(begun.location).searchParams;
    expect(sent.get('code_challenge_method')).toBe('S256');
    for (const part of ['state', 'nonce', 'code_challenge']) expect(sent.get(part)?.length).toBeGreaterThan(20);
    expect(ended.location).toBe('/office/inbox');
    expect(await me(ended.cookies)).toMatchObject({ user: { id: userId }, secondFactor: 'optional' });
  });

  test('goes on to no other site', async () => {
    await account('stays.here');
    await standing({ account: 'p-2', username: 'stays.here' });
    expect((await enter('?from=//evil.example')).ended.location).toBe('/office/');
  });

  test('lets in nobody without an account, and no suspended one', async () => {
    await standing({ account: 'p-3', username: 'nobody.here' });
    expect((await enter()).ended.location).toBe('/office/sign-in?refused=auth.sso_unknown');
    const { userId } = await account('away');
    await office.app.auth.suspend(userId);
    await standing({ account: 'p-4', username: 'away' });
    expect((await enter()).ended.location).toBe('/office/sign-in?refused=auth.suspended');
  });

  test('keeps out somebody else who was given the name of a predecessor there', async () => {
    await account('inherited');
    await standing({ account: 'p-5', username: 'inherited' });
    expect((await enter()).ended.location).toBe('/office/');
    await standing({ account: 'p-6', username: 'inherited' });
    expect((await enter()).ended.location).toBe('/office/sign-in?refused=auth.sso_unknown');
  });

  test.each([
    ['for another audience', { aud: 'somebody-else' }],
    ['that has expired', { exp: Math.floor(Date.now() / 1000) - 3600 }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['with another nonce', { nonce: 'planted' }],
  ])('refuses what was said %s', async (_what, planted) => {
    await account('careful.one');
    await standing({ account: 'p-7', username: 'careful.one', planted });
    const { ended } = await enter();
    expect(ended.location).toBe('/office/sign-in?refused=auth.sso_failed');
    expect(ended.cookies).not.toContain('session_token');
  });

  test('takes each state once, and from the browser that began alone', async () => {
    await account('once.only');
    await standing({ account: 'p-8', username: 'once.only' });
    const { begun, back, ended } = await enter();
    expect(ended.location).toBe('/office/');
    expect((await ask(back, begun.cookies)).location).toBe('/office/sign-in?refused=auth.sso_over');
    const other = await ask('/api/auth/sso');
    const stolen = await walk(other.location);
    expect((await ask(stolen)).location).toBe('/office/sign-in?refused=auth.sso_over');
    const mine = await ask('/api/auth/sso');
    expect((await ask(stolen, mine.cookies)).location).toBe('/office/sign-in?refused=auth.sso_over');
  });

  test('ends after ten minutes', async () => {
    await standing({ account: 'p-9', username: 'once.only' });
    const begun = await ask('/api/auth/sso');
    const back = await walk(begun.location);
    office.setNow(new Date(Date.now() + 601_000));
    expect((await ask(back, begun.cookies)).location).toBe('/office/sign-in?refused=auth.sso_over');
  });
});

describe('the second factor', () => {
  test('is given by the service only when it says so by an agreed word', async () => {
    await account('leads', 'administrator');
    await standing({ account: 'p-10', username: 'leads', acr: 'one' });
    expect(await me((await enter()).ended.cookies)).toMatchObject({ secondFactor: 'missing' });
    await standing({ account: 'p-10', username: 'leads', acr: 'two' });
    expect(await me((await enter()).ended.cookies)).toMatchObject({ secondFactor: 'given' });
  });

  test('is asked for here when the account has one', async () => {
    const { cookie } = await account('has.an.app');
    const inject = (method: 'POST', url: string, headers: object, payload: object = {}) =>
      office.server.inject({ method, url, headers: headers as Record<string, string>, payload });
    const { secret } = (await inject('POST', '/api/auth/totp', { cookie })).json();
    const at = () => totpStep(new Date());
    await inject('POST', '/api/auth/totp/confirmation', { cookie }, { code: totpCode(secret, at()) });
    await standing({ account: 'p-11', username: 'has.an.app' });
    const { ended } = await enter();
    expect(ended.location).toBe('/office/sign-in?next=totp&from=%2F');
    expect((await ask('/api/auth/me', ended.cookies)).status).toBe(401);
    const done = await inject(
      'POST',
      '/api/auth/second-step',
      { cookie: ended.cookies },
      { code: totpCode(secret, at() + 1) },
    );
    expect(done.json()).toMatchObject({ user: { username: 'has.an.app' } });
  });
});

describe('a fresh proof', () => {
  test('is given by the service asking its person anew, for the same person alone', async () => {
    const { cookie } = await account('proves.there', 'administrator');
    await account('somebody.else');
    await standing({ account: 'p-12', username: 'proves.there', acr: 'two' });
    const { begun, ended } = await enter('?proof=1', cookie);
    expect(new URL(begun.location).searchParams.get('prompt')).toBe('login');
    expect(ended.location).toBe('/office/proved');
    expect(await me(ended.cookies)).toMatchObject({ secondFactor: 'given' });
    await standing({ account: 'p-13', username: 'somebody.else', acr: 'two' });
    expect((await enter('?proof=1', ended.cookies)).ended.location).toBe('/office/sign-in?refused=auth.sso_unknown');
  });
});
