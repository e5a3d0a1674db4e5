import type { Figure } from '../figure.ts';
import { fire, type Shot } from '../load.ts';
import { besidePlainRoutes } from '../plain-route.ts';
import { overhear, settle, type Stage } from '../stage.ts';
import { costOf, usageOf, workerMegabytes } from '../usage.ts';
import { alone } from './plans.ts';
import { headersOf } from './shots.ts';

export type Reading = {
  readonly scenario: string;
  readonly what: string;
  readonly username: string;
  readonly shots: readonly Shot[];
  /** What finds the statement whose time alone is told. */
  readonly main: RegExp;
  readonly target: (found: { ratio: number; p50: number; p99: number; trips: number }) => Figure['target'];
};

/**
 * Reads over HTTP beside a bare Fastify route that sends the database the very same statements, and beside the main one of
 * them alone. Rates with several connections at once; p50 and p99 with one, so that they tell of the request and not of the queue.
 */
export async function measureReads(stage: Stage, reading: Reading): Promise<Figure> {
  const clients = stage.connections ?? 16;
  const { shots } = reading;
  const headers = await headersOf(stage, reading.username);
  const load = { url: stage.platform.url, connections: clients, headers, shots, once: false };
  await fire({ ...load, seconds: 2 });
  await settle(stage);
  const heard = await overhear(stage, headers.cookie ?? '', shots, shots);
  const main = await alone(stage, heard, reading.main);
  const sequences = heard.map(({ trips }) => trips);
  const plain = await besidePlainRoutes({ url: stage.addresses.app, sequences }, async (url) => {
    const plainLoad = {
      ...load,
      url,
      headers: {},
      shots: shots.map((_, at): Shot => ({ method: 'GET', path: `/plain/${at}` })),
    };
    await fire({ ...plainLoad, seconds: 2 });
    const run = async () => fire({ ...plainLoad, seconds: Math.max(2, stage.seconds / 2) });
    const first = await run();
    const before = await usageOf(stage.platform.pid, stage.client);
    const rate = await fire({ ...load, seconds: stage.seconds });
    const after = await usageOf(stage.platform.pid, stage.client);
    const memory = workerMegabytes(stage.platform.pid);
    const second = await run();
    if (first.errors + second.errors > 0) throw new Error(`the bare route answered ${JSON.stringify(first.statuses)}`);
    const single = await fire({ ...load, connections: 1, seconds: Math.max(2, stage.seconds / 2) });
    const singlePlain = await fire({ ...plainLoad, connections: 1, seconds: Math.max(2, stage.seconds / 4) });
    return {
      floor: (first.perSecond + second.perSecond) / 2,
      rate,
      single,
      singlePlain,
      memory,
      cost: costOf(before, after, rate.done),
    };
  });
  const { rate, single, floor } = plain;
  const trips = Math.max(...heard.map((one) => one.trips.length));
  const { wal: _, ...cost } = plain.cost as { wal?: number };
  return {
    scenario: reading.scenario,
    what: `${reading.what}, ${clients} connections`,
    size: stage.size.name,
    value: rate.perSecond,
    unit: 'pages/s',
    p50: single.p50,
    p99: single.p99,
    floor: { what: 'bare Fastify route, same statements', value: floor, p50: plain.singlePlain.p50 },
    target: reading.target({ ratio: rate.perSecond / floor, p50: single.p50, p99: single.p99, trips }),
    ...cost,
    memory: plain.memory,
    statements: Math.max(...heard.map((one) => one.statements)),
    roundTrips: trips,
    errors: rate.errors,
    notes: [
      `the main statement alone: ${main.told}`,
      `with ${clients} connections p50 ${rate.p50.toFixed(1)} ms, p99 ${rate.p99.toFixed(1)} ms`,
      ...main.faults,
      ...(rate.errors > 0 ? [`answers: ${JSON.stringify(rate.statuses)}`] : []),
    ],
  };
}
