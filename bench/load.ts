import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { percentile } from './figure.ts';

/** One request as it goes on the line. `{n}` in it becomes a number of its own each time it is sent, with eight digits. */
export type Shot = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Load = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in turn, over and over, or each once. */
  readonly shots: readonly Shot[];
  /** Whether the run ends when all were sent: what is filed once cannot be filed again. */
  readonly once: boolean;
};

export type LoadResult = {
  readonly latencies: readonly number[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: number;
  readonly seconds: number;
};

export type Rate = {
  /** Answers below 300. */
  readonly done: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Other answers, and none at all. */
  readonly errors: number;
  readonly statuses: LoadResult['statuses'];
};

const PROCESS = fileURLToPath(new URL('./load-process.ts', import.meta.url));

/** Sends a load from a process of its own and says what came back. */
export async function fire(load: Load): Promise<Rate> {
  const child = fork(PROCESS, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  const answered = new Promise<LoadResult>((resolve, reject) => {
    child.once('message', (result) => resolve(result as LoadResult));
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
  });
  child.send(load);
  return rateOf(await answered);
}

export function rateOf(result: LoadResult): Rate {
  const sorted = result.latencies.toSorted((one, other) => one - other);
  const done = Object.entries(result.statuses).reduce((sum, [status, n]) => sum + (Number(status) < 300 ? n : 0), 0);
  return {
    done,
    perSecond: done / result.seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    errors: sorted.length - done + result.errors,
    statuses: result.statuses,
  };
}

/** The request with its number in place. */
export function numbered(shot: Shot, number: number): Shot {
  const digits = String(number).padStart(8, '0');
  const fillIn = (text: string) => text.replaceAll('{n}', digits);
  const headers = Object.entries(shot.headers ?? {}).map(([name, value]) => [name, fillIn(value)]);
  return {
    ...shot,
    path: fillIn(shot.path),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(shot.body === undefined ? {} : { body: fillIn(shot.body) }),
  };
}
