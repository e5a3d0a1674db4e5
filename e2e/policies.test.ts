import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../src/platform/testing/browser.ts';
import { SCREENS } from '../checks/screens.ts';
import { startDemo } from './support/demo.ts';
import { officer, person } from './support/people.ts';
import type { Platform } from './support/platform-process.ts';

let platform: Platform;
let browser: Browser;
beforeAll(async () => {
  platform = await startDemo();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const ACCOUNTS = [...new Set(SCREENS.map(({ account }) => account))];

test.each(ACCOUNTS)('the screens of %s keep to the content policy', async (account) => {
  const username = platform.accounts.find((one) => account !== undefined && one.username.includes(account))?.username;
  const screen = username
    ? await officer(browser, platform, username, { path: '/office/' })
    : await person(browser, platform);
  const keptOut: string[] = [];
  await screen.exposeFunction('toldOf', (what: string) => keptOut.push(`${screen.url()}: ${what}`));
  await screen.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { toldOf: (what: string) => void }).toldOf(`${violatedDirective} ${blockedURI}`);
    });
  });
  const paths = SCREENS.filter((one) => one.account === account && !one.path.includes('{')).map(({ path }) => path);
  for (const path of paths) {
    await screen.goto(path);
    await screen.locator('h1').first().waitFor();
    await screen.waitForLoadState('networkidle');
  }
  expect(keptOut).toEqual([]);
  await screen.context().close();
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
