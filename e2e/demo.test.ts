import { describe, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, page } from '../src/platform/testing/browser.ts';
import { saidWhileLoading, startDemo } from './support/demo.ts';
import { signIn } from './support/sign-in.ts';

describe('the demo', () => {
  test('plays every story to its end', { timeout: 400_000 }, async () => {
    const said = await saidWhileLoading();
    expect(said).toMatch(/demo: \d+ invented requests/);
    expect(said).not.toContain('stopped early');
  });

  test('has an account for every role, each of which can sign in', { timeout: 400_000 }, async () => {
    const platform = await startDemo();
    onTestFinished(async () => void (await platform.stop()));
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    expect(platform.accounts.length).toBeGreaterThanOrEqual(9);
    for (const account of platform.accounts) {
      const screen = await page(browser, { baseUrl: platform.url });
      await signIn(screen, account);
      const me = await screen.request.get('/api/auth/me');
      expect(((await me.json()) as { user: { username: string } }).user.username).toBe(account.username);
      await screen.context().close();
    }
  });
});
