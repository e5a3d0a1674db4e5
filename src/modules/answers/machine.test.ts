import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import { caseAt } from '../../testing/ways.ts';
import { messagesFor, wordsOf } from './rules/machine-words.ts';

// A small service with the chat API, which remembers what it was told and says what a test wants it to say.
let server: Server;
let heard: { readonly path: string; readonly key: string | undefined; readonly body: string }[] = [];
let say: { status: number; body: string };
const completion = (content: string) => JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] });

let county: County;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    heard.push({ path: request.url ?? '', key: request.headers.authorization, body: Buffer.concat(chunks).toString() });
    response.writeHead(say.status, { 'content-type': 'application/json' }).end(say.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  county = await testCounty({
    environment: {
      GONGZHI_ASSISTANT_URL: `http://127.0.0.1:${port}/v1/`,
      GONGZHI_ASSISTANT_MODEL: 'small-model',
      GONGZHI_ASSISTANT_KEY: 'key-of-the-tests',
      GONGZHI_OUTGOING_PRIVATE_HOSTS: '127.0.0.1',
    },
  });
});
afterAll(async () => {
  await county.close();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  heard = [];
  say = { status: 200, body: completion('<think>想一想</think>路灯不亮，住建局正在办。') };
});

const SECRETS = ['汪小示', '13800138000', '138 0013 8000', '0713-2912345', '421181199001011234', 'wang@example.cn'];
const BODY = `园林路路灯不亮。我叫汪小示，电话 13800138000 或 138 0013 8000、0713-2912345，身份证 421181199001011234，邮箱 wang@example.cn，微信：wangxiaoshi88，车牌鄂J12345。汪小示敬上`;
const ask = (id: string, what: 'summaries' | 'replies', who: 'housing' | 'dispatcher' | 'verifier' = 'dispatcher') =>
  county.call(who, 'POST', `/api/cases/${id}/machine-${what}`, {});

describe('a machine elsewhere', () => {
  test('is told the case without any word by which its requester is known', async () => {
    const filed = await county.file('dispatcher', { body: BODY, title: '汪小示家门口路灯不亮' });
    await county.step('dispatcher', 'notes', filed.id, { text: '已与汪小示（13800138000）联系。', contact: 'phone' });
    for (const what of ['summaries', 'replies'] as const) {
      const { status, body } = await ask(filed.id, what);
      expect([status, body]).toEqual([
        200,
        { text: '路灯不亮，住建局正在办。', machineMade: true, model: 'small-model', at: expect.any(String) },
      ]);
    }
    expect(heard.map(({ path, key }) => [path, key])).toEqual([
      ['/v1/chat/completions', 'Bearer key-of-the-tests'],
      ['/v1/chat/completions', 'Bearer key-of-the-tests'],
    ]);
    for (const { body } of heard) {
      expect(body).toContain('路灯不亮');
      for (const secret of [...SECRETS, '汪', 'wangxiaoshi88', '鄂J12345', '园林路 12 号'])
        expect(body).not.toContain(secret);
    }
    // What stays in the office is no matter for an answer.
    expect(heard[0]?.body).toContain('联系');
    expect(heard[1]?.body).not.toContain('联系。');
  });

  test('keeps, changes and sends nothing; who asked and with which model is on record', async () => {
    const filed = await caseAt(county, 'in_progress');
    const before = (await county.caseOf('housing', filed.id)).body;
    await ask(filed.id, 'replies', 'housing');
    const after = (await county.caseOf('housing', filed.id)).body;
    expect(after).toEqual(before);
    const { body } = await county.call('auditor', 'GET', `/api/audit/entries?targetId=${filed.id}`);
    const entry = body.items.find((one: { action: string }) => one.action === 'answers.machine_reply');
    expect(entry).toMatchObject({ result: 'done', actorId: county.players.housing.userId });
    expect(JSON.stringify(entry)).not.toContain('路灯');
  });

  test('is never told a confidential case, and nobody asks about a case he does not see', async () => {
    const secret = await county.file('dispatcher', { confidential: true });
    expect((await ask(secret.id, 'summaries')).code).toBe('answers.machine_confidential');
    const unseen = await county.fileAsResident();
    expect((await ask(unseen.id, 'summaries', 'housing')).status).toBe(404);
    expect((await ask(unseen.id, 'summaries', 'verifier')).status).toBe(403);
    expect(heard).toEqual([]);
  });

  test.each([
    ['an error', 500, '{}'],
    ['no JSON', 200, '<html>'],
    ['no words', 200, completion('<think>只想不说')],
    ['another shape', 200, '{"choices":[]}'],
    ['too much', 200, completion('长'.repeat(200_000))],
  ])('that answers with %s is one refusal with a text, on record as failed', async (_what, status, body) => {
    const filed = await county.fileAsResident();
    say = { status, body };
    const answer = await ask(filed.id, 'summaries');
    expect([answer.status, answer.code]).toEqual([424, 'answers.machine_failed']);
    expect(answer.body.title).toContain('请自己写');
    const logged = await county.call('auditor', 'GET', `/api/audit/entries?targetId=${filed.id}`);
    expect(logged.body.items[0]).toMatchObject({ action: 'answers.machine_summary', result: 'failed' });
  });
});

test('is off unless configured, and said to be', async () => {
  expect((await county.call('housing', 'GET', '/api/answers/machine-help')).body).toEqual({ on: true });
  const plain = await testCounty();
  try {
    expect((await plain.call('housing', 'GET', '/api/answers/machine-help')).body).toEqual({ on: false });
    const filed = await plain.fileAsResident();
    const asked = await plain.call('dispatcher', 'POST', `/api/cases/${filed.id}/machine-summaries`, {});
    expect([asked.status, asked.code]).toEqual([409, 'answers.machine_off']);
  } finally {
    await plain.close();
  }
});

test('words are cut to what may leave, and thoughts are not words', () => {
  const told = {
    title: '路灯',
    body: 'x'.repeat(9000),
    className: '市政',
    office: '住建局',
    steps: ['李四来电话 13900139000'],
  };
  const [, user] = messagesFor('summary', 'zh-CN', told, ['李四']);
  expect(user?.content.length).toBeLessThanOrEqual(6000);
  expect(messagesFor('summary', 'zh-CN', { ...told, body: '短' }, ['李四'])[1]?.content).not.toMatch(/李四|139/);
  expect(wordsOf('<think>a</think> b ')).toBe('b');
});
