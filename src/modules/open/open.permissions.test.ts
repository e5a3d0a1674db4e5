import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPortal, type Portal, THURSDAY } from './testing/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
beforeEach(() => portal.setNow(THURSDAY));
afterAll(() => portal.close());

const later = (seconds: number) => portal.setNow(new Date(THURSDAY.getTime() + seconds * 1000));

const STEPS = [
  ['GET', '/api/public/my-case', undefined],
  ['POST', '/api/public/my-case/rating', { solved: 'solved', satisfaction: 'satisfied' }],
  ['POST', '/api/public/my-case/reopening', { reason: '又坏了' }],
  ['POST', '/api/public/my-case/withdrawal', { reason: '不用了' }],
  ['POST', '/api/public/my-case/supplements', { text: '还有一盏' }],
  ['POST', '/api/public/my-case/release-end', {}],
  ['POST', '/api/public/my-case/sensitive-consent-end', undefined],
] as const;

async function phoneCookie(phone: string): Promise<string> {
  await portal.ask('POST', '/api/public/phone-codes', { body: { phone }, address: phone });
  const code = /\d{6}/.exec(portal.sent.at(-1)?.text ?? '')?.[0];
  const session = await portal.ask('POST', '/api/public/resident-sessions', { body: { phone, code } });
  return String(session.headers['set-cookie']).split(';')[0] ?? '';
}

describe('one’s own request', () => {
  test.each(STEPS)('%s %s needs a proof', async (method, path, body) => {
    const given = body === undefined ? {} : { body };
    expect(await portal.ask(method, path, given)).toMatchObject({ status: 401, code: 'auth.required' });
    const forged = await portal.ask(method, path, { ...given, token: 'eyJjYXNlIjoiMSJ9.c2lnbmF0dXJlLW9mLW5vYm9keQ' });
    expect(forged).toMatchObject({ status: 401, code: 'auth.required' });
  });

  test('a proof opens its own request alone, for two hours', async () => {
    const mine = await portal.file();
    const other = await portal.file();
    const token = await portal.proof(mine);
    const { body } = await portal.ask('GET', '/api/public/my-case', { token });
    expect(body.number).toBe(mine.number);
    expect(body.number).not.toBe(other.number);
    later(7201);
    expect((await portal.ask('GET', '/api/public/my-case', { token })).status).toBe(401);
  });

  test('an officer’s session proves nothing here', async () => {
    const { cookie } = await portal.signIn('dong', [
      {
        organisationId: portal.cast.dispatcher.posts[0]?.organisationId ?? '',
        role: 'dispatcher',
        scope: ['421181'],
        lanes: null,
      },
    ]);
    expect((await portal.ask('GET', '/api/public/my-case', { cookie })).status).toBe(401);
  });

  test('a proof opens no office route', async () => {
    const token = await portal.proof(await portal.file());
    expect((await portal.ask('GET', '/api/cases', { token })).status).toBe(401);
  });
});

describe('requests of a phone', () => {
  test('need the phone proved', async () => {
    const token = await portal.proof(await portal.file());
    const listed = await portal.ask('GET', '/api/public/my-cases', { token });
    expect(listed).toMatchObject({ status: 401, code: 'open.phone_session_needed' });
    expect((await portal.ask('GET', '/api/public/my-cases')).code).toBe('auth.required');
  });

  test('are those of this phone alone', async () => {
    const { number } = await portal.file({ phone: '13700137000' });
    const cookie = await phoneCookie('13600136000');
    expect((await portal.ask('GET', '/api/public/my-cases', { cookie })).body.items).toEqual([]);
    const foreign = await portal.ask('POST', `/api/public/my-cases/${number}/tracking`, { cookie });
    expect(foreign).toMatchObject({ status: 404, code: 'open.no_match' });
    const noCase = await portal.ask('GET', '/api/public/my-case', { cookie });
    expect(noCase).toMatchObject({ status: 401, code: 'open.case_token_needed' });
  });
});

describe('guessing', () => {
  const attempt = (number: string, queryCode: string, address = '203.0.113.9') =>
    portal.ask('POST', '/api/public/tracking', { body: { number, queryCode }, address });

  test('a wrong code and an unknown number get the same answer', async () => {
    const { number } = await portal.file();
    const wrong = await attempt(number, 'AAAAAAAA');
    const unknown = await attempt('20261119-999999-5', 'AAAAAAAA', '203.0.113.10');
    expect(wrong.status).toBe(404);
    expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
  });

  test('slows down after five wrong codes, also for the right one, and says for how long', async () => {
    const { number, queryCode } = await portal.file();
    for (let tries = 0; tries < 5; tries += 1) expect((await attempt(number, 'BBBBBBBB')).code).toBe('open.no_match');
    const stopped = await attempt(number, queryCode);
    expect(stopped).toMatchObject({ status: 429, code: 'open.too_many_tries', body: { details: { seconds: 10 } } });
    expect(stopped.headers['retry-after']).toBe('10');
    later(11);
    expect((await attempt(number, queryCode)).status).toBe(200);
  });

  test('from elsewhere does not keep the requester out', async () => {
    const { number, queryCode } = await portal.file();
    for (let tries = 0; tries < 8; tries += 1) await attempt(number, 'CCCCCCCC', '203.0.113.20');
    expect((await attempt(number, queryCode, '198.51.100.77')).status).toBe(200);
  });

  test('one number from many addresses is put off, too', async () => {
    const { number, queryCode } = await portal.file();
    for (let tries = 0; tries < 30; tries += 1) await attempt(number, 'DDDDDDDD', `192.0.2.${tries + 1}`);
    const stopped = await attempt(number, queryCode, '192.0.2.200');
    expect(stopped).toMatchObject({ status: 429, body: { details: { seconds: 30 } } });
  });
});
