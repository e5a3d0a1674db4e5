import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressKind } from './addresses.ts';
import { createOutgoing, isListed, type OutgoingCall, OutgoingFailed, type OutgoingRules } from './outgoing.ts';

let server: Server;
let port: number;
const asked: { url: string; host: string | undefined; authorization: string | undefined }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const { host, authorization } = request.headers;
    asked.push({ url: request.url ?? '', host, authorization });
    if (request.url === '/large') return void response.end(Buffer.alloc(50_000));
    if (request.url === '/endless') return void response.write('a');
    if (request.url?.startsWith('/to/')) {
      return void response.writeHead(302, { location: decodeURIComponent(request.url.slice(4)) }).end();
    }
    response.end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const rules = (over: Partial<OutgoingRules> = {}): OutgoingRules => ({ hosts: [], privateHosts: [], ...over });
const here = rules({ privateHosts: ['gateway.test', 'other.test'] });
const toHere = async () => ['127.0.0.1'];

/** The failure's code, or the text of the answer. */
async function outcome(calls: ReturnType<typeof createOutgoing>, url: string, call?: OutgoingCall): Promise<string> {
  try {
    return (await calls.request(url, call)).body.toString();
  } catch (error) {
    if (error instanceof OutgoingFailed) return error.code;
    throw error;
  }
}

describe('addresses', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['2400:3200::1', 'public'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['2002:808:808::1', 'public'],
    ['10.1.2.3', 'private'],
    ['127.0.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['::1', 'private'],
    ['fd12::1', 'private'],
    ['::ffff:127.0.0.1', 'private'],
    ['::ffff:7f00:1', 'private'],
    ['::127.0.0.1', 'private'],
    ['::ffff:0:10.0.0.1', 'private'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['2002:c0a8:1::', 'private'],
    ['2002:7f00:1::1', 'private'],
    ['2001:0:4136:e378:8000:63bf:80ff:fffe', 'private'],
    ['2400:3200::5efe:10.0.0.1', 'private'],
    ['169.254.169.254', 'never'],
    ['::ffff:169.254.169.254', 'never'],
    ['64:ff9b::a9fe:a9fe', 'never'],
    ['100.100.100.200', 'never'],
    ['fd00:ec2::254', 'never'],
    ['fe80::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['0.0.0.0', 'never'],
    ['::', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['64:ff9b:1::1', 'never'],
    ['4000::1', 'never'],
    ['no address', 'never'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

describe('hosts', () => {
  test.each([
    ['https://sms.gov.cn/x', ['sms.gov.cn'], true],
    ['https://SMS.gov.cn./x', ['sms.gov.cn'], true],
    ['https://evil-sms.gov.cn/', ['sms.gov.cn'], false],
    ['https://a.b.gov.cn/', ['*.gov.cn'], true],
    ['https://gov.cn/', ['*.gov.cn'], false],
    ['https://sms.gov.cn:8443/', ['sms.gov.cn:8443'], true],
    ['https://sms.gov.cn/', ['sms.gov.cn:8443'], false],
    ['http://[::1]:90/', ['[::1]:90'], true],
    ['https://sms.gov.cn.evil.test/', ['sms.gov.cn'], false],
  ])('%s against %j: %s', (url, hosts, listed) => {
    expect(isListed(hosts, new URL(url))).toBe(listed);
  });
});

describe('a call', () => {
  test('reaches a named host of the own network, under its own name', async () => {
    const url = `http://gateway.test:${port}/hello`;
    expect(await outcome(createOutgoing(here, toHere), url)).toBe('hello');
    expect(asked.at(-1)).toMatchObject({ url: '/hello', host: `gateway.test:${port}` });
  });

  test.each([
    ['a host on no list', rules(), 'http://gateway.test/', 'host_refused'],
    ['another scheme', here, 'ftp://gateway.test/', 'scheme_refused'],
    ['a user in the address', here, 'http://someone@gateway.test/', 'host_refused'],
    ['this machine', rules({ hosts: ['gateway.test'] }), 'http://gateway.test/', 'address_refused'],
    ['this machine by number', rules({ hosts: ['127.0.0.1'] }), 'http://127.0.0.1/', 'address_refused'],
    ['this machine by odd numbers', rules({ hosts: ['127.0.0.1'] }), 'http://0x7f.1/', 'address_refused'],
    ['this machine as IPv6', rules({ hosts: ['[::ffff:7f00:1]'] }), 'http://[::ffff:127.0.0.1]/', 'address_refused'],
    [
      'metadata, though named',
      rules({ privateHosts: ['169.254.169.254'] }),
      'http://169.254.169.254/',
      'address_refused',
    ],
  ])('to %s is refused', async (_what, given, url, code) => {
    const before = asked.length;
    expect(await outcome(createOutgoing(given, toHere), url)).toBe(code);
    expect(asked.length).toBe(before);
  });

  test('is refused when one of several addresses is private', async () => {
    const calls = createOutgoing(rules({ hosts: ['gateway.test'] }), async () => ['8.8.8.8', '127.0.0.1']);
    expect(await outcome(calls, 'http://gateway.test/')).toBe('address_refused');
  });

  test('gains nothing by a name that changes its address between check and connection', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254'], ['10.0.0.1']];
    let turns = 0;
    const calls = createOutgoing(here, async () => answers[turns++] ?? []);
    // The connection goes where the check looked: had the name been looked up again, this would not answer.
    expect(await outcome(calls, `http://gateway.test:${port}/`)).toBe('hello');
    expect(turns).toBe(1);
    expect(await outcome(calls, `http://gateway.test:${port}/`)).toBe('address_refused');
  });

  test('follows no redirect unless asked, and each one under the same rules', async () => {
    const calls = createOutgoing(here, toHere);
    const to = (url: string) => `http://gateway.test:${port}/to/${encodeURIComponent(url)}`;
    expect(await outcome(calls, to('/hello'))).toBe('redirect_refused');
    expect(await outcome(calls, to('/hello'), { redirects: 1 })).toBe('hello');
    expect(await outcome(calls, to('/hello'), { redirects: 1, method: 'POST', body: 'x' })).toBe('redirect_refused');
    expect(await outcome(calls, to('http://127.0.0.1/'), { redirects: 1 })).toBe('host_refused');
    expect(await outcome(calls, to('http://[::ffff:169.254.169.254]/'), { redirects: 1 })).toBe('host_refused');
    expect(await outcome(calls, to('file:///etc/passwd'), { redirects: 1 })).toBe('scheme_refused');
    expect(await outcome(calls, to(to('/hello')), { redirects: 1 })).toBe('redirect_refused');
  });

  test('leaves credentials behind when it is sent elsewhere', async () => {
    const calls = createOutgoing(here, toHere);
    const headers = { authorization: 'secret' };
    const other = encodeURIComponent(`http://other.test:${port}/hello`);
    await calls.request(`http://gateway.test:${port}/to/%2Fhello`, { redirects: 1, headers });
    expect(asked.at(-1)?.authorization).toBe('secret');
    await calls.request(`http://gateway.test:${port}/to/${other}`, { redirects: 1, headers });
    expect(asked.at(-1)?.authorization).toBeUndefined();
  });

  test('takes no more than it was told, and waits no longer', async () => {
    const calls = createOutgoing(here, toHere);
    expect(await outcome(calls, `http://gateway.test:${port}/large`, { maxBytes: 1000 })).toBe('answer_too_large');
    expect(await outcome(calls, `http://gateway.test:${port}/endless`, { timeoutMs: 200 })).toBe('timeout');
    const deaf = createOutgoing(here, () => new Promise(() => undefined));
    expect(await outcome(deaf, 'http://gateway.test/', { timeoutMs: 50 })).toBe('timeout');
  });
});
