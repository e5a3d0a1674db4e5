import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { Locale } from '../i18n/texts.ts';
import { browserFiles } from './browser-files.ts';

/** The two widths every screen is looked at: a phone and a desktop. */
export type Width = 390 | 1440;

export type PageOptions = {
  readonly baseUrl: string;
  readonly width?: Width;
  readonly locale?: Locale;
};

/**
 * Starts Chromium for tests. Never answers "not here": where no browser can be had it throws and says what to do.
 * The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const files = browserFiles();
  const env: Record<string, string> = { FONTCONFIG_FILE: files.fontConfig };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  if (files.libraries) env['LD_LIBRARY_PATH'] = files.libraries;
  return chromium.launch({
    executablePath: files.executable,
    headless: true,
    // The sandbox needs kernel rights that root and most containers lack; only our own pages on loopback are opened.
    chromiumSandbox: false,
    args: [
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The map needs WebGL2; drawn by the processor, so that a machine without a graphics card does.
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
    env,
  });
}

/**
 * Opens a fresh, signed-out page as one person's device: 390 px is a touch phone, 1440 px a desktop.
 * Closing the page's context ends the session; requests that leave the platform's own address are refused.
 */
export async function page(browser: Browser, options: PageOptions): Promise<Page> {
  const phone = options.width === 390;
  const context = await browser.newContext({
    baseURL: options.baseUrl,
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    hasTouch: phone,
    isMobile: phone,
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const own = new URL(options.baseUrl).origin;
  await context.route(
    (url) => /^(https?|wss?):$/.test(url.protocol) && url.origin.replace(/^ws/, 'http') !== own,
    (request) => request.abort('blockedbyclient'),
  );
  context.on('console', (message) => {
    // Whatever a test is about: a page whose script, style, font or picture the policy kept out is broken. Failing
    // outside of the test also catches what happens between its steps.
    if (!isKeptOut(message.text())) return;
    void Promise.reject(new Error(`the content policy was broken on ${message.location().url}: ${message.text()}`));
  });
  return context.newPage();
}

/** Requests to elsewhere are left out: a test makes some to see that they do not get through. */
function isKeptOut(text: string): boolean {
  return /Content Security Policy/i.test(text) && !/connect-src|Connecting to/.test(text);
}
