import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pdfText } from '../src/modules/case-file/testing/pdf-text.ts';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { officer } from './support/people.ts';
import type { Platform } from './support/platform-process.ts';

let platform: Platform;
let browser: Browser;

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
}, 180_000);

/** Takes the chosen call on and records what came of it. */
async function call(screen: Page, outcome: string, more: () => Promise<unknown> = async () => undefined) {
  await screen.getByRole('button', { name: '接手这通回访' }).click();
  await screen.getByRole('radio', { name: outcome, exact: true }).check();
  await more();
  await screen.getByRole('button', { name: '登记结果' }).click();
}

test('a caller reaches nobody twice, then hears that it is not solved: it goes back to the office', async () => {
  const screen = await officer(browser, platform, 'dispatcher', { path: '/office/call-backs' });
  const rows = screen.getByRole('list', { name: '现在打' }).getByRole('button');
  const number = (await rows.first().locator('.num').textContent()) ?? '';
  await rows.first().click();
  await call(screen, '没有人接');
  await screen.getByText(/没联系上 1 次/).waitFor();
  await call(screen, '占线或关机');
  await screen.getByText(/没联系上 2 次/).waitFor();
  await call(screen, '打通了', async () => {
    await screen.getByRole('button', { name: '显示电话' }).click();
    await screen.getByRole('link', { name: /^1\d{10}$/ }).waitFor();
    await screen.getByRole('radio', { name: '没解决', exact: true }).check();
    await screen.getByRole('radio', { name: '不满意', exact: true }).check();
    await screen.getByRole('radio', { name: '退回承办单位重办' }).check();
    await screen.getByLabel('他说的、您解释的').fill('还是老样子。');
  });
  await screen.getByText('没解决，不满意').first().waitFor();
  expect(await screen.getByRole('link', { name: /^1\d{10}$/ }).count()).toBe(0);
  await expectNoAxeViolations(screen);

  await screen.getByRole('link', { name: '打开事项' }).click();
  await screen.getByText('回访后退回返工').waitFor();
  const saved = screen.waitForEvent('download');
  await screen.getByRole('link', { name: '下载 PDF' }).click();
  const file = await (await saved).path();
  const text = pdfText(await readFile(file));
  for (const words of [number, '回访', '退回返工', '怎样核对']) expect(text).toContain(words);
}, 300_000);
