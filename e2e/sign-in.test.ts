import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { totpCode, totpStep } from '../src/platform/auth/totp.ts';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { officer, person, sees } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';

// What keeps others out, in the browser: second factors, fresh proofs, and sessions that end. Passkeys want a name, not
// an address, so this demo is reached as localhost.
let platform: Platform;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach((context) => takePicturesOfFailure(() => browser, context.task.name));
afterAll(() => browser?.close());

/** A demo for the tests of one description. */
function ownPlatform(environment: Readonly<Record<string, string>>): void {
  beforeAll(async () => {
    platform = await startDemo(environment, 'localhost');
  });
  afterAll(async () => {
    await platform?.stop();
  });
}

const password = () => platform.accounts[0]?.password ?? '';

/** A phone's lock in software, which says yes to everything. */
async function withDevice(screen: Page): Promise<CDPSession> {
  const client = await screen.context().newCDPSession(screen);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return client;
}

describe('signing in', () => {
  ownPlatform({});

  test('with an authenticator app: set up by its code, asked for afterwards, recovery codes instead', async () => {
    const screen = await officer(browser, platform, 'evaluator', { path: '/office/safety' });
    await sees(screen, '这是演示系统，不要求第二步验证');
    await screen.getByRole('button', { name: '设置验证器应用' }).click();
    const setup = screen.getByRole('dialog', { name: '设置验证器应用' });
    await setup.getByRole('img', { name: '验证器应用的二维码' }).waitFor();
    expect(await setup.locator('svg').count()).toBeGreaterThan(0);
    await expectNoAxeViolations(screen);
    const secret = (await setup.locator('.app-secret code').innerText()).replaceAll(/\s/g, '');
    await setup.getByLabel('验证器应用里的 6 位数字').fill(totpCode(secret, totpStep(new Date())));
    await setup.getByRole('button', { name: '确认并启用' }).click();
    const codes = screen.getByRole('dialog', { name: '请保存恢复码' });
    await codes.waitFor();
    const [recovery = ''] = await codes.locator('li code').allInnerTexts();
    await expectNoAxeViolations(screen);
    await codes.getByRole('button', { name: '我已经保存好了' }).click();
    await sees(screen, '还有 10 个没用过');
    await screen.context().close();

    const again = await person(browser, platform);
    await again.goto('/office/sign-in');
    await again.getByLabel('用户名').fill('evaluator');
    await again.getByLabel('密码', { exact: true }).fill(password());
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await again.getByRole('heading', { name: '第二步验证' }).waitFor();
    await expectNoAxeViolations(again);
    await again.getByLabel('验证器应用里的 6 位数字').fill('000000');
    await again.getByRole('button', { name: '验证', exact: true }).click();
    await sees(again, '验证码不对，或已经用过');
    await again.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
    await again.getByLabel('恢复码', { exact: true }).fill(recovery);
    await again.getByRole('button', { name: '验证', exact: true }).click();
    await again.getByRole('navigation', { name: '主导航' }).waitFor();
    await again.context().close();
  });

  test('with a passkey: made on this device, then without a password', async () => {
    const screen = await officer(browser, platform, 'supervisor', { path: '/office/safety' });
    await withDevice(screen);
    await screen.getByRole('button', { name: '添加通行密钥' }).click();
    const setup = screen.getByRole('dialog', { name: '添加通行密钥' });
    await setup.getByLabel('给它起个名字').fill('办公室电脑');
    await setup.getByRole('button', { name: '添加通行密钥' }).click();
    const codes = screen.getByRole('dialog', { name: '请保存恢复码' });
    await codes.getByRole('button', { name: '我已经保存好了' }).click();
    await sees(screen, '办公室电脑');
    await screen.getByRole('button', { name: '个人菜单' }).click();
    await screen.getByRole('button', { name: '退出登录' }).click();
    await screen.getByRole('button', { name: '用通行密钥登录' }).click();
    await screen.getByRole('navigation', { name: '主导航' }).waitFor();
    await screen.context().close();
  });
});

// Side by side, each at a desk of its own: nearly all of it is waiting for time to pass.
describe.concurrent('an abandoned desk', () => {
  ownPlatform({ GONGZHI_PROOF_SECONDS: '30', GONGZHI_SESSION_IDLE_MINUTES: '1' });

  test('must prove who sits there before personal data is shown, then goes on by itself', async () => {
    const screen = await officer(browser, platform, 'dispatcher');
    const { items } = await (await screen.request.get('/api/cases?limit=20')).json();
    await screen.goto(`/office/cases/${items[0].id}`);
    const show = screen.getByRole('button', { name: '查看身份' });
    await show.waitFor();
    // The proof given by signing in is over.
    await screen.waitForTimeout(31_000);
    await show.click();
    const reason = screen.getByRole('dialog', { name: /的反映人身份/ });
    await reason.getByLabel('理由').fill('联系反映人核实地点');
    await reason.getByRole('button', { name: '查看身份' }).click();
    const asked = screen.getByRole('dialog', { name: '请确认是您本人' });
    await asked.getByLabel('密码', { exact: true }).fill('not the password');
    await asked.getByRole('button', { name: '确认' }).click();
    await sees(asked, '没有对上');
    await expectNoAxeViolations(screen);
    await asked.getByLabel('密码', { exact: true }).fill(password());
    await asked.getByRole('button', { name: '确认' }).click();
    await reason.waitFor({ state: 'hidden' });
    await sees(screen, /199 ?0000 ?\d{4}/);
    await screen.context().close();
  });

  test('is asked whether somebody is there, and who is goes on', async () => {
    const screen = await officer(browser, platform, 'verifier');
    const idle = screen.getByRole('dialog', { name: '要继续吗？' });
    await idle.waitFor({ timeout: 90_000 });
    await expectNoAxeViolations(screen);
    await idle.getByRole('button', { name: '继续登录' }).click();
    await idle.waitFor({ state: 'hidden' });
    const { status } = await screen.evaluate(() => fetch('/api/auth/me').then(({ status }) => ({ status })));
    expect(status).toBe(200);
    await screen.context().close();
  });

  test('is locked when nobody answers, and what was written stays', async () => {
    const screen = await officer(browser, platform, 'community-worker', { path: '/office/new' });
    const words = screen.getByLabel('情况', { exact: true });
    await words.fill('东门路灯不亮，晚上走路不方便。');
    const locked = screen.getByRole('dialog', { name: '请重新登录' });
    await locked.waitFor({ timeout: 120_000 });
    await expectNoAxeViolations(screen);
    await locked.getByLabel('密码', { exact: true }).fill(password());
    await locked.getByRole('button', { name: '登录并继续' }).click();
    await locked.waitFor({ state: 'hidden' });
    expect(await words.inputValue()).toBe('东门路灯不亮，晚上走路不方便。');
    await screen.context().close();
  });
});
