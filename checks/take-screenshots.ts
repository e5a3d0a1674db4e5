import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { axeViolations } from '../e2e/support/axe.ts';
import { type DemoAccount, startPlatform } from '../e2e/support/platform-process.ts';
import { signIn } from '../e2e/support/sign-in.ts';
import { LOCALES, type Locale } from '../src/platform/i18n/texts.ts';
import { launchBrowser, page, type Width } from '../src/platform/testing/browser.ts';
import { FIRST_OF, SCREENS, type ScreenToTake } from './screens.ts';

const FOLDER = join(import.meta.dirname, '../screenshots');
/** A page that goes on asking the server never falls silent; then it is taken as it is after this time. */
const QUIET_MS = 3000;

type Place = { readonly url: string; readonly accounts: readonly DemoAccount[] };

const { values } = parseArgs({
  options: { url: { type: 'string' }, only: { type: 'string' }, width: { type: 'string' }, lang: { type: 'string' } },
});

/** Signs in, opens the screen, takes it; answers what is wrong with it, one line each. */
async function takeScreen(browser: Browser, place: Place, screen: ScreenToTake, width: Width, locale: Locale) {
  const problems: string[] = [];
  const shown = await page(browser, { baseUrl: place.url, width, locale });
  shown.on('pageerror', (error) => problems.push(`error in the page: ${error.message}`));
  shown.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  try {
    if (screen.account) await signIn(shown, accountLike(place.accounts, screen.account));
    await shown.goto(await fillPath(shown, screen.path));
    await shown.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => undefined);
    for (const selector of screen.press ?? []) {
      await shown.locator(selector).first().click();
      await shown.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => undefined);
    }
    await growToPage(shown, width);
    const folder = join(FOLDER, locale, String(width));
    await mkdir(folder, { recursive: true });
    await shown.screenshot({ path: join(folder, `${screen.name}.png`), fullPage: true, animations: 'disabled' });
    problems.push(...(await axeViolations(shown)), ...(await layoutProblems(shown, width)));
  } catch (error) {
    problems.push(`not taken: ${(error as Error).message}`);
  } finally {
    await shown.context().close();
  }
  return problems;
}

/** Makes the window as tall as the page, so that a bar fixed to its foot covers nothing in the middle. */
async function growToPage(shown: Page, width: Width): Promise<void> {
  const height = await shown.evaluate(() => {
    // On a desktop the office scrolls inside its frame.
    const inside = [...document.querySelectorAll('main, .queue-case')].map(
      (one) => one.scrollHeight - one.clientHeight,
    );
    return Math.min(document.documentElement.scrollHeight + Math.max(0, ...inside), 8000);
  });
  const size = shown.viewportSize();
  if (size && height > size.height) await shown.setViewportSize({ width, height });
}

function accountLike(accounts: readonly DemoAccount[], part: string): DemoAccount {
  const account = accounts.find(({ username }) => username.includes(part));
  if (!account)
    throw new Error(`no demo account has "${part}" in its name: ${accounts.map((a) => a.username).join(', ')}`);
  return account;
}

async function fillPath(shown: Page, path: string): Promise<string> {
  const name = /\{(\w+)\}/.exec(path)?.[1];
  const source = name === undefined ? undefined : FIRST_OF[name];
  if (source === undefined) return path;
  const answer = await shown.request.get(source.path);
  const { items } = (await answer.json()) as { items?: Record<string, string>[] };
  const value = items?.[0]?.[source.field];
  if (value === undefined) throw new Error(`${source.path} has no item to show`);
  return path.replace(`{${name}}`, value);
}

/** What axe does not look at: a page wider than the screen, and on a phone what is too small for a thumb. */
async function layoutProblems(shown: Page, width: Width): Promise<string[]> {
  const { wide, small } = await shown.evaluate(() => {
    const controls = [...document.querySelectorAll('button, select, input:not([type=hidden]), [role=button], nav a')];
    const tooSmall = controls.flatMap((control) => {
      // A check box is pressed through its label.
      const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 30) ?? '';
      return width > 1 && height > 1 && height < 44
        ? [`${control.tagName.toLowerCase()} "${name}" ${Math.round(height)} px`]
        : [];
    });
    return { wide: document.documentElement.scrollWidth, small: [...new Set(tooSmall)] };
  });
  const problems = wide > width ? [`the page is ${wide} px wide on a screen of ${width}`] : [];
  if (width === 390) problems.push(...small.map((control) => `too small for a thumb: ${control}`));
  return problems;
}

async function takeAll(place: Place): Promise<number> {
  const browser = await launchBrowser();
  let found = 0;
  const widths = ([390, 1440] as const).filter((width) => !values.width || String(width) === values.width);
  const locales = LOCALES.filter((locale) => !values.lang || locale === values.lang);
  for (const screen of SCREENS.filter(({ name }) => name.includes(values.only ?? ''))) {
    for (const width of widths) {
      for (const locale of locales) {
        const problems = await takeScreen(browser, place, screen, width, locale);
        found += problems.length;
        console.log(`${problems.length === 0 ? '✓' : '✗'} ${screen.name} ${width} px ${locale}`);
        for (const problem of problems) console.log(`  ${problem}`);
      }
    }
  }
  await browser.close();
  return found;
}

const own = values.url ? null : await startPlatform({ demo: true });
try {
  const place: Place = own ?? { url: values.url ?? '', accounts: await demoAccounts(values.url ?? '') };
  const found = await takeAll(place);
  console.log(found === 0 ? `all is well; look at them in ${FOLDER}` : `${found} problems`);
  process.exitCode = found === 0 ? 0 : 1;
} finally {
  await own?.stop();
}

async function demoAccounts(url: string): Promise<readonly DemoAccount[]> {
  const answer = await fetch(new URL('/api/demo/accounts', url));
  return answer.ok ? ((await answer.json()) as { accounts: DemoAccount[] }).accounts : [];
}
