import { setTimeout as wait } from 'node:timers/promises';
import { type Figure, type Point, target } from '../figure.ts';
import { fire } from '../load.ts';
import type { Scenario, Stage } from '../stage.ts';
import { costOf, databaseMegabytes, usageOf, workerMegabytes } from '../usage.ts';
import { mixedShots } from './mixed.ts';
import { headersOf } from './shots.ts';

const MOST_MEGABYTES = 400;
/** Half an hour that grows by less than this is flat. */
const MOST_GROWTH = 1.1;

/** What the largest process of the platform holds under mixed load. */
export const memory: Scenario = {
  name: 'memory',
  run: async (stage) => [await underLoad(stage, 'memory', Math.max(20, stage.seconds * 2), 1)],
};

/** The same for half an hour, looked at every half minute. Runs only when it is named. */
export const soak: Scenario = {
  name: 'soak',
  byName: true,
  run: async (stage) => [await underLoad(stage, 'soak', stage.soakMinutes * 60, 30)],
};

async function underLoad(stage: Stage, scenario: string, seconds: number, every: number): Promise<Figure> {
  const clients = stage.connections ?? 16;
  const headers = await headersOf(stage, 'dispatcher');
  const shots = await mixedShots(stage);
  const load = { url: stage.platform.url, connections: clients, headers, shots, once: false };
  await fire({ ...load, seconds: 5 });
  const curve: Point[] = [];
  let over = false;
  const began = performance.now();
  const watch = async () => {
    while (!over) {
      const point = {
        second: Math.round((performance.now() - began) / 1000),
        megabytes: workerMegabytes(stage.platform.pid) ?? 0,
      };
      curve.push(point);
      if (every >= 30) stage.say(`  ${point.second} s: ${Math.round(point.megabytes)} MB`);
      for (let slept = 0; slept < every && !over; slept++) await wait(1000);
    }
  };
  const watching = watch();
  const before = await usageOf(stage.platform.pid, stage.client);
  const rate = await fire({ ...load, seconds });
  const after = await usageOf(stage.platform.pid, stage.client);
  const database = databaseMegabytes(stage.platform.pid);
  over = true;
  await watching;
  const most = Math.max(...curve.map(({ megabytes }) => megabytes));
  // The first quarter warms up; what follows must not climb.
  const quarter = Math.floor(curve.length / 4);
  const growth = average(curve.slice(-Math.max(1, quarter))) / average(curve.slice(quarter, quarter * 2 + 1));
  return {
    scenario,
    what: `largest process, ${scenario === 'soak' ? `${Math.round(seconds / 60)} minutes` : `${seconds} s`} of mixed load`,
    size: stage.size.name,
    value: most,
    unit: 'MB resident',
    target: target(
      [`≤ ${MOST_MEGABYTES} MB`, most <= MOST_MEGABYTES],
      ...(scenario === 'soak' ? [['flat', growth <= MOST_GROWTH] as const] : []),
    ),
    p50: rate.p50,
    p99: rate.p99,
    errors: rate.errors,
    // Saving memory is no gain where it is paid for in time.
    ...costOf(before, after, rate.done),
    curve,
    notes: [
      `${Math.round(rate.perSecond)} requests/s with ${clients} connections, ${rate.errors} of ${rate.done + rate.errors} not answered well`,
      `last quarter to second quarter: ${growth.toFixed(2)}; the database holds ${Math.round(database ?? 0)} MB`,
      ...(rate.errors > 0 ? [`answers: ${JSON.stringify(rate.statuses)}`] : []),
    ],
  };
}

function average(points: readonly Point[]): number {
  return points.reduce((sum, { megabytes }) => sum + megabytes, 0) / Math.max(1, points.length);
}
