import { afterAll, beforeAll, expect, test } from 'vitest';
import { authModule } from '../auth/module.ts';
import { testApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await testApp({ modules: [authModule], environment: { GONGZHI_BASE_URL: 'https://gongzhi.example.gov.cn' } });
  ({ cookie } = await app.signIn('clerk', []));
});
afterAll(() => app.close());

const OWN = 'https://gongzhi.example.gov.cn';
/** `undefined` as a header says that the test means it to be missing. */
const change = (headers: Record<string, string | undefined>) =>
  app.server.inject({
    method: 'POST',
    url: '/api/auth/password',
    payload: { current: 'not it', next: 'something else entirely' },
    headers: { cookie, ...headers } as Record<string, string>,
  });

test.each([
  ['our own page', { origin: OWN }, 'auth.wrong_current_password'],
  ['our own page, by its fetch alone', { 'sec-fetch-site': 'same-origin' }, 'auth.wrong_current_password'],
  ['another site', { origin: 'https://evil.test' }, 'http.origin_refused'],
  ['our name without TLS', { origin: 'http://gongzhi.example.gov.cn' }, 'http.origin_refused'],
  ['our name on another port', { origin: `${OWN}:8443` }, 'http.origin_refused'],
  ['a page without an origin', { origin: 'null' }, 'http.origin_refused'],
  ['a neighbouring name', { 'sec-fetch-site': 'same-site' }, 'http.origin_refused'],
  ['another site, by its fetch alone', { 'sec-fetch-site': 'cross-site' }, 'http.origin_refused'],
  ['nowhere said, with a session', { origin: undefined }, 'http.origin_refused'],
])('a change asked for by %s', async (_who, headers, code) => {
  const answer = await change(headers);
  expect(answer.json()).toMatchObject({ code });
});

test('signing in from another site is refused, too', async () => {
  const answer = await app.server.inject({
    method: 'POST',
    url: '/api/auth/sign-in',
    payload: { username: 'clerk', password: 'x' },
    headers: { origin: 'https://evil.test' },
  });
  expect(answer.json()).toMatchObject({ code: 'http.origin_refused' });
});

test('over TLS the session’s cookie is bound to this host', () => {
  expect(cookie).toMatch(/^__Host-gongzhi\.session_token=/);
});
