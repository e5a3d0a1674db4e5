import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { loadConfig } from '../config/config.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { configuredOutgoing, createOutgoing } from '../http/outgoing.ts';
import { createNotifier } from './create-notifier.ts';
import { createMailDriver, type Driver } from './mail-driver.ts';
import { readMailbox } from './mailbox.ts';
import { NotSent, type Outgoing } from './notifier.ts';
import { createSmsDriver, signatureOf } from './sms-driver.ts';

const message = (to: string, over: Partial<Outgoing> = {}): Outgoing => ({
  channel: 'mail',
  to,
  subject: '您的反映已办结',
  text: '编号 20261102-000123-4：\n路灯已修好。',
  reference: crypto.randomUUID(),
  ...over,
});
const failure = async (sending: Promise<void>): Promise<NotSent> => {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NotSent)) throw new Error(`expected NotSent, got ${String(error)}`);
  return error;
};

describe('mail', () => {
  let process_: ChildProcess;
  let mail: Driver;
  let arrived: (line: { to: string[]; raw: string }) => void = () => undefined;

  beforeAll(async () => {
    const script = fileURLToPath(new URL('../testing/smtp-process.ts', import.meta.url));
    process_ = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise<number>((resolve) => {
      if (!process_.stdout) throw new Error('no output');
      createInterface(process_.stdout).on('line', (text) => {
        const line = JSON.parse(text);
        if (line.port) resolve(line.port);
        else arrived(line);
      });
    });
    mail = createMailDriver({ url: `smtp://127.0.0.1:${port}`, from: '麻城市社会治理中心 <service@gongzhi.example>' });
  });
  afterAll(async () => {
    await mail.close();
    process_.kill('SIGTERM');
  });

  test('arrives whole, in Chinese, marked as written by a machine', async () => {
    const received = new Promise<{ to: string[]; raw: string }>((resolve) => {
      arrived = resolve;
    });
    const sent = message('wang@example.org');
    await mail.send(sent);
    const { to, raw } = await received;
    const parsed = await PostalMime.parse(raw);
    expect(to).toEqual(['wang@example.org']);
    expect(parsed.subject).toBe('您的反映已办结');
    expect(parsed.text?.trim()).toBe(sent.text);
    expect(parsed.from).toEqual({ name: '麻城市社会治理中心', address: 'service@gongzhi.example' });
    expect(parsed.messageId).toBe(`<${sent.reference}@gongzhi.example>`);
    expect(raw).toContain('Auto-Submitted: auto-generated');
  });

  test('tells a final refusal from a passing one', async () => {
    expect(await failure(mail.send(message('a@unknown.example')))).toMatchObject({ code: 'smtp_550', permanent: true });
    expect(await failure(mail.send(message('a@full.example')))).toMatchObject({ code: 'smtp_452', permanent: false });
  });

  test('to a server that is away fails for now', async () => {
    const away = createMailDriver({ url: 'smtp://127.0.0.1:1', from: 'a@b.example' });
    expect(await failure(away.send(message('wang@example.org')))).toMatchObject({ permanent: false });
    await away.close();
  });

  test('cannot be led to another recipient by line breaks in address or subject', async () => {
    const received = new Promise<{ to: string[]; raw: string }>((resolve) => {
      arrived = resolve;
    });
    await mail.send(message('wang@example.org', { subject: '您好\r\nBcc: all@example.org' }));
    expect((await received).to).toEqual(['wang@example.org']);
  });
});

describe('text messages', () => {
  let gateway: Server;
  let sms: Driver;
  let url: string;
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  let status = 200;
  const secret = 'between us';

  beforeAll(async () => {
    gateway = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      requests.push({ headers: request.headers, body });
      response.writeHead(status, { location: '/elsewhere' }).end('{}');
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
    const outgoing = createOutgoing({ hosts: [], privateHosts: ['127.0.0.1'] });
    sms = createSmsDriver({ url, secret, outgoing, now: () => new Date('2026-11-02T08:00:00Z') });
  });
  afterAll(() => {
    gateway.close();
  });

  test('carry a signature over time and body that the gateway can check', async () => {
    const sent = message('13800138000', { channel: 'sms' });
    await sms.send(sent);
    const { headers, body } = requests.at(-1) ?? { headers: {}, body: '' };
    expect(JSON.parse(body)).toEqual({ reference: sent.reference, to: '13800138000', text: sent.text });
    expect(headers['x-gongzhi-timestamp']).toBe('1793606400');
    expect(headers['x-gongzhi-signature']).toBe(signatureOf(secret, '1793606400', body));
    expect(signatureOf('another', '1793606400', body)).not.toBe(headers['x-gongzhi-signature']);
  });

  test.each([
    [400, true],
    [422, true],
    [401, false],
    [429, false],
    [500, false],
    [503, false],
  ])('answered with %i are given up: %s', async (answer, permanent) => {
    status = answer;
    expect(await failure(sms.send(message('1', { channel: 'sms' })))).toMatchObject({
      code: `sms_${answer}`,
      permanent,
    });
    status = 200;
  });

  test('do not follow a redirect with what they carry', async () => {
    status = 307;
    const before = requests.length;
    expect(await failure(sms.send(message('1', { channel: 'sms' })))).toMatchObject({ code: 'sms_redirect_refused' });
    expect(requests.length).toBe(before + 1);
    status = 200;
  });
});

describe('the demo', () => {
  let data: TestDatabase;
  const tenant = 421181;
  beforeAll(async () => {
    data = await testDatabase();
  });
  afterAll(() => data.close());
  const notifierOf = (environment: Record<string, string>) =>
    createNotifier({
      config: loadConfig(environment),
      database: data.database,
      outgoing: configuredOutgoing(loadConfig(environment)),
      now: () => new Date(),
    });

  test('puts what it would send into the mailbox, the recipient masked', async () => {
    const notifier = notifierOf({ GONGZHI_DEMO: 'true' });
    expect([...notifier.channels].sort()).toEqual(['mail', 'sms']);
    await notifier.send(message('13800138000', { channel: 'sms', text: '验证码 123456' }));
    await notifier.send(message('wang@example.org'));
    const page = await data.database.read(systemActor(tenant, 'test'), (tx) =>
      readMailbox(tx, { after: null, limit: 1 }),
    );
    expect(page.items).toMatchObject([{ channel: 'mail', recipient: 'wan****.org' }]);
    expect(page.next).not.toBeNull();
  });

  test('ends where a real installation begins: nothing configured, nothing offered', async () => {
    const notifier = notifierOf({ GONGZHI_DEMO: 'false' });
    expect(notifier.channels).toEqual([]);
    expect(await failure(notifier.send(message('wang@example.org')))).toMatchObject({ code: 'channel_not_configured' });
  });

  test('sends for real where a driver is configured', async () => {
    const environment = { GONGZHI_DEMO: 'true', GONGZHI_SMS_URL: 'http://127.0.0.1:1/', GONGZHI_SMS_SECRET: 's' };
    const send = (more: Record<string, string>) =>
      failure(notifierOf({ ...environment, ...more }).send(message('13800138000', { channel: 'sms' })));
    expect(await send({ GONGZHI_OUTGOING_PRIVATE_HOSTS: '127.0.0.1' })).toMatchObject({ code: 'sms_unreachable' });
    // A gateway on this machine must be named as one, else nothing reaches it.
    expect(await send({})).toMatchObject({ code: 'sms_address_refused' });
  });
});
