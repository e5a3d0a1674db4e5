import { setTimeout as wait } from 'node:timers/promises';
import { type Figure, target } from '../figure.ts';
import type { Shot } from '../load.ts';
import { type Scenario, send, type Stage } from '../stage.ts';
import { measureReads } from './reads.ts';
import { places } from './shots.ts';

/** Counts by state and area of the whole county, a town, and along classes, channels and days. */
export const counts: Scenario = {
  name: 'counts',
  async run(stage) {
    const { towns } = await places(stage);
    const ask = (query: string): Shot => ({ method: 'GET', path: `/api/statistics/counts?${query}` });
    const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
    const figure = await measureReads(stage, {
      scenario: 'counts',
      what: 'counts by state and area',
      username: 'dispatcher',
      shots: [
        ask('by=area'),
        ask(`by=area&area=${towns[3]}`),
        ...['class', 'channel', 'day'].map((by) => ask(`by=${by}&from=${day(31)}&to=${day(1)}`)),
        ask(`by=area&from=${day(7)}&to=${day(1)}`),
      ],
      main: /statistics\.(cell|contribution)/,
      target: ({ p99 }) => target(['p99 ≤ 20 ms', p99 <= 20]),
    });
    const began = performance.now();
    await stage.client.query(
      `SELECT left(area_code, 9), state, count(*) FROM cases.case_file WHERE tenant_id = $1 GROUP BY 1, 2`,
      [stage.tenant],
    );
    const recount = `counted over all cases instead: ${Math.round(performance.now() - began)} ms`;
    return [{ ...figure, notes: [...(figure.notes ?? []), recount] }] satisfies Figure[];
  },
};

/** Below this it is over before its rate could be taken. */
const WORTH_TIMING = 50_000;

/**
 * Waits until the cases made by COPY, of which no event told, are in the counts: it would run beside whatever is measured.
 * How fast that went is a figure of its own where there are enough of them.
 */
export async function awaitFirstCount(stage: Stage): Promise<Figure[]> {
  const cookie = await stage.cookieOf('dispatcher');
  const began = performance.now();
  let before = -1;
  for (let told = -1, moved = began; ; ) {
    const { body } = await send(stage, cookie, { method: 'GET', path: '/api/statistics/counts?by=none' });
    const { complete, counted } = body as { complete: boolean; counted: number };
    if (before < 0) before = counted;
    if (complete) return firstCountFigure(stage, counted - before, (performance.now() - began) / 1000);
    if (counted > told) {
      stage.say(`  counted ${counted.toLocaleString('en')} of ${stage.size.cases.toLocaleString('en')}`);
      [told, moved] = [counted, performance.now()];
    }
    if (performance.now() - moved > 120_000) throw new Error('the first count does not go on');
    await wait(Math.min(5000, Math.max(500, stage.size.cases / 100)));
  }
}

function firstCountFigure(stage: Stage, cases: number, seconds: number): Figure[] {
  if (cases < WORTH_TIMING) return [];
  const value = cases / seconds;
  return [
    {
      scenario: 'counts',
      what: 'first count of the cases that were there',
      size: stage.size.name,
      value,
      unit: 'cases/s',
      target: target(['≥ 10,000 cases/s', value >= 10_000]),
    },
  ];
}
