import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { totpCode, totpStep } from '../src/platform/auth/totp.ts';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { person, sees } from './support/people.ts';
import { walkAsOneWay } from './support/one-way.ts';
import { type Platform, startPlatform } from './support/platform-process.ts';

// A bare installation: from the link in the terminal to a dispatcher at his queue. The tests are the parts of one way.
const PASSWORD = 'a long enough password 2026';

let platform: Platform;
let browser: Browser;
let administrator: Page;
let dispatcherLink = '';

beforeAll(async () => {
  platform = await startPlatform();
  browser = await launchBrowser();
});

walkAsOneWay(() => browser);

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

/** The platform is ready a moment before it says so. */
async function terminalLink(): Promise<string> {
  const find = () => /https?:\/\/\S+\/office\/\S+#\S+/.exec(platform.output())?.[0] ?? '';
  await expect.poll(find, { timeout: 30_000 }).not.toBe('');
  return find();
}

/** Opens a one-time link, sets a password and signs in with it. */
async function enter(link: string): Promise<Page> {
  const screen = await person(browser, platform);
  await screen.goto(link);
  await screen.getByLabel('新密码', { exact: true }).fill(PASSWORD);
  await screen.getByLabel('再输一遍新密码').fill(PASSWORD);
  await screen.getByRole('button', { name: '保存新密码' }).click();
  await sees(screen, '密码已设好');
  await screen.getByRole('button', { name: '登录' }).click();
  await screen.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await screen.getByRole('button', { name: '登录', exact: true }).click();
  await protect(screen);
  await screen.getByRole('navigation', { name: '主导航' }).waitFor();
  return screen;
}

/** Sets up an authenticator app, as a post wants it that sees personal data or manages rights. */
async function protect(screen: Page): Promise<void> {
  await screen.getByRole('heading', { name: '先设置第二步验证' }).waitFor();
  await screen.getByRole('button', { name: '设置验证器应用' }).click();
  const setup = screen.getByRole('dialog', { name: '设置验证器应用' });
  const secret = (await setup.locator('.app-secret code').innerText()).replaceAll(/\s/g, '');
  await setup.getByLabel('验证器应用里的 6 位数字').fill(totpCode(secret, totpStep(new Date())));
  await setup.getByRole('button', { name: '确认并启用' }).click();
  await screen.getByRole('button', { name: '我已经保存好了' }).click();
}

/** Types into a field of the dialog that offers what it finds, and takes the offer of this name. */
async function choose(screen: Page, label: string, words: string, offer: string): Promise<void> {
  const field = screen.getByRole('dialog').getByRole('combobox', { name: label });
  await field.click();
  if (words !== '') await field.fill(words);
  await screen
    .locator('.ant-select-item-option, .ant-select-tree-node-content-wrapper')
    .filter({ hasText: offer, visible: true })
    .first()
    .click();
}

describe('a bare installation', () => {
  test('shows no demo account', async () => {
    const visitor = await person(browser, platform);
    await visitor.goto('/office/');
    await visitor.getByRole('heading', { name: '登录' }).waitFor();
    await visitor.waitForLoadState('networkidle');
    expect(await visitor.getByText('演示账号').count()).toBe(0);
    expect((await visitor.request.get('/api/demo/accounts')).ok()).toBe(false);
    await visitor.context().close();
  });

  test('lets the first administrator in by the link in the terminal, once', async () => {
    const link = await terminalLink();
    administrator = await enter(link);
    const again = await person(browser, platform);
    await again.goto(link);
    await again.getByRole('alert').waitFor();
    expect(await again.getByLabel('新密码', { exact: true }).count()).toBe(0);
    await again.context().close();
  });

  test('lets him add a dispatcher’s account and take the link for him', async () => {
    await administrator.getByRole('link', { name: '账号' }).click();
    await administrator.getByRole('button', { name: '添加账号' }).click();
    const dialog = administrator.getByRole('dialog', { name: '添加账号' });
    await dialog.getByLabel('用户名').fill('li.diaodu');
    await dialog.getByLabel('姓名').fill('李调度');
    await dialog.getByRole('button', { name: '添加账号' }).click();
    const made = administrator.getByRole('dialog', { name: '设置密码链接' });
    dispatcherLink = await made.getByText(/^https?:\/\//).innerText();
    await made
      .getByRole('button', { name: /关闭|Close/ })
      .first()
      .click();
    await made.waitFor({ state: 'hidden' });
  });

  test('lets him give the post', async () => {
    await administrator.getByRole('link', { name: '岗位与网格员' }).click();
    await administrator.getByRole('button', { name: '设立岗位' }).click();
    await choose(administrator, '单位', '麻城市社会治理中心', '麻城市社会治理中心');
    await choose(administrator, '人员', '李调度', '李调度');
    await choose(administrator, '角色', '', '调度员');
    await choose(administrator, '管辖范围', '麻城市', '麻城市');
    await administrator.keyboard.press('Escape');
    await administrator.getByRole('dialog').getByRole('button', { name: '设立岗位' }).click();
    await sees(administrator, '岗位已设立');
  });

  test('lets the dispatcher in by his link, to his queues', async () => {
    const dispatcher = await enter(dispatcherLink);
    await sees(dispatcher, '没有等着分派的事项。新来的会自动出现在这里。');
    expect(await dispatcher.getByRole('link', { name: '账号' }).count()).toBe(0);
  });

  test('lets the last administrator in again who lost every second factor', async () => {
    const words = ['bin/gongzhi.mjs', 'reset-second-factor', 'admin', '--link', '--data', platform.dataDir];
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: join(import.meta.dirname, '..') });
    expect(stdout).toContain('admin has no second factor any more');
    await enter(/https?:\/\/\S+\/office\/\S+#\S+/.exec(stdout)?.[0].replace(/^https?:\/\/[^/]+/, platform.url) ?? '');
  });
});
