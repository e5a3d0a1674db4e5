import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { phoneProblems } from './support/layout.ts';
import { officer, press, sees } from './support/people.ts';
import { walkAsOneWay } from './support/one-way.ts';
import type { Platform } from './support/platform-process.ts';

// Five chosen in a search: somebody else was faster with one of them, the others go. Then what leaves the platform.
const WORD = '批量示例';
let platform: Platform;
let browser: Browser;
let screen: Page;
const ids: string[] = [];

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
  screen = await officer(browser, platform, 'dispatcher');
  const posts = await (await screen.request.get('/api/my/posts')).json();
  const areaCode: string = posts.items[0].scope[0].code;
  for (let at = 1; at <= 5; at += 1) {
    const body = `${WORD}：路口第${at}盏路灯不亮。`;
    const filed = await sent('/api/cases', {
      ...{ title: `${WORD}路灯${at}`, body, classCode: '1101', channel: 'phone', anonymous: true },
      place: { areaCode, text: `路口${at}` },
    });
    ids.push(String(filed.id));
  }
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

walkAsOneWay(() => browser);

async function sent(path: string, data: object): Promise<Record<string, unknown>> {
  const answer = await screen.request.post(path, { data, headers: { origin: platform.url } });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

const SEARCH = `/office/search?q=${encodeURIComponent(WORD)}`;

describe('many cases at once', () => {
  test('five are chosen by keyboard and dispatched; one that changed meanwhile is refused, and says why', async () => {
    await screen.goto(SEARCH);
    await press(screen, '选择多件');
    await screen.getByRole('checkbox', { name: /^选中列出的/ }).focus();
    await screen.keyboard.press('Space');
    await sees(screen, '已选 5 件');
    await expectNoAxeViolations(screen);
    await sent(`/api/cases/${ids[2]}/notes`, { expectedVersion: 1, text: '有人先看过了。' });
    await press(screen, '分派');
    const form = screen.getByRole('dialog', { name: '分派 5 件' });
    await form.getByRole('button', { name: '分派 5 件' }).click();
    await sees(screen, '办成 4 件，没有办成 1 件');
    const refused = screen.getByRole('listitem').filter({ hasText: '没有办成' });
    expect(await refused.innerText()).toMatch(/路灯3[\s\S]*新的进展/);
    await expectNoAxeViolations(screen);
  });

  test('whoever has read why tries the refused one again on the case as it is now', async () => {
    await press(screen, '重试没办成的 1 件');
    await sees(screen, '办成 5 件');
    await screen.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
    await sees(screen, '已选 0 件');
    const states = await Promise.all(
      ids.map(async (id) => (await (await screen.request.get(`/api/cases/${id}`)).json()).state),
    );
    expect(states).toEqual(Array(5).fill('dispatched'));
  });

  test('the whole list leaves as a table that the server wrote, and says that this is recorded', async () => {
    await press(screen, '结束选择');
    const saved = screen.waitForEvent('download');
    await press(screen, '导出这张表');
    const table = await readFile(await (await saved).path(), 'utf8');
    await sees(screen, '已导出 5 件，不含反映人身份；导出已记录在案。');
    expect(table.trim().split('\r\n')).toHaveLength(6);
    expect(table).toContain(`${WORD}路灯3`);
  });

  test('on a phone they are chosen by touch and printed without who asked', async () => {
    const phone = await officer(browser, platform, 'dispatcher', { path: SEARCH, width: 390 });
    await press(phone, '选择多件');
    await phone.getByRole('checkbox', { name: /^选中“批量示例路灯1/ }).check();
    await phone.getByRole('checkbox', { name: /^选中“批量示例路灯2/ }).check();
    await sees(phone, '已选 2 件');
    expect(await phoneProblems(phone)).toEqual([]);
    await expectNoAxeViolations(phone);
    await press(phone, '打印');
    const sheets = phone.getByRole('dialog', { name: '打印 2 件' });
    await sees(sheets, `${WORD}：路口第1盏路灯不亮。`);
    expect(await phoneProblems(phone)).toEqual([]);
    await expectNoAxeViolations(phone);
    await phone.emulateMedia({ media: 'print' });
    expect(await phone.locator('#office').isVisible()).toBe(false);
    expect(await sheets.getByText(`${WORD}路灯2`).first().isVisible()).toBe(true);
    await phone.context().close();
  });

  test('chosen in a queue with the arrows, and merged on the screen of mergers', async () => {
    await screen.goto('/office/queues/all');
    await press(screen, '选择多件');
    const boxes = screen.locator('.choose-row input');
    await boxes.first().focus();
    await screen.keyboard.press('Space');
    await screen.keyboard.press('Shift+ArrowDown');
    await screen.keyboard.press('Shift+ArrowDown');
    await sees(screen, '已选 3 件');
    await press(screen, '并案');
    await screen.getByRole('heading', { level: 1 }).waitFor();
    expect(new URL(screen.url()).pathname).toMatch(/\/merge$/);
    await expectNoAxeViolations(screen);
  });
});
