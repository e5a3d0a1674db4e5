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
