import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { onTestFailed } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../screenshots/failed');

/** Called by a hook before each test: should it fail, every open page is taken as it was, and the report says where. */
export function takePicturesOfFailure(browser: () => Browser, name: string): void {
  onTestFailed(async () => {
    await mkdir(FOLDER, { recursive: true });
    const pages = browser()
      .contexts()
      .flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = join(FOLDER, `${name.replace(/[^\p{L}\d]+/gu, '-').slice(0, 80)}-${index + 1}.png`);
      await page.screenshot({ path }).catch(() => undefined);
      process.stderr.write(`picture of ${page.url()}: ${path}\n`);
    }
  });
}
