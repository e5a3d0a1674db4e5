import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, page } from '../src/platform/testing/browser.ts';
import { axeViolations } from './support/axe.ts';

// What the other browser tests stand on: that there is a browser, and that it shows what a person's would.
let browser: Browser;
let baseUrl: string;
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end('<!doctype html><html lang="zh"><title>page</title><main><h1>text</h1><img src="x.png"></main></html>');
});

beforeAll(async () => {
  browser = await launchBrowser();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await browser?.close();
  server.close();
});

describe('the browser of the tests', () => {
  test('draws WebGL2, which the maps need', async () => {
    const screen = await page(browser, { baseUrl });
    const version = await screen.evaluate(() => {
      const context = document.createElement('canvas').getContext('webgl2');
      return context?.getParameter(context.VERSION) as string | undefined;
    });
    expect(version).toContain('WebGL 2.0');
  });

  test('draws every Chinese character as its own glyph, rare names of villages too', async () => {
    const screen = await page(browser, { baseUrl });
    const pictures = await screen.evaluate(() => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.font = '40px system-ui, sans-serif';
      return [...'共治麻城塆垸畈\u{10ffff}'].map((letter) => {
        context.clearRect(0, 0, canvas.width, canvas.height);
        context.fillText(letter, 20, 60);
        return canvas.toDataURL();
      });
    });
    // The last is no character and draws the box that stands for a missing glyph.
    expect(new Set(pictures).size).toBe(pictures.length);
  });

  test('lets no request leave the platform', async () => {
    const asked = new Set<string>();
    server.on('request', (request) => asked.add(request.headers.host ?? ''));
    const screen = await page(browser, { baseUrl });
    await screen.goto('/');
    const elsewhere = baseUrl.replace('127.0.0.1', 'localhost'); // the same server under a foreign name
    await screen.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => null), elsewhere);
    expect([...asked]).toEqual([new URL(baseUrl).host]);
  });

  test('is a phone at 390 px', async () => {
    const screen = await page(browser, { baseUrl, width: 390, locale: 'en' });
    await screen.goto('/');
    const device = await screen.evaluate(() => ({ touch: navigator.maxTouchPoints > 0, language: navigator.language }));
    expect(device).toEqual({ touch: true, language: 'en' });
  });

  test('has axe find a picture without words', async () => {
    const screen = await page(browser, { baseUrl });
    await screen.goto('/');
    expect(await axeViolations(screen)).toEqual([expect.stringContaining('image-alt')]);
  });
});
