import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditModule } from '../audit/module.ts';
import { quietLog } from '../testing/database.ts';
import { type TestApp, TEST_PASSWORD, testApp } from '../testing/test-app.ts';
import { systemActor } from './actor.ts';
import { authModule } from './module.ts';
import { createLibrary } from './officer-sessions.ts';

let office: TestApp;
let owner: pg.Client;
let admin: { userId: string; cookie: string };

const everywhere = { organisationId: crypto.randomUUID(), scope: ['421181'], lanes: null };

beforeAll(async () => {
  office = await testApp({ modules: [authModule, auditModule], realPasswords: true });
  owner = new pg.Client({ connectionString: office.data.ownerUrl });
  await owner.connect();
  admin = await office.signIn('admin', [{ ...everywhere, role: 'administrator' }]);
});
afterAll(async () => {
  await owner.end();
  await office.close();
});

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  office.server.inject({ method: 'POST', url, payload, headers });
const me = (cookie: string) => office.server.inject({ url: '/api/auth/me', headers: { cookie } });
const signIn = (username: string, password: string, address = '127.0.0.1') =>
  office.server.inject({
    method: 'POST',
    url: '/api/auth/sign-in',
    payload: { username, password },
    remoteAddress: address,
  });
const newAccount = async (username: string) => {
  const answer = await post('/api/auth/accounts', { username, name: '新同事' }, { cookie: admin.cookie });
  expect(answer.statusCode).toBe(201);
  const { account, link } = answer.json();
  return { id: account.id as string, token: new URL(link.url).hash.slice(1) };
};
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  [answer.headers['set-cookie']]
    .flat()
    .map((line) => String(line).split(';')[0])
    .join('; ');

describe('signing in', () => {
  test('sets a cookie that only the server reads, and says who one is and what one may', async () => {
    const answer = await signIn('ADMIN', TEST_PASSWORD);
    expect(answer.json()).toMatchObject({ user: { username: 'admin', id: admin.userId } });
    const [cookie] = [answer.headers['set-cookie']].flat();
    expect(cookie).toMatch(/^gongzhi\.session_token=.*; Path=\/; HttpOnly; SameSite=Strict$/);
    const mine = (await me(cookieOf(answer))).json();
    const permissions = ['auth.manage_accounts', 'auth.read_accounts'];
    expect(mine).toMatchObject({ user: { username: 'admin' }, permissions });
    expect(mine.posts[0]).toMatchObject({ role: 'administrator', scope: ['421181'] });
  });

  test('answers an unknown name, a wrong password and an account without one alike', async () => {
    await newAccount('no.password.yet');
    const answers = [
      await signIn('admin', 'not the password', '10.0.0.1'),
      await signIn('nobody.here', 'not the password', '10.0.0.2'),
      await signIn('no.password.yet', 'not the password', '10.0.0.3'),
      await signIn('<script>', 'not the password', '10.0.0.4'),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ code: 'auth.wrong_credentials' });
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const { requestId: _, instance: __, ...first } = answers[0]?.json() ?? {};
    const { requestId: ___, instance: ____, ...second } = answers[1]?.json() ?? {};
    expect(second).toEqual(first);
  });

  // Measured on a machine that others use, too: a difference in the code would show in every try.
  test('takes as long for an unknown name as for a wrong password', { retry: 3 }, async () => {
    const time = async (username: string, address: string) => {
      const times: number[] = [];
      for (let turn = 0; turn < 5; turn += 1) {
        const start = performance.now();
        await signIn(username, 'not the password', address);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    // Each try with people and addresses of its own: the slow-down of the last one must not be measured.
    const own = crypto.randomUUID().slice(0, 8);
    const host = Number.parseInt(own.slice(0, 2), 16);
    await newAccount(`timed.person.${own}`).then(({ token }) =>
      post('/api/auth/first-password', { token, password: TEST_PASSWORD }),
    );
    const wrong = await time(`timed.person.${own}`, `10.1.1.${host}`);
    const unknown = await time(`timed.nobody.${own}`, `10.1.2.${host}`);
    expect(unknown / wrong).toBeGreaterThan(0.5);
    expect(unknown / wrong).toBeLessThan(2);
  });

  test('without a session, the person is unknown', async () => {
    expect((await me('')).statusCode).toBe(401);
    expect((await me('gongzhi.session_token=forged.signature')).statusCode).toBe(401);
    // The token of a live session under a signature of somebody else's making.
    const token = /session_token=([^.;]+)\./.exec(admin.cookie)?.[1] ?? '';
    const signed = `${'A'.repeat(43)}=`;
    expect((await me(`gongzhi.session_token=${token}.${encodeURIComponent(signed)}`)).statusCode).toBe(401);
    expect((await me(admin.cookie)).statusCode).toBe(200);
  });

  test('a session serves the tenant of its account alone', async () => {
    const { cookie, userId } = await office.signIn('moved', []);
    expect((await me(cookie)).statusCode).toBe(200);
    await owner.query(`UPDATE auth."user" SET "tenant" = 330100 WHERE "id" = $1`, [userId]);
    expect((await me(cookie)).statusCode).toBe(401);
  });

  test('signing out ends the session itself, not just the cookie', async () => {
    const { cookie } = await office.signIn('leaves', []);
    const answer = await post('/api/auth/sign-out', {}, { cookie });
    expect([answer.headers['set-cookie']].flat().join()).toContain('Max-Age=0');
    expect((await me(cookie)).statusCode).toBe(401);
  });
});

describe('slowing down', () => {
  test('after five failures from one address, that address waits for this account and others do not', async () => {
    await office.signIn('guessed', []);
    for (let turn = 0; turn < 5; turn += 1) expect((await signIn('guessed', 'wrong', '10.1.0.1')).statusCode).toBe(401);
    const put = await signIn('guessed', TEST_PASSWORD, '10.1.0.1');
    expect(put.statusCode).toBe(429);
    expect(put.json()).toMatchObject({ code: 'auth.too_many_tries' });
    expect(Number(put.headers['retry-after'])).toBeLessThanOrEqual(10);
    expect((await signIn('guessed', TEST_PASSWORD, '10.1.0.2')).statusCode).toBe(200);
  });

  test('many tries at once do not slip through', async () => {
    await office.signIn('rushed', []);
    const tries = await Promise.all(Array.from({ length: 20 }, () => signIn('rushed', 'wrong', '10.2.0.1')));
    expect(tries.filter((answer) => answer.statusCode === 401).length).toBeLessThanOrEqual(5);
  });
});

describe('a browser never seen with an account', () => {
  test('is made known, unless it is the very first, and only once', async () => {
    const { userId } = await office.signIn('wanderer', []);
    const known = () =>
      office.app.database.read(systemActor(office.app.config.tenant, 'test'), (tx) =>
        tx.selectFrom('platform.outbox').select('kind').where('subject', '=', userId).execute(),
      );
    expect(await known()).toEqual([]);
    const answer = await signIn('wanderer', TEST_PASSWORD);
    expect(await known()).toEqual([{ kind: 'account.new_device' }]);
    const again = { username: 'wanderer', password: TEST_PASSWORD };
    await post('/api/auth/sign-in', again, { cookie: cookieOf(answer) });
    expect(await known()).toHaveLength(1);
  });
});

describe('sessions', () => {
  const age = (userId: string, column: string, interval: string) =>
    owner.query(`UPDATE auth.session SET "${column}" = "${column}" - $2::interval WHERE "userId" = $1`, [
      userId,
      interval,
    ]);

  test('end when idle, and go on while used', async () => {
    const { userId, cookie } = await office.signIn('idle', []);
    await age(userId, 'expiresAt', '10 minutes');
    expect((await me(cookie)).statusCode).toBe(200);
    const { rows } = await owner.query('SELECT "expiresAt" FROM auth.session WHERE "userId" = $1', [userId]);
    const left = rows[0].expiresAt.getTime() - Date.now();
    expect(left / 60_000).toBeCloseTo(office.app.config.sessionIdleMinutes, 0);
    await age(userId, 'expiresAt', '3 hours');
    expect((await me(cookie)).statusCode).toBe(401);
  });

  test('are not kept alive by polling', async () => {
    const { userId, cookie } = await office.signIn('away', []);
    await age(userId, 'expiresAt', '10 minutes');
    const before = await owner.query('SELECT "expiresAt" FROM auth.session WHERE "userId" = $1', [userId]);
    await office.server.inject({ url: '/api/auth/me', headers: { cookie, 'x-gongzhi-passive': '1' } });
    const after = await owner.query('SELECT "expiresAt" FROM auth.session WHERE "userId" = $1', [userId]);
    expect(after.rows).toEqual(before.rows);
  });

  test('end after the longest time, however busy', async () => {
    const { userId, cookie } = await office.signIn('busy', []);
    await age(userId, 'beganAt', '13 hours');
    expect((await me(cookie)).statusCode).toBe(401);
    expect((await owner.query('SELECT 1 FROM auth.session WHERE "userId" = $1', [userId])).rowCount).toBe(0);
  });
});

describe('accounts', () => {
  test('lie in the very tables the library would make', async () => {
    const pool = new pg.Pool({ connectionString: office.data.ownerUrl, options: '-c search_path=auth' });
    const limits = { idleSeconds: 900, totalSeconds: 43_200 };
    const { options } = createLibrary({
      pool,
      tenant: 1,
      baseUrl: 'http://localhost',
      secret: 'x'.repeat(32),
      limits,
      log: quietLog,
    });
    const plan = await getMigrations(options);
    await pool.end();
    expect([plan.toBeCreated, plan.toBeAdded, plan.toBeAddedIndexes, plan.schemaProblems]).toEqual([[], [], [], []]);
  });

  test('a one-time link sets the password once', async () => {
    const { token } = await newAccount('first.day');
    expect((await post('/api/auth/first-password/check', { token })).json()).toEqual({
      username: 'first.day',
      name: '新同事',
    });
    const weak = await post('/api/auth/first-password', { token, password: 'short' });
    expect(weak.json()).toMatchObject({ code: 'auth.password_length' });
    const own = await post('/api/auth/first-password', { token, password: 'first.day-first.day' });
    expect(own.json()).toMatchObject({ code: 'auth.password_guessable' });
    expect((await post('/api/auth/first-password', { token, password: TEST_PASSWORD })).statusCode).toBe(200);
    expect((await signIn('first.day', TEST_PASSWORD)).statusCode).toBe(200);
    const again = await post('/api/auth/first-password', { token, password: TEST_PASSWORD });
    expect(again.json()).toMatchObject({ status: 410, code: 'auth.link_invalid' });
  });

  test('of two who use a link at once, one sets the password', async () => {
    const { token } = await newAccount('raced');
    const both = await Promise.all(
      [1, 2].map((turn) => post('/api/auth/first-password', { token, password: `${TEST_PASSWORD} ${turn}` })),
    );
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([200, 410]);
  });

  test('a newer link voids the older, and each ends after three days', async () => {
    const { id, token } = await newAccount('lost.letter');
    const newer = await post(`/api/auth/accounts/${id}/link`, {}, { cookie: admin.cookie });
    expect((await post('/api/auth/first-password/check', { token })).statusCode).toBe(410);
    const fresh = new URL(newer.json().url).hash.slice(1);
    await owner.query(`UPDATE auth.one_time_link SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      id,
    ]);
    expect((await post('/api/auth/first-password/check', { token: fresh })).statusCode).toBe(410);
  });

  test('suspending ends sessions at once and refuses new ones until resumed', async () => {
    const { userId, cookie } = await office.signIn('suspended', []);
    const url = `/api/auth/accounts/${userId}/suspension`;
    expect((await post(url, {}, { cookie: admin.cookie })).json().suspendedAt).not.toBeNull();
    expect((await me(cookie)).statusCode).toBe(401);
    expect((await signIn('suspended', TEST_PASSWORD)).json()).toMatchObject({ code: 'auth.suspended' });
    expect((await signIn('suspended', 'wrong')).json()).toMatchObject({ code: 'auth.wrong_credentials' });
    await office.server.inject({ method: 'DELETE', url, headers: { cookie: admin.cookie } });
    expect((await signIn('suspended', TEST_PASSWORD)).statusCode).toBe(200);
  });

  test('an account that was suspended past the platform is out at its next request, too', async () => {
    const { userId, cookie } = await office.signIn('suspended.elsewhere', []);
    expect((await me(cookie)).statusCode).toBe(200);
    await owner.query('UPDATE auth."user" SET "suspendedAt" = now() WHERE "id" = $1', [userId]);
    expect((await me(cookie)).statusCode).toBe(401);
  });

  test('nobody suspends himself', async () => {
    const answer = await post(`/api/auth/accounts/${admin.userId}/suspension`, {}, { cookie: admin.cookie });
    expect(answer.json()).toMatchObject({ status: 409, code: 'auth.not_oneself' });
  });

  test('a username and a mail address serve one account', async () => {
    const make = (body: object) => post('/api/auth/accounts', body, { cookie: admin.cookie });
    await make({ username: 'one.of.a.kind', name: '甲', mail: 'jia@example.org' });
    expect((await make({ username: 'One.Of.A.Kind', name: '乙' })).json()).toMatchObject({
      status: 409,
      code: 'auth.username_taken',
    });
    expect((await make({ username: 'another', name: '乙', mail: 'JIA@example.org' })).json()).toMatchObject({
      code: 'auth.mail_taken',
    });
    expect((await make({ username: 'spa ce', name: '乙' })).json()).toMatchObject({
      status: 422,
      code: 'auth.username_malformed',
    });
  });

  test('are listed page by page', async () => {
    const list = async (query: string) =>
      (await office.server.inject({ url: `/api/auth/accounts?${query}`, headers: { cookie: admin.cookie } })).json();
    const first = await list('limit=2');
    const second = await list(`limit=2&after=${first.next}`);
    const names = [...first.items, ...second.items].map((account: { username: string }) => account.username);
    expect(names).toEqual([...new Set(names)].sort());
    expect(JSON.stringify(first)).not.toContain('argon2');
  });
});

describe('the own password', () => {
  test('changes with the old one, and other sessions end', async () => {
    const { cookie } = await office.signIn('careful', []);
    const elsewhere = await office.signIn('careful', []);
    const wrong = await post('/api/auth/password', { current: 'no', next: 'another long one' }, { cookie });
    expect(wrong.json()).toMatchObject({ status: 422, code: 'auth.wrong_current_password' });
    const done = await post('/api/auth/password', { current: TEST_PASSWORD, next: 'another long one' }, { cookie });
    expect(done.statusCode).toBe(200);
    expect((await me(cookie)).statusCode).toBe(200);
    expect((await me(elsewhere.cookie)).statusCode).toBe(401);
    expect((await signIn('careful', 'another long one')).statusCode).toBe(200);
  });
});

describe('the record', () => {
  test('tells auditors who signed in and who failed, and nobody else', async () => {
    const auditor = await office.signIn('auditor', [{ ...everywhere, role: 'auditor' }]);
    await signIn('auditor', 'wrong', '10.9.0.1');
    const read = (cookie: string, query = '') =>
      office.server.inject({ url: `/api/audit/entries?${query}`, headers: { cookie } });
    const failed = (await read(auditor.cookie, `action=auth.sign_in&result=refused&targetId=${auditor.userId}`)).json();
    expect(failed.items).toHaveLength(1);
    expect(failed.items[0]).toMatchObject({ address: '10.9.0.1', details: { code: 'auth.wrong_credentials' } });
    expect((await read(admin.cookie)).statusCode).toBe(403);
  });

  test('pages without a gap or a repeat', async () => {
    const { cookie } = await office.signIn('auditor', [{ ...everywhere, role: 'auditor' }]);
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const url: string = `/api/audit/entries?limit=7&to=${new Date(Date.now() - 1).toISOString()}${next ? `&after=${next}` : ''}`;
      const page: { items: { id: string }[]; next: string | null } = (
        await office.server.inject({ url, headers: { cookie } })
      ).json();
      seen.push(...page.items.map((entry) => entry.id));
      next = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(14);
    expect((await office.server.inject({ url: '/api/audit/entries?after=x', headers: { cookie } })).statusCode).toBe(
      400,
    );
  });
});
