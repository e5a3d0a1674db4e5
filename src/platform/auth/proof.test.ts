import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditModule } from '../audit/module.ts';
import { type TestApp, TEST_PASSWORD, testApp } from '../testing/test-app.ts';
import { authModule } from './module.ts';

let office: TestApp;
const administrator = {
  organisationId: crypto.randomUUID(),
  scope: ['421181'],
  lanes: null,
  role: 'administrator',
} as const;

beforeAll(async () => {
  office = await testApp({ modules: [authModule, auditModule], realProofs: true });
});
beforeEach(() => office.setNow(null));
afterAll(() => office.close());

const later = (seconds: number) => office.setNow(new Date(Date.now() + seconds * 1000));
const post = (url: string, cookie: string, payload: object = {}) =>
  office.server.inject({ method: 'POST', url, payload, headers: { cookie } });
const me = async (cookie: string) =>
  (await office.server.inject({ url: '/api/auth/me', headers: { cookie } })).statusCode;
const add = (cookie: string, username: string) => post('/api/auth/accounts', cookie, { username, name: '新同事' });
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';

describe('a fresh proof', () => {
  test('is the sign-in itself for two minutes, then the step is refused and nothing is done', async () => {
    const { cookie } = await office.signIn('fresh', [administrator]);
    later(119);
    expect((await add(cookie, 'made.in.time')).statusCode).toBe(201);
    later(125);
    const refused = await add(cookie, 'made.too.late');
    expect(refused.json()).toMatchObject({ status: 403, code: 'auth.proof_needed', details: { seconds: 120 } });
    expect(await office.app.auth.findAccount('made.too.late')).toBeNull();
    expect((await office.server.inject({ url: '/api/auth/accounts', headers: { cookie } })).statusCode).toBe(200);
  });

  test('is given by the password, and the session goes on under another id', async () => {
    const { cookie } = await office.signIn('proves', [administrator]);
    later(600);
    const proved = await post('/api/auth/proofs', cookie, { password: TEST_PASSWORD });
    expect(proved.json()).toEqual({ seconds: 120 });
    const next = cookieOf(proved);
    expect(next).not.toBe(cookie);
    expect((await add(next, 'made.after.proof')).statusCode).toBe(201);
  });

  test('leaves the former id a moment for what is on its way, without the proof', async () => {
    const { cookie, userId } = await office.signIn('rotates', [administrator]);
    const next = cookieOf(await post('/api/auth/proofs', cookie, { password: TEST_PASSWORD }));
    expect([await me(cookie), await me(next)]).toEqual([200, 200]);
    expect((await add(cookie, 'made.by.old.id')).json()).toMatchObject({ code: 'auth.proof_needed' });
    // Nothing asked with it lengthens it.
    const left = await office.data.database.read({ kind: 'system', tenant: 421181, name: 'test' }, (tx) =>
      tx
        .selectFrom('auth.session')
        .select('expiresAt')
        .where('userId', '=', userId)
        .where('replacedAt', 'is not', null)
        .execute(),
    );
    expect(left).toHaveLength(1);
    expect((left[0]?.expiresAt.getTime() ?? 0) - Date.now()).toBeLessThan(21_000);
  });

  test('is not given by a wrong password, and guessing slows down', async () => {
    const { cookie } = await office.signIn('guessing', [administrator]);
    for (let turn = 0; turn < 5; turn += 1) {
      const refused = await post('/api/auth/proofs', cookie, { password: 'not the password' });
      expect(refused.json()).toMatchObject({ status: 422, code: 'auth.wrong_proof' });
    }
    const slowed = await post('/api/auth/proofs', cookie, { password: TEST_PASSWORD });
    expect(slowed.json()).toMatchObject({ status: 429, code: 'auth.too_many_tries' });
  });

  test('is nothing that a visitor could give', async () => {
    expect((await post('/api/auth/proofs', '', { password: TEST_PASSWORD })).statusCode).toBe(401);
  });
});

describe('signing in where somebody is signed in', () => {
  test('gives a new session id and ends the one that was there', async () => {
    const { cookie } = await office.signIn('planted', []);
    const again = await post('/api/auth/sign-in', cookie, { username: 'planted', password: TEST_PASSWORD });
    expect(cookieOf(again)).not.toBe(cookie);
    expect([await me(cookie), await me(cookieOf(again))]).toEqual([401, 200]);
  });
});
