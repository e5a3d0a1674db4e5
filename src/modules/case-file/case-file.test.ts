import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import { caseAt } from '../../testing/ways.ts';
import { drawCaseFile, type Printed } from './layout.ts';
import { pdfPages, pdfText } from './testing/pdf-text.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

async function fileOf(who: 'dispatcher' | 'otherDispatcher', id: string, locale = 'zh-CN') {
  const { server, players } = county;
  const url = `/api/case-files/${id}?locale=${locale}`;
  const response = await server.inject({ url, headers: { cookie: players[who].cookie } });
  return { status: response.statusCode, type: String(response.headers['content-type']), bytes: response.rawPayload };
}

const sayings = (text: string) => text.replaceAll(/\s/g, '');

describe('a copy that names the requester', () => {
  const reason = '法院来函调取，需要身份';
  const copyOf = async (who: 'dispatcher' | 'verifier' | 'housing' | 'twoHats', id: string, more = {}) => {
    const { server, players } = county;
    const url = `/api/case-files/${id}/identified-copies`;
    const headers = { cookie: players[who].cookie };
    const response = await server.inject({ method: 'POST', url, headers, payload: { reason, ...more } });
    return { status: response.statusCode, bytes: response.rawPayload, text: response.body };
  };

  test('is given for a reason, recorded, and the requester sees who had it and why', async () => {
    const filed = await county.fileAsResident();
    const { status, bytes } = await copyOf('dispatcher', filed.id);
    expect(status).toBe(200);
    expect(pdfText(bytes)).toContain('汪小示');
    expect(pdfText(bytes)).toContain('13800138000');
    const own = (await county.asRequester(filed, undefined)).status;
    expect(own).toBe(200);
    const { number, queryCode } = filed;
    const { token } = (await county.call(null, 'POST', '/api/public/tracking', { number, queryCode })).body;
    const looks = await county.call(null, 'GET', '/api/public/my-case/privacy', undefined, {
      authorization: `Bearer ${token}`,
    });
    expect(looks.body.looks).toMatchObject([{ kind: 'unmasked', reason }]);
    const entries = (await county.call('auditor', 'GET', `/api/audit/entries?targetId=${filed.id}`)).body.items;
    expect(entries.map((entry: { action: string }) => entry.action)).toContain('case-file.read_identified');
  });

  test('is refused without a reason, to handlers, and where nobody left a name', async () => {
    const filed = await caseAt(county, 'dispatched');
    expect((await copyOf('dispatcher', filed.id, { reason: ' ' })).status).toBe(400);
    expect((await copyOf('housing', filed.id)).status).toBe(403);
    const silent = await county.file('dispatcher', { requester: null });
    const refused = await copyOf('dispatcher', silent.id);
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([409, 'cases.no_requester']);
  });
});

describe('the requester’s own file', () => {
  const ownOf = async ({ number, queryCode }: { number: string; queryCode: string }, locale = 'zh-CN') => {
    const { token } = (await county.call(null, 'POST', '/api/public/tracking', { number, queryCode })).body;
    const url = `/api/public/my-case/file?locale=${locale}`;
    const response = await county.server.inject({ url, headers: { authorization: `Bearer ${token}` } });
    return { status: response.statusCode, text: pdfText(response.rawPayload) };
  };

  test('tells him what his page tells, without inner words and names of officers', async () => {
    const filed = await caseAt(county, 'in_progress');
    await county.step('housing', 'notes', filed.id, { text: '内部话：先不要说', contact: null });
    await county.step('housing', 'replies', filed.id, { text: '明天上午来修。', files: [] });
    const { status, text } = await ownOf(filed);
    expect(status).toBe(200);
    for (const words of [filed.number, '明天上午来修。', '园林路 12 号门前', '主办：麻城市住房和城乡建设局', '汪']) {
      expect(sayings(text)).toContain(sayings(words));
    }
    for (const words of ['内部话', '备注', '住建承办', '县调度', '汪小示', '13800138000'])
      expect(text).not.toContain(words);
  });

  test('speaks English, and needs the proof of that one case', async () => {
    const filed = await county.fileAsResident();
    expect((await ownOf(filed, 'en')).text).toContain('the requester’s own');
    expect((await county.call(null, 'GET', '/api/public/my-case/file')).status).toBe(401);
    expect((await county.call('dispatcher', 'GET', '/api/public/my-case/file')).status).toBe(401);
  });
});

test('steps say to whom, until when and with which outcome, in both languages', async () => {
  const filed = await caseAt(county, 'in_progress');
  await county.step('housing', 'extension-request', filed.id, { amount: 2, reason: '等配件到货' });
  await county.step('dispatcher', 'extension-decision', filed.id, { granted: true, amount: 2, reason: '情况属实' });
  const owner = { ownerOrganisationId: await county.body('housing'), reviewOn: '2026-03-20', endOn: '2026-04-20' };
  await county.step('dispatcher', 'shelving', filed.id, { ground: 'conditions_missing', reason: '等配件', ...owner });
  const zh = sayings(pdfText((await fileOf('dispatcher', filed.id)).bytes));
  for (const words of ['申请2个工作日', '同意，延到2026-', '2026-03-20复查，最迟2026-04-20结束', '暂不具备办理条件']) {
    expect(zh).toContain(words);
  }
  const en = pdfText((await fileOf('dispatcher', filed.id, 'en')).bytes);
  expect(en).toContain('asked for 2 working days');
  expect(en).toContain('granted until 2026-');
  const checked = await caseAt(county, 'call_back');
  expect(sayings(pdfText((await fileOf('dispatcher', checked.id)).bytes))).toContain('通过·现场核实');
});

describe('the file of a case', () => {
  test('tells what was asked, every step, the result and the chain, in characters that can be copied', async () => {
    const filed = await caseAt(county, 'call_back');
    await county.step('dispatcher', 'notes', filed.id, { text: '内部：核对过台账。', contact: null });
    const { status, type, bytes } = await fileOf('dispatcher', filed.id);
    expect([status, type, bytes.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    const text = pdfText(bytes);
    const { body } = await county.caseOf('dispatcher', filed.id);
    for (const words of [
      filed.number,
      '园林路',
      '分派',
      '已更换灯泡，恢复照明。',
      '现场看过，路灯已亮。',
      '备注 [内部]',
    ]) {
      expect(text).toContain(words);
    }
    expect(text.replaceAll(/\s/g, '')).toContain(body.chain.head);
    expect(bytes.length).toBeLessThan(600_000);
  });

  test('never holds who asked, and is recorded', async () => {
    const filed = await county.file('dispatcher', { requester: { name: '示例人名', phone: '13712340000' } });
    const text = pdfText((await fileOf('dispatcher', filed.id)).bytes);
    expect(text).toContain(filed.number);
    expect(text).not.toMatch(/示例人名|示\*|1371234|137\*/);
    const looked = await county.call('auditor', 'GET', `/api/audit/entries?targetId=${filed.id}`);
    const actions = looked.body.items.map((entry: { action: string }) => entry.action);
    expect(actions).toContain('case-file.read');
  });

  test('is for those who see the case', async () => {
    const filed = await county.file('dispatcher');
    expect((await fileOf('otherDispatcher', filed.id)).status).toBe(404);
  });

  test('speaks English when asked', async () => {
    const filed = await county.file('dispatcher');
    const text = pdfText((await fileOf('dispatcher', filed.id, 'en')).bytes);
    expect(text).toContain('How to check this file');
    expect(text).not.toContain('办理经过');
  });
});

test('long words flow over pages, each of which names the case and its part', async () => {
  const printed: Printed = {
    number: '20260310-000001-1',
    title: '很长的事',
    heading: '事项档案',
    facts: [['地点', '园林社区']],
    asked: { heading: '反映的内容', text: '这一段很长。'.repeat(900) },
    steps: {
      heading: '办理经过',
      internalMark: '内部',
      rows: Array.from({ length: 60 }, (_, index) => ({
        at: '2026-03-10 09:30',
        what: `第${index}步`,
        who: '示例单位',
        details: [],
        words: ['说明。'.repeat(20)],
        internal: false,
      })),
    },
    photos: { heading: '照片', images: [], left: null },
    chain: { heading: '怎样核对', lines: ['链'] },
    continued: '（续）',
    foot: '脚注',
    page: (at, of) => `第${at}页共${of}页`,
  };
  const doc = await drawCaseFile(printed, 'zh-CN');
  const parts: Buffer[] = [];
  for await (const part of doc) parts.push(part as Buffer);
  const file = Buffer.concat(parts);
  const pages = pdfPages(file);
  const text = pdfText(file);
  expect(pages).toBeGreaterThan(6);
  // Every page but the first and those that a part begins says what it goes on with.
  expect(text.split('（续）').length - 1).toBeGreaterThanOrEqual(pages - 3);
  expect(text).toContain('20260310-000001-1 · 办理经过 （续）');
  for (const step of [0, 30, 59]) expect(text).toContain(`第${step}步`);
  expect(text).toContain(`第${pages}页共${pages}页`);
});
