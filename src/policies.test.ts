import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MODULES } from './compose.ts';
import { residentFileLinks } from './platform/files/links.ts';
import { policiesFor } from './platform/http/policies.ts';
import { portOf, sendRaw } from './platform/testing/sockets.ts';
import { type County, testCounty } from './testing/county.ts';
import { LAMP_BY_RESIDENT } from './testing/desk.ts';

const HTTPS = 'https://gongzhi.example.gov.cn';
const EXPECTED = policiesFor(true).headers;
let county: County;
let folder: string;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-web-'));
  for (const [name, text] of [
    ['office/index.html', '<meta property="csp-nonce" nonce="__CSP_NONCE__">'],
    ['public/index.html', '<p>portal</p>'],
    ['public/assets/a.js', 'let a;'],
    ['office/assets/b.css', 'a{}'],
    ['public/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ] as const) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  county = await testCounty({ webFolder: folder, environment: { GONGZHI_BASE_URL: HTTPS } });
  await county.server.listen({ port: 0, host: '127.0.0.1' });
  port = portOf(county.server);
}, 120_000);
afterAll(async () => {
  await county.close();
  await rm(folder, { recursive: true, force: true });
});

/** The session of the template, under the name it has over TLS. */
const secureCookie = () => `__Host-${county.players.dispatcher.cookie}`;

/** Names of the policies an answer lacks or weakens; files and the office's page have a content policy of their own. */
function missing(headers: Readonly<Record<string, unknown>>): string[] {
  const content = String(headers['content-security-policy'] ?? '');
  const own = /default-src 'none'/.test(content) && !/unsafe|\*|https?:/.test(content);
  return Object.entries(EXPECTED)
    .filter(([name, value]) => (name === 'content-security-policy' ? !own : headers[name] !== value))
    .map(([name]) => name);
}

/** The stream does not end, and a session that was ended cannot ask on; both are looked at apart. */
const LEFT_OUT = new Set(['cases.follow_events', 'auth.sign_out']);
const ROUTES = MODULES.flatMap((module) => module.contracts);

describe('every answer carries the policies', () => {
  test.each([['nobody'], ['dispatcher'], ['handler']] as const)('of every route, asked by %s', async (who) => {
    let asked = 0;
    for (const contract of ROUTES.filter(({ id }) => !LEFT_OUT.has(id))) {
      for (const value of [crypto.randomUUID(), 'x'.repeat(300), '%E8%B7%AF']) {
        const response = await county.server.inject({
          method: contract.method,
          url: contract.path.replace(/:\w+/g, value),
          headers: who === 'nobody' ? {} : { cookie: secureCookie() },
          ...(contract.method === 'GET' ? {} : { payload: who === 'handler' ? '{"half' : {} }),
        });
        expect([contract.id, response.statusCode, missing(response.headers)]).toEqual([
          contract.id,
          expect.any(Number),
          [],
        ]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(ROUTES.length * 2);
  });

  test.each([
    ['GET', '/', 200],
    ['GET', '/office/', 200],
    ['HEAD', '/office/cases', 200],
    ['GET', '/report', 200],
    ['GET', '/assets/a.js', 200],
    ['GET', '/office/assets/b.css', 200],
    ['GET', '/icon.svg', 200],
    ['GET', '/assets/gone.js', 404],
    ['GET', '/office/index.html', 200],
    ['GET', '/../../etc/passwd', 200],
    ['GET', '/assets/..%2f..%2fetc/passwd', 404],
    ['GET', '/api/health', 200],
    ['GET', '/api/ready', 200],
    ['GET', '/api/docs', 200],
    ['GET', '/api/docs/swagger-ui.css', 200],
    ['GET', '/api/openapi.json', 200],
    ['GET', '/api/nowhere', 404],
    ['GET', '/api/%zz', 400],
    ['DELETE', '/', 404],
    ['OPTIONS', '/api/cases', 404],
    ['PUT', '/api/cases', 404],
  ] as const)('%s %s (%i)', async (method, url, status) => {
    const response = await county.server.inject({ method, url });
    expect([response.statusCode, missing(response.headers)]).toEqual([status, []]);
  });

  test.each([
    ['a request that is none', 'nonsense\r\n\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a bad version', 'GET / HTTP/9.9\r\nhost: a\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nhost: a\r\n: b\r\n\r\n', 400],
    ['headers of 40 kB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /api/cases HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
    [
      'both lengths',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['an odd expectation', 'POST / HTTP/1.1\r\nhost: a\r\nexpect: tea\r\ncontent-length: 0\r\n\r\n', 417],
    ['a path that is none', 'GET /%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 400],
    ['a whole address', 'GET http://evil.test/ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', 200],
    ['HTTP 1.0', 'GET /api/health HTTP/1.0\r\n\r\n', 200],
    ['an upgrade', 'GET /api/health HTTP/1.1\r\nhost: a\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 200],
    [
      'a parameter too long',
      `GET /api/case-numbers/${'9'.repeat(400)} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
      404,
    ],
  ])('to %s', async (_what, bytes, status) => {
    const answer = await sendRaw(port, bytes, 2000);
    const [head = ''] = answer.split('\r\n\r\n');
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    );
    expect([Number(head.split(' ')[1]), missing(headers)]).toEqual([status, []]);
    if (status >= 400) expect(answer).toMatch(/"code":"http\./);
  });

  test('of the event stream', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/events`, { headers: { cookie: secureCookie() } });
    expect(answer.status).toBe(200);
    expect(missing(Object.fromEntries(answer.headers))).toEqual([]);
    await answer.body?.cancel();
  });

  test('of a photo: a policy of its own, in which nothing may run', async () => {
    const id = await county.photo(null);
    const { url } = residentFileLinks(county.app.vault, id, county.app.now());
    const { status, headers } = await county.call(null, 'GET', url);
    expect(status).toBe(200);
    expect(missing(headers)).toEqual([]);
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  });
});

describe('the policies', () => {
  test('are no weaker than these, whatever list they are read from', () => {
    expect(EXPECTED).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(EXPECTED['permissions-policy']).toMatch(/microphone=\(\).*payment=\(\).*usb=\(\).*geolocation=\(self\)/);
    const parts = (EXPECTED['content-security-policy'] ?? '').split('; ');
    expect(parts).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]));
    expect(parts).toEqual(expect.arrayContaining(["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]));
    // Nothing from elsewhere, in whatever part.
    expect(parts.join()).not.toMatch(/\*|https?:|unsafe/);
  });
});

describe('a visitor of the portal', () => {
  const pages = ['/', '/report', '/track', '/released', '/assets/a.js', '/api/health', '/api/openapi.json'];
  const routes = ROUTES.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/public/'));

  test('gets no cookie before he signs in', async () => {
    expect(routes.length).toBeGreaterThan(10);
    const urls = [...pages, ...routes.map(({ path }) => path.replace(/:\w+/g, crypto.randomUUID()))];
    for (const url of urls) {
      const { headers } = await county.server.inject({ method: 'GET', url });
      expect([url, headers['set-cookie']]).toEqual([url, undefined]);
    }
    const filed = await county.call(null, 'POST', '/api/public/cases', LAMP_BY_RESIDENT);
    const { number, queryCode } = filed.body;
    const opened = await county.call(null, 'POST', '/api/public/tracking', { number, queryCode });
    expect(opened.body.token).toMatch(/./);
    expect([filed.headers['set-cookie'], opened.headers['set-cookie']]).toEqual([undefined, undefined]);
  });
});

describe('the content policy', () => {
  test('lets no inline script or style in; the office’s own styles carry a nonce that is never used twice', async () => {
    const pages = await Promise.all([1, 2].map(() => county.server.inject({ method: 'GET', url: '/office/' })));
    const nonces = pages.map(
      (page) => /'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1] ?? '',
    );
    expect(new Set(nonces).size).toBe(2);
    expect(pages[0]?.body).toContain(`nonce="${nonces[0]}"`);
    expect(Object.values(EXPECTED).join()).not.toMatch(/unsafe/);
    const portal = await county.server.inject({ method: 'GET', url: '/' });
    expect(portal.headers['content-security-policy']).toBe(EXPECTED['content-security-policy']);
  });

  test('speaks of TLS only where there is TLS', () => {
    expect(EXPECTED['strict-transport-security']).toMatch(/max-age=31536000/);
    expect(policiesFor(false).headers['strict-transport-security']).toBeUndefined();
    expect(policiesFor(false).headers['content-security-policy']).not.toMatch(/upgrade-insecure/);
  });
});
