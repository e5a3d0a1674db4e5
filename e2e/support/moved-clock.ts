import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { startWorkers } from '../../src/compose.ts';
import { page } from '../../src/platform/testing/browser.ts';
import { type CastName, signIn } from '../../src/testing/cast.ts';
import { type County, testCounty } from '../../src/testing/county.ts';
import { buildWeb, WEB_FOLDER } from '../../src/web/build.ts';

/** A county whose offices work in real browsers while the test moves its clock; timers and outbox run by themselves. */
export type Office = {
  readonly county: County;
  /** Somebody of the cast at his desk, signed in now. */
  at(browser: Browser, who: CastName, path: string): Promise<Page>;
  close(): Promise<void>;
};

export async function openOffice(): Promise<Office> {
  await buildWeb();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const county = await testCounty({
    environment: { GONGZHI_PORT: String(port), GONGZHI_BASE_URL: url },
    webFolder: WEB_FOLDER,
  });
  await county.server.listen({ host: '127.0.0.1', port });
  const workers = startWorkers(county.app, county.data.appUrl);
  return {
    county,
    async at(browser, who, path) {
      const screen = await page(browser, { baseUrl: url });
      // A session of this very moment: one from before the clock was moved may have ended.
      const [name = '', ...value] = (await signIn(county.app, who)).split('; ')[0]?.split('=') ?? [];
      await screen.context().addCookies([{ name, value: value.join('='), url }]);
      await screen.goto(path);
      return screen;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await county.close();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
