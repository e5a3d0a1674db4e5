import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Figure, percentile, target } from '../figure.ts';
import type { Shot } from '../load.ts';
import { type Scenario, settle } from '../stage.ts';
import { costOf, usageOf, workerMegabytes } from '../usage.ts';
import { filings, headersOf } from './shots.ts';

export type Listeners = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly cookie: string; readonly count: number; readonly concerned: boolean }[];
  readonly shots: readonly Shot[];
  readonly perSecond: number;
  readonly seconds: number;
};

export type ListenersResult = {
  /** Milliseconds from the answer to a filing until a page it concerns was told. */
  readonly delays: readonly number[];
  readonly filed: number;
  readonly failed: number;
  readonly seconds: number;
  /** Pages that were told of what is none of theirs, and that were not told. */
  readonly strangers: number;
  readonly missed: number;
};

const PROCESS = fileURLToPath(new URL('../listeners-process.ts', import.meta.url));
const CONCERNED = 10;
const OTHERS = 990;
const PER_SECOND = 200;

/** A thousand open pages; of each filing ten of them, the dispatcher's, are to be told. */
export const listeners: Scenario = {
  name: 'listeners',
  async run(stage) {
    const headers = await headersOf(stage, 'dispatcher');
    const plan: Listeners = {
      url: stage.platform.url,
      headers,
      groups: [
        { cookie: headers['cookie'] ?? '', count: CONCERNED, concerned: true },
        { cookie: await stage.cookieOf('handler'), count: OTHERS, concerned: false },
      ],
      shots: await filings(stage, 1000),
      perSecond: PER_SECOND,
      seconds: stage.seconds,
    };
    await settle(stage);
    const before = await usageOf(stage.platform.pid, stage.client);
    const child = fork(PROCESS, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
    const result = await new Promise<ListenersResult>((resolve, reject) => {
      child.once('message', (told) => resolve(told as ListenersResult));
      child.once('exit', (code) => reject(new Error(`the listeners ended with ${code}`)));
      child.send(plan);
    });
    const after = await usageOf(stage.platform.pid, stage.client);
    const delays = result.delays.toSorted((one, other) => one - other);
    const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)];
    const perSecond = result.filed / result.seconds;
    const whole = result.missed === 0 && result.strangers === 0;
    return [
      {
        scenario: 'listeners',
        what: `events told to ${CONCERNED} of ${CONCERNED + OTHERS} open pages`,
        size: stage.size.name,
        value: perSecond,
        unit: 'events/s',
        p50,
        p99,
        target: target(
          [`${PER_SECOND} events/s`, perSecond >= PER_SECOND * 0.97],
          ['p99 ≤ 500 ms', delays.length > 0 && p99 <= 500],
          ['each told to whom it concerns', whole],
        ),
        ...costOf(before, after, result.filed),
        memory: workerMegabytes(stage.platform.pid),
        errors: result.failed,
        notes: [`${result.missed} not told, ${result.strangers} told to others, ${result.failed} not filed`],
      },
    ] satisfies Figure[];
  },
};
