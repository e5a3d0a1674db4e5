import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Locale } from '../src/platform/i18n/texts.ts';
import { launchBrowser, type Width } from '../src/platform/testing/browser.ts';
import { expectNoAxeViolations } from './support/axe.ts';
import { startDemo } from './support/demo.ts';
import { officer, person } from './support/people.ts';
import { takePicturesOfFailure } from './support/pictures.ts';
import type { Platform } from './support/platform-process.ts';
import { bareKeys, gatherData, leftInChinese } from './support/words.ts';

/** Where; whose screen it is, nobody's when left out. `{case}` is a case that the person sees. */
const SCREENS: readonly [path: string, username?: string][] = [
  ['/'],
  ['/report'],
  ['/track'],
  ['/cases'],
  ['/grid'],
  ['/office/sign-in'],
  ['/office/queues/to_dispatch', 'dispatcher'],
  ['/office/cases/{case}', 'dispatcher'],
  ['/office/mine', 'grid-worker'],
  ['/office/organisations', 'administrator'],
  ['/office/catalogue', 'administrator'],
  ['/office/dispatch-list', 'administrator'],
  ['/office/areas', 'administrator'],
];

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

async function open(path: string, username: string | undefined, width: Width, locale: Locale) {
  const device = { width, locale };
  const screen = await (username === undefined
    ? person(browser, platform, device)
    : officer(browser, platform, username, { ...device, path: '/office/password' }));
  const data = gatherData(screen);
  await screen.goto(path.includes('{case}') ? path.replace('{case}', await firstCase(screen)) : path);
  await screen.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await screen.waitForLoadState('networkidle');
  return { screen, data };
}

async function firstCase(screen: Page): Promise<string> {
  const answer = await screen.request.get('/api/cases?limit=1');
  return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
}

test('the checks find Chinese that is no data, Chinese that has its English, and a key without its text', async () => {
  const { screen, data } = await open('/office/organisations', 'administrator', 1440, 'en');
  const known = await data();
  const translated =
    [...known.translated].find((word) => /^\p{Script=Han}+$/u.test(word) && !known.plain.has(word)) ?? '';
  await screen.evaluate(
    (words) => document.querySelector('main')?.append(...words),
    ['<这里没有翻译>', `<${translated}>`, '<cases.ui.no_text>'],
  );
  expect(await leftInChinese(screen, known)).toEqual(['这里没有翻译', translated]);
  expect(await bareKeys(screen)).toEqual(['cases.ui.no_text']);
  await screen.context().close();
});

describe.each(SCREENS)('%s', (path, username) => {
  test('speaks English but for what people wrote and places are called', async () => {
    const { screen, data } = await open(path, username, 1440, 'en');
    expect(await leftInChinese(screen, await data())).toEqual([]);
    expect(await bareKeys(screen)).toEqual([]);
    await expectNoAxeViolations(screen);
    await screen.context().close();
  });

  test('has every text in Chinese, on a phone', async () => {
    const { screen } = await open(path, username, 390, 'zh-CN');
    expect(await bareKeys(screen)).toEqual([]);
    expect(await screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectNoAxeViolations(screen);
    await screen.context().close();
  });
});

describe('large print', () => {
  const size = (screen: Page) => screen.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));

  test.each(['/', '/office/sign-in'])('%s: works, and stays', async (path) => {
    const screen = await person(browser, platform, { width: 390 });
    await screen.goto(path);
    const before = await size(screen);
    await screen.getByRole('button', { name: /^大字/ }).click();
    await expect.poll(() => size(screen)).toBeCloseTo(before * 1.35, 0);
    await screen.reload();
    await screen.getByRole('button', { name: /^大字/, pressed: true }).waitFor();
    expect(await size(screen)).toBeCloseTo(before * 1.35, 0);
    expect(await screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectNoAxeViolations(screen);
    await screen.context().close();
  });
});
