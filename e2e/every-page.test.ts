import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SCREENS } from '../checks/screens.ts';
import { launchBrowser, page } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';
import { signIn } from './support/sign-in.ts';

// What every page does to a visitor's device and to the network, whoever he is.
let platform: Platform;
let browser: Browser;

beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
});
beforeEach((context) => takePicturesOfFailure(() => browser, context.task.name));
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

let open: BrowserContext[] = [];
afterEach(async () => {
  await Promise.all(open.map((context) => context.close()));
  open = [];
});

/** A device whose every request is written down before anything can keep it back. */
async function watched(width: 390 | 1440 = 1440) {
  const shown = await page(browser, { baseUrl: platform.url, width });
  const context = shown.context();
  open.push(context);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  return { shown, context, elsewhere: () => asked.filter((url) => !isOwn(url)), count: () => asked.length };
}

function isOwn(url: string): boolean {
  return /^(data|blob|about):/.test(url) || new URL(url).origin === new URL(platform.url).origin;
}

const plain = SCREENS.filter(({ path }) => !path.includes('{'));
const portal = plain.filter(({ path }) => !path.startsWith('/office'));

describe('before anybody signs in', () => {
  test('no page of the portal keeps a cookie', async () => {
    expect(portal.length).toBeGreaterThan(8);
    const { shown, context } = await watched(390);
    for (const { path } of portal) {
      await shown.goto(path);
      await shown.getByRole('heading', { level: 1 }).waitFor();
      expect(await context.cookies(), path).toEqual([]);
      expect(await shown.evaluate(() => document.cookie), path).toBe('');
    }
  });
});

describe('every page', () => {
  const VISITORS = 'visitors';
  const owners = [...new Set(plain.map(({ account }) => account ?? VISITORS))];

  test.each(owners)('of %s asks nobody else for anything and keeps to the content policy', async (owner) => {
    const { shown, elsewhere, count } = await watched();
    const keptOut: string[] = [];
    await shown.exposeFunction('toldOf', (what: string) => keptOut.push(`${shown.url()}: ${what}`));
    await shown.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        (window as unknown as { toldOf: (what: string) => void }).toldOf(`${violatedDirective} ${blockedURI}`);
      });
    });
    const account = platform.accounts.find(({ username }) => username.includes(owner));
    if (owner !== VISITORS && !account) throw new Error(`no account ${owner}`);
    if (account) await signIn(shown, account);
    const paths = plain.filter((screen) => (screen.account ?? VISITORS) === owner).map(({ path }) => path);
    for (const path of paths) {
      await shown.goto(path);
      await shown.getByRole('heading', { level: 1 }).first().waitFor();
    }
    await shown.waitForLoadState('networkidle');
    expect(count()).toBeGreaterThan(paths.length);
    expect(elsewhere()).toEqual([]);
    expect(keptOut).toEqual([]);
  });

  test('and one that did would be heard', async () => {
    // The policy of our pages keeps requests from leaving at all; without it this listener must hear them.
    const context = await browser.newContext({ baseURL: platform.url, bypassCSP: true });
    open.push(context);
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const shown = await context.newPage();
    await shown.goto('/');
    await shown.evaluate(() => fetch('http://127.0.0.2:9/hit').catch(() => undefined));
    expect(asked.filter((url) => !isOwn(url))).toEqual(['http://127.0.0.2:9/hit']);
  });

  test('a style and a script that came in as text do nothing', async () => {
    // Not a page that watches for what is kept out: here it is meant to be.
    const context = await browser.newContext({ baseURL: platform.url });
    const screen = await context.newPage();
    await screen.goto('/office/sign-in');
    await screen.locator('h1').first().waitFor();
    const outcome = await screen.evaluate(() => {
      const box = document.createElement('div');
      box.innerHTML =
        '<style>body{outline:7px solid red}</style><b style="position:fixed">x</b><img src=x onerror="window.ran=1">';
      document.body.append(box);
      return new Promise<unknown>((resolve) =>
        setTimeout(() => {
          const bold = box.querySelector('b');
          resolve([
            getComputedStyle(document.body).outlineWidth === '7px',
            bold && getComputedStyle(bold).position,
            'ran' in window,
          ]);
        }, 500),
      );
    });
    expect(outcome).toEqual([false, 'static', false]);
    await screen.context().close();
  });
});

describe('one’s own data', () => {
  test('shows who looked, takes a request to correct, and hands out a copy', async () => {
    const { shown } = await watched(390);
    const filed = await shown.request.post('/api/public/cases', {
      data: {
        text: '小区东门的垃圾桶满了两天没人收。',
        classCode: null,
        place: { kind: 'unknown', detail: '小区东门' },
        name: '示例甲',
        phone: '13900010002',
        anonymous: false,
        publishConsent: true,
        fileIds: [],
      },
    });
    const { number, queryCode } = (await filed.json()) as { number: string; queryCode: string };
    await shown.goto('/track');
    await shown.getByLabel('编号').fill(number);
    await shown.getByLabel('查询码').fill(queryCode);
    await shown
      .getByRole('button', { name: /查|打开/ })
      .first()
      .click();
    await shown.getByRole('heading', { level: 1, name: number }).waitFor();
    await shown.getByRole('button', { name: /我的信息/ }).click();
    await shown.getByText('还没有人看过您的姓名和电话。').waitFor();
    await shown.getByText('整理后公开').waitFor();
    await expectNoAxeViolations(shown);
    await shown.getByLabel(/姓名改为/).fill('示例乙');
    await shown.getByRole('button', { name: '提出申请' }).click();
    await shown.getByText(/更正 · 办理中/).waitFor();
    await shown.getByRole('link', { name: '看或下载关于我的全部信息' }).click();
    await shown.getByRole('heading', { level: 1, name: '关于我的全部信息' }).waitFor();
    await shown.getByText('示**').waitFor();
    await expectNoAxeViolations(shown);
    const download = shown.waitForEvent('download');
    await shown.getByRole('button', { name: /下载/ }).click();
    expect((await download).suggestedFilename()).toBe('my-data.json');
  });
});
