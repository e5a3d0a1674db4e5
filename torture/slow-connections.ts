import { startPlatform } from '../e2e/support/platform-process.ts';
import { slowConnections as hold } from '../src/platform/testing/slow-connections.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';

const CONNECTIONS = 300;
const WITHIN_SECONDS = 25;

/** Connections that dawdle in five ways; each must be closed in time while normal requests go on. */
export async function slowConnections(run: Run): Promise<Outcome> {
  // All of it comes from one address, whose limit would end the attack before it began.
  const environment = { GONGZHI_RATE_LIMITS: 'false' };
  const dataDir = await run.demoFolder();
  const platform = await startPlatform({ demo: true, dataDir, removeDataDir: true, environment });
  const failures = new Failures();
  try {
    const connections = run.rounds ?? CONNECTIONS;
    const { ways, normal } = await hold({ url: platform.url, connections, withinSeconds: WITHIN_SECONDS });
    const counts: Record<string, string> = {};
    for (const [way, { opened, closed, slowest }] of Object.entries(ways)) {
      counts[`slow ${way}`] = `${closed} of ${opened} closed, the last after ${slowest.toFixed(1)} s`;
      if (closed < opened) failures.add(`slow ${way} stayed open`, `${opened - closed} after ${WITHIN_SECONDS} s`);
    }
    counts['normal requests meanwhile'] = `${normal.asked}, the slowest ${normal.slowestMs} ms`;
    if (normal.failed > 0) failures.add('normal requests failed', `${normal.failed} of ${normal.asked}`);
    return { counts, failures: failures.list() };
  } finally {
    await platform.stop();
  }
}
