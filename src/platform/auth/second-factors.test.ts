import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditModule } from '../audit/module.ts';
import { softwareAuthenticator } from '../testing/authenticator.ts';
import { type TestApp, TEST_PASSWORD, testApp } from '../testing/test-app.ts';
import { systemActor } from './actor.ts';
import { authModule } from './module.ts';
import { totpCode, totpStep } from './totp.ts';

let office: TestApp;
let owner: pg.Client;
let counter = 0;
const place = { organisationId: crypto.randomUUID(), scope: ['421181'], lanes: null } as const;
const ADMINISTRATOR = { ...place, role: 'administrator' } as const;
const SECURITY = { ...place, role: 'security_administrator' } as const;
const HANDLER = { ...place, role: 'handler' } as const;

beforeAll(async () => {
  office = await testApp({
    modules: [authModule, auditModule],
    environment: { GONGZHI_SECOND_FACTOR: 'sensitive' },
  });
  owner = new pg.Client({ connectionString: office.data.ownerUrl });
  await owner.connect();
  await owner.query('SET app.tenant = 421181');
});
beforeEach(() => office.setNow(null));
afterAll(async () => {
  await owner.end();
  await office.close();
});

type Person = { readonly username: string; readonly userId: string; cookie: string };

const ask = async (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  cookie: string,
  payload?: object,
  address = '127.0.0.1',
) => {
  const answer = await office.server.inject({
    ...{ method, url, headers: { cookie }, remoteAddress: address },
    ...(payload ? { payload } : {}),
  });
  const cookies = [answer.headers['set-cookie']]
    .flat()
    .flatMap((line) => (line ? [String(line).split(';')[0] ?? ''] : []));
  return { status: answer.statusCode, body: answer.json(), cookie: cookies.join('; ') };
};
const person = async (posts: readonly Omit<typeof HANDLER, 'role'>[] = [HANDLER]): Promise<Person> => {
  const username = `person.${++counter}`;
  return { username, ...(await office.signIn(username, posts as never)) };
};
const codeNow = (secret: string, off = 0) => totpCode(secret, totpStep(office.app.now()) + off);
const signIn = ({ username }: Person, cookie = '', address = '127.0.0.1') =>
  ask('POST', '/api/auth/sign-in', cookie, { username, password: TEST_PASSWORD }, address);
const secondStep = (cookie: string, payload: object, address = '127.0.0.1') =>
  ask('POST', '/api/auth/second-step', cookie, payload, address);

/** Sets up an authenticator app; answers its secret and the recovery codes. */
async function setUpApp(who: Person) {
  const { secret } = (await ask('POST', '/api/auth/totp', who.cookie)).body;
  const added = await ask('POST', '/api/auth/totp/confirmation', who.cookie, { code: codeNow(secret) });
  expect(added.status).toBe(200);
  who.cookie = added.cookie;
  return { secret: secret as string, recoveryCodes: added.body.recoveryCodes as string[] };
}
/** Half a minute passes, so that the app shows a code that was not used. */
const nextCode = (secret: string) => {
  office.setNow(new Date(office.app.now().getTime() + 30_000));
  return codeNow(secret);
};
async function setUpPasskey(who: Person, device = softwareAuthenticator(office.app.config.baseUrl)) {
  const options = (await ask('POST', '/api/auth/passkeys/questions', who.cookie)).body;
  const added = await ask('POST', '/api/auth/passkeys', who.cookie, { name: '手机', passkey: device.create(options) });
  if (added.cookie) who.cookie = added.cookie;
  return { device, added };
}

describe('an authenticator app', () => {
  test('is asked for after the password, and its code lets in once', async () => {
    const who = await person();
    const { secret } = await setUpApp(who);
    const first = await signIn(who);
    expect(first.body).toEqual({ user: null, secondStep: { totp: true, passkey: false } });
    expect((await ask('GET', '/api/auth/me', first.cookie)).status).toBe(401);
    const code = nextCode(secret);
    const done = await secondStep(first.cookie, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(done.body).toMatchObject({ user: { username: who.username } });
    expect((await ask('GET', '/api/auth/me', done.cookie)).body).toMatchObject({ secondFactor: 'given' });
    const again = await signIn(who);
    expect((await secondStep(again.cookie, { code })).body).toMatchObject({ code: 'auth.wrong_code' });
  });

  test('is refused with a wrong code, and guessing slows down', async () => {
    const who = await person();
    const { secret } = await setUpApp(who);
    const { cookie } = await signIn(who, '', '10.4.0.1');
    const wrong = codeNow(secret, 500);
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await secondStep(cookie, { code: wrong }, '10.4.0.1')).body).toMatchObject({ code: 'auth.wrong_code' });
    }
    const slowed = await secondStep(cookie, { code: codeNow(secret, 1) }, '10.4.0.1');
    expect(slowed.body).toMatchObject({ status: 429, code: 'auth.too_many_tries' });
  });

  test('one code sent many times at once lets in once', async () => {
    const who = await person();
    const { secret } = await setUpApp(who);
    const code = nextCode(secret);
    const steps = await Promise.all([1, 2, 3, 4].map(async (host) => (await signIn(who, '', `10.5.0.${host}`)).cookie));
    const entered = await Promise.all(steps.map((cookie, host) => secondStep(cookie, { code }, `10.5.1.${host}`)));
    expect(entered.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('waits for its code five minutes, in the browser that gave the password', async () => {
    const who = await person();
    const { secret } = await setUpApp(who);
    const { cookie } = await signIn(who);
    expect((await secondStep('', { code: nextCode(secret) })).body).toMatchObject({ code: 'auth.second_step_over' });
    office.setNow(new Date(Date.now() + 400_000));
    expect((await secondStep(cookie, { code: codeNow(secret) })).body).toMatchObject({
      status: 410,
      code: 'auth.second_step_over',
    });
  });

  test('lets nobody in who was suspended between the two steps', async () => {
    const who = await person();
    const { secret } = await setUpApp(who);
    const { cookie } = await signIn(who);
    await owner.query('UPDATE auth."user" SET "suspendedAt" = now() WHERE "id" = $1', [who.userId]);
    expect((await secondStep(cookie, { code: nextCode(secret) })).body).toMatchObject({ code: 'auth.suspended' });
  });

  test('counts only once a code of it was typed in, and its secret lies sealed', async () => {
    const who = await person();
    const begun = await ask('POST', '/api/auth/totp', who.cookie);
    expect(begun.body.address).toContain(`secret=${begun.body.secret}`);
    const wrong = await ask('POST', '/api/auth/totp/confirmation', who.cookie, { code: '000000' });
    expect(wrong.body).toMatchObject({ code: 'auth.wrong_code' });
    expect((await signIn(who)).body).toMatchObject({ secondStep: null });
    const { rows } = await owner.query('SELECT t::text FROM auth.totp t WHERE user_id = $1', [who.userId]);
    expect(rows[0].t).not.toContain(begun.body.secret);
    expect(rows[0].t).not.toContain(Buffer.from(begun.body.secret).toString('hex'));
  });
});

describe('recovery codes', () => {
  test('come with the first factor, let in once each, and are gone with new ones', async () => {
    const who = await person();
    const { recoveryCodes } = await setUpApp(who);
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    const enter = async (recoveryCode: string) => secondStep((await signIn(who)).cookie, { recoveryCode });
    const entered = await enter(first.toLowerCase().replace('-', ' '));
    expect(entered.status).toBe(200);
    expect((await enter(first)).body).toMatchObject({ code: 'auth.wrong_code' });
    expect((await ask('GET', '/api/auth/safety', entered.cookie)).body.recoveryCodesLeft).toBe(9);
    expect((await ask('POST', '/api/auth/recovery-codes', entered.cookie)).body.recoveryCodes).toHaveLength(10);
    expect((await enter(second)).body).toMatchObject({ code: 'auth.wrong_code' });
  });
});

describe('a passkey', () => {
  test('signs in alone, and counts as two factors', async () => {
    const who = await person([ADMINISTRATOR]);
    const { device, added } = await setUpPasskey(who);
    expect(added.body.recoveryCodes).toHaveLength(10);
    const options = (await ask('POST', '/api/auth/passkey-questions', '', { purpose: 'sign_in' })).body;
    expect(options.allowCredentials).toEqual([]);
    const passkey = device.get(options);
    const entered = await ask('POST', '/api/auth/passkey-sign-in', '', { passkey });
    expect(entered.body).toMatchObject({ user: { username: who.username } });
    expect((await ask('GET', '/api/auth/me', entered.cookie)).body).toMatchObject({ secondFactor: 'given' });
    // What was signed once is worth nothing a second time.
    const replayed = await ask('POST', '/api/auth/passkey-sign-in', '', { passkey });
    expect(replayed.body).toMatchObject({ status: 401, code: 'auth.passkey_unknown' });
  });

  test('is the second step after a password, for its own account alone', async () => {
    const [who, other] = [await person(), await person()];
    const { device } = await setUpPasskey(who);
    const { device: foreign } = await setUpPasskey(other);
    const step = async (signer: typeof device) => {
      const { cookie, body } = await signIn(who);
      expect(body.secondStep).toEqual({ totp: false, passkey: true });
      const options = (await ask('POST', '/api/auth/passkey-questions', cookie, { purpose: 'second_step' })).body;
      return secondStep(cookie, { passkey: signer.get(options) });
    };
    expect((await step(foreign)).body).toMatchObject({ code: 'auth.wrong_code' });
    expect((await step(device)).status).toBe(200);
  });

  test.each([
    ['another page asked', (base: string) => softwareAuthenticator(base.replace('127.0.0.1', 'evil.example'))],
    ['the device did not check its holder', (base: string) => softwareAuthenticator(base, { checksHolder: false })],
  ])('is not kept when %s', async (_why, make) => {
    const who = await person();
    const { added } = await setUpPasskey(who, make(office.app.config.baseUrl));
    expect(added.body).toMatchObject({ status: 422, code: 'auth.passkey_not_added' });
  });

  test('is not kept when another account was asked', async () => {
    const [who, other] = [await person(), await person()];
    const device = softwareAuthenticator(office.app.config.baseUrl);
    const options = (await ask('POST', '/api/auth/passkeys/questions', who.cookie)).body;
    const stolen = await ask('POST', '/api/auth/passkeys', other.cookie, {
      name: 'x',
      passkey: device.create(options),
    });
    expect(stolen.body).toMatchObject({ code: 'auth.passkey_not_added' });
  });

  test('an answer given for one purpose serves no other', async () => {
    const who = await person([ADMINISTRATOR]);
    const { device } = await setUpPasskey(who);
    const forSignIn = (await ask('POST', '/api/auth/passkey-questions', '', { purpose: 'sign_in' })).body;
    const proof = await ask('POST', '/api/auth/proofs', who.cookie, { passkey: device.get(forSignIn) });
    expect(proof.body).toMatchObject({ code: 'auth.wrong_code' });
    const forProof = (await ask('POST', '/api/auth/proof-questions', who.cookie)).body.passkey;
    expect((await ask('POST', '/api/auth/proofs', who.cookie, { passkey: device.get(forProof) })).status).toBe(200);
  });
});

describe('whose post needs a second factor', () => {
  test('is answered nothing but what leads to one, then everything', async () => {
    const who = await person([ADMINISTRATOR]);
    expect((await ask('GET', '/api/auth/me', who.cookie)).body).toMatchObject({ secondFactor: 'missing' });
    const refused = await ask('GET', '/api/auth/accounts', who.cookie);
    expect(refused.body).toMatchObject({ status: 403, code: 'auth.second_factor_needed' });
    await setUpApp(who);
    expect((await ask('GET', '/api/auth/accounts', who.cookie)).status).toBe(200);
  });

  test('needs it from the next request on when the post is given later', async () => {
    const who = await person([HANDLER]);
    expect((await ask('GET', '/api/auth/me', who.cookie)).body).toMatchObject({ secondFactor: 'optional' });
    await office.signIn(who.username, [ADMINISTRATOR]);
    expect((await ask('GET', '/api/auth/accounts', who.cookie)).body.code).toBe('auth.second_factor_needed');
  });

  test('cannot take the last factor away', async () => {
    const who = await person([ADMINISTRATOR]);
    await setUpApp(who);
    const { device } = await setUpPasskey(who);
    expect(device.id).toBeTruthy();
    expect((await ask('DELETE', '/api/auth/totp', who.cookie)).status).toBe(200);
    const { passkeys } = (await ask('GET', '/api/auth/safety', who.cookie)).body;
    const last = await ask('DELETE', `/api/auth/passkeys/${passkeys[0].id}`, who.cookie);
    expect(last.body).toMatchObject({ status: 409, code: 'auth.last_second_factor' });
  });
});

describe('a reset by a security administrator', () => {
  test('takes every factor, ends the sessions and stands in the record; nobody resets himself', async () => {
    const [admin, who] = [await person([SECURITY]), await person()];
    await setUpApp(admin);
    const { recoveryCodes } = await setUpApp(who);
    const reset = (id: string) => ask('POST', `/api/auth/accounts/${id}/second-factor-reset`, admin.cookie);
    expect((await reset(admin.userId)).body).toMatchObject({ status: 409, code: 'auth.not_own_factors' });
    expect((await reset(who.userId)).status).toBe(200);
    expect((await ask('GET', '/api/auth/me', who.cookie)).status).toBe(401);
    expect((await signIn(who)).body).toMatchObject({ secondStep: null });
    expect(recoveryCodes).toHaveLength(10);
    const { rows } = await owner.query(
      `SELECT actor_id FROM platform.audit_entry WHERE action = 'auth.reset_second_factors' AND target_id = $1`,
      [who.userId],
    );
    expect(rows).toEqual([{ actor_id: admin.userId }]);
  });
});

describe('whoever makes accounts', () => {
  test('has no hand in their sessions and second factors', async () => {
    const [admin, who] = [await person([ADMINISTRATOR]), await person()];
    await setUpApp(admin);
    for (const [method, path] of [
      ['POST', 'second-factor-reset'],
      ['GET', 'sessions'],
      ['DELETE', 'sessions'],
    ] as const) {
      const tried = await ask(method, `/api/auth/accounts/${who.userId}/${path}`, admin.cookie);
      expect(tried.body).toMatchObject({ code: 'auth.forbidden' });
    }
  });
});

describe('guessing from elsewhere', () => {
  const guess = (username: string, address: string, cookie = '') =>
    ask('POST', '/api/auth/sign-in', cookie, { username, password: 'not the password' }, address);
  const device = ({ cookie }: { cookie: string }) => /gongzhi\.device=[^;]+/.exec(cookie)?.[0] ?? '';

  test('slows the account for unknown browsers, and keeps its holder out of none he used', async () => {
    const who = await person();
    for (let host = 0; host < 32; host += 1) await guess(who.username, `10.6.0.${host}`);
    expect((await signIn(who, '', '10.6.1.1')).body).toMatchObject({ code: 'auth.too_many_tries' });
    expect((await signIn(who, device(who), '10.6.1.2')).status).toBe(200);
  });

  test('from the same address as the holder does not keep him out either', async () => {
    const who = await person();
    for (let turn = 0; turn < 7; turn += 1) await guess(who.username, '10.7.0.1');
    expect((await signIn(who, '', '10.7.0.1')).body).toMatchObject({ code: 'auth.too_many_tries' });
    expect((await signIn(who, device(who), '10.7.0.1')).status).toBe(200);
  });

  test('on the holder’s own browser slows that browser, and a browser known for another account helps nobody', async () => {
    const [who, other] = [await person(), await person()];
    for (let turn = 0; turn < 6; turn += 1) await guess(who.username, '10.8.0.1', device(who));
    expect((await signIn(who, device(who), '10.8.0.1')).body).toMatchObject({ code: 'auth.too_many_tries' });
    expect((await signIn(who, '', '10.8.0.2')).status).toBe(200);
    for (let turn = 0; turn < 6; turn += 1) await guess(who.username, '10.8.0.3', device(other));
    expect((await signIn(who, device(other), '10.8.0.3')).body).toMatchObject({ code: 'auth.too_many_tries' });
  });

  test('is not made easier by inventing a browser for each guess', async () => {
    const who = await person();
    const invented = () => `gongzhi.device=${randomBytes(32).toString('base64url')}`;
    for (let turn = 0; turn < 6; turn += 1) await guess(who.username, '10.8.1.1', invented());
    expect((await signIn(who, invented(), '10.8.1.1')).body).toMatchObject({ code: 'auth.too_many_tries' });
  });
});

describe('the list of sessions', () => {
  const sessions = async (cookie: string) => (await ask('GET', '/api/auth/sessions', cookie)).body.items;

  test('shows device, address and time, marks the own one, and ends another at its next request', async () => {
    const who = await person();
    const elsewhere = await office.server.inject({
      ...{ method: 'POST', url: '/api/auth/sign-in', remoteAddress: '10.9.9.9' },
      payload: { username: who.username, password: TEST_PASSWORD },
      headers: { 'user-agent': 'Phone/1' },
    });
    const other = String([elsewhere.headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
    const [here, there] = (await sessions(who.cookie)).toSorted((a: { current: boolean }) => (a.current ? -1 : 1));
    expect(here).toMatchObject({ current: true, address: '127.0.0.1', userAgent: 'test', method: 'password' });
    expect(there).toMatchObject({ current: false, address: '10.9.9.9', userAgent: 'Phone/1', secondFactor: false });
    expect((await ask('DELETE', `/api/auth/sessions/${there.id}`, who.cookie)).status).toBe(200);
    expect((await ask('GET', '/api/auth/me', other)).status).toBe(401);
    expect((await ask('GET', '/api/auth/me', who.cookie)).status).toBe(200);
  });

  test('is one’s own: another’s session is not found', async () => {
    const [who, other] = [await person(), await person()];
    const [theirs] = await sessions(other.cookie);
    expect((await ask('DELETE', `/api/auth/sessions/${theirs.id}`, who.cookie)).status).toBe(404);
    expect((await ask('GET', '/api/auth/me', other.cookie)).status).toBe(200);
  });

  test('ends everywhere else by one step, and everywhere by a security administrator', async () => {
    const [admin, who] = [await person([SECURITY]), await person()];
    await setUpApp(admin);
    const second = await office.signIn(who.username, [HANDLER]);
    await ask('DELETE', '/api/auth/sessions', who.cookie);
    expect((await ask('GET', '/api/auth/me', second.cookie)).status).toBe(401);
    expect((await ask('GET', '/api/auth/me', who.cookie)).status).toBe(200);
    expect((await ask('GET', `/api/auth/accounts/${who.userId}/sessions`, admin.cookie)).body.items).toHaveLength(1);
    await ask('DELETE', `/api/auth/accounts/${who.userId}/sessions`, admin.cookie);
    expect((await ask('GET', '/api/auth/me', who.cookie)).status).toBe(401);
  });
});

describe('a session of another', () => {
  test('is ended singly by a security administrator, who must find it with that account, and is recorded', async () => {
    const [admin, who, other] = [await person([SECURITY]), await person(), await person()];
    await setUpApp(admin);
    const second = await office.signIn(who.username, [HANDLER]);
    const path = (userId: string) => `/api/auth/accounts/${userId}/sessions`;
    const { items } = (await ask('GET', path(who.userId), admin.cookie)).body;
    const ids = items.map((one: { id: string }) => one.id);
    expect((await ask('DELETE', `${path(other.userId)}/${ids[0]}`, admin.cookie)).status).toBe(404);
    expect((await ask('DELETE', `${path(who.userId)}/${ids[0]}`, who.cookie)).status).toBe(403);
    expect((await ask('DELETE', `${path(who.userId)}/${ids[0]}`, admin.cookie)).status).toBe(200);
    const left = await Promise.all([who.cookie, second.cookie].map((cookie) => ask('GET', '/api/auth/me', cookie)));
    expect(left.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    const noted = await office.app.database.read(systemActor(office.app.config.tenant, 'test'), (tx) =>
      tx
        .selectFrom('platform.audit_entry')
        .select(['target_id', 'result'])
        .where('action', '=', 'auth.end_session_of')
        .where('result', '=', 'done')
        .execute(),
    );
    expect(noted).toEqual([{ target_id: who.userId, result: 'done' }]);
  });
});

describe('the clock of a session', () => {
  test('is read without lengthening it, and lengthened on purpose', async () => {
    const who = await person();
    await owner.query(`UPDATE auth.session SET "expiresAt" = now() + interval '2 minutes' WHERE "userId" = $1`, [
      who.userId,
    ]);
    const left = (body: { idleEndsAt: string; now: string }) => Date.parse(body.idleEndsAt) - Date.parse(body.now);
    expect(left((await ask('GET', '/api/auth/session', who.cookie)).body)).toBeLessThan(121_000);
    expect(left((await ask('GET', '/api/auth/session', who.cookie)).body)).toBeLessThan(121_000);
    expect(left((await ask('POST', '/api/auth/session/renewal', who.cookie)).body)).toBeGreaterThan(14 * 60_000);
  });
});

describe('passwords', () => {
  const change = async (next: string) => {
    const { cookie } = await person();
    return (await ask('POST', '/api/auth/password', cookie, { current: TEST_PASSWORD, next })).body;
  };

  test.each([
    'password123',
    'Passw0rd2024!',
    'qwertyuiop',
    'woaini1314520',
    'gongzhi-gongzhi',
    '421181421181',
    'aaaaaaaaaaaa',
  ])('that are tried first are refused: %s', async (next) =>
    expect(await change(next)).toMatchObject({ status: 422, code: 'auth.password_guessable' }),
  );

  test('may be a sentence in Chinese', async () => {
    expect(await change('水库边的灯笼昨晚亮了一夜')).toEqual({ ok: true });
  });
});
