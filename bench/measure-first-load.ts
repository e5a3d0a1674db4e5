import { launchBrowser } from '../src/platform/testing/browser.ts';
import { readArguments } from '../src/platform/config/config.ts';

/**
 * `node bench/measure-first-load.ts --url http://127.0.0.1:8080 [--runs 7] [--cpu 4]`: how long a first visit takes on a slow phone, until
 * the page can be read and its first link answers. Chromium with an empty cache; its processor is slowed down `cpu` times
 * and its network is held to 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, by its own tools.
 */
const { flags } = readArguments(process.argv.slice(2), ['url', 'runs', 'cpu']);
const base = flags.get('url') ?? 'http://127.0.0.1:8080';
const runs = Number(flags.get('runs') ?? 7);
const rate = Number(flags.get('cpu') ?? 4);
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

const browser = await launchBrowser();
const usable: number[] = [];
const painted: number[] = [];
let bytes = 0;
for (let run = 0; run < runs; run++) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', NETWORK);
  await tools.send('Emulation.setCPUThrottlingRate', { rate });
  let loaded = 0;
  tools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    loaded += encodedDataLength;
  });
  await page.goto(`${base}/`, { waitUntil: 'commit' });
  // Drawn by the application and there to be touched: the way to a report of one's own.
  await page.locator('a[href="/report"]').first().waitFor();
  const times = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { now: performance.now(), paint };
  });
  usable.push(times.now);
  painted.push(times.paint);
  bytes = loaded;
  await context.close();
}
await browser.close();
const middle = (all: readonly number[]) => Math.round(all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0);
console.log(`${runs} first visits, processor ${rate} times slower, 1.6 Mbit/s, 150 ms`);
console.log(
  `first words after ${middle(painted)} ms, usable after ${middle(usable)} ms (middle; ${Math.round(Math.min(...usable))} to ${Math.round(Math.max(...usable))})`,
);
console.log(`${Math.round(bytes / 1000)} kB over the wire until then`);
