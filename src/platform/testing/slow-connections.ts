import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Ways to hold a connection without ever finishing. */
export const SLOW_WAYS = ['silent', 'headers', 'body', 'upload', 'read'] as const;
export type SlowWay = (typeof SLOW_WAYS)[number];

export type SlowOptions = {
  /** Where the platform listens, e.g. http://127.0.0.1:8080. */
  readonly url: string;
  /** Slow connections in all, shared among the ways. */
  readonly connections: number;
  /** Within how long each must be closed. */
  readonly withinSeconds: number;
  /** Something large that anyone may read; the slow readers ask for it many times over. */
  readonly largePath?: string;
};

export type SlowReport = {
  readonly opened: number;
  /** Of each way: how many were closed in time, and the slowest of them in seconds. */
  readonly ways: Readonly<
    Record<SlowWay, { readonly opened: number; readonly closed: number; readonly slowest: number }>
  >;
  /** Normal requests meanwhile: how many, how many failed, the slowest in milliseconds. */
  readonly normal: { readonly asked: number; readonly failed: number; readonly slowestMs: number };
};

/** Opens slow connections of every kind and asks normally beside them; answers what became of both. */
export async function slowConnections(options: SlowOptions): Promise<SlowReport> {
  const each = Math.ceil(options.connections / SLOW_WAYS.length);
  const until = performance.now() + options.withinSeconds * 1000;
  const all = SLOW_WAYS.flatMap((way) =>
    Array.from({ length: each }, () => ({ way, closed: hold(options, way, until) })),
  );
  const normal = askNormally(options.url, until, () => Promise.all(all.map(({ closed }) => closed)));
  const closed = await Promise.all(all.map(async ({ way, closed: at }) => ({ way, at: await at })));
  const ways = Object.fromEntries(
    SLOW_WAYS.map((way) => {
      const times = closed.flatMap((one) => (one.way === way && one.at !== null ? one.at : []));
      return [way, { opened: each, closed: times.length, slowest: Math.max(0, ...times) }];
    }),
  ) as SlowReport['ways'];
  return { opened: all.length, ways, normal: await normal };
}

/** One slow connection; answers after how many seconds the server closed it, null if it did not in time. */
function hold(options: SlowOptions, way: SlowWay, until: number): Promise<number | null> {
  const { hostname, port } = new URL(options.url);
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    // What is written before the connection stands would come before its beginning.
    const drip = setInterval(() => socket.connecting || dripOn(socket, way), 300);
    const finish = (at: number | null) => {
      clearInterval(drip);
      clearTimeout(late);
      socket.destroy();
      resolve(at);
    };
    const late = setTimeout(() => finish(null), until - performance.now());
    socket.on('connect', () => socket.write(beginning(way, options.largePath ?? '/api/docs/swagger-ui-bundle.js')));
    if (way !== 'read') socket.resume();
    for (const event of ['end', 'close'] as const) {
      socket.on(event, () => finish((performance.now() - started) / 1000));
    }
    socket.on('error', () => undefined);
  });
}

function beginning(way: SlowWay, large: string): string {
  switch (way) {
    case 'silent':
      return '';
    case 'headers':
      return 'GET /api/health HTTP/1.1\r\nhost: slow\r\n';
    case 'body':
      return 'POST /api/public/tracking HTTP/1.1\r\nhost: slow\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{';
    case 'upload':
      return 'POST /api/public/files HTTP/1.1\r\nhost: slow\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 500000\r\n\r\n--b\r\n';
    case 'read':
      return `GET ${large} HTTP/1.1\r\nhost: slow\r\n\r\n`.repeat(30);
  }
}

/** A little, now and then, so that no limit on silence alone is reached. */
function dripOn(socket: Socket, way: SlowWay): void {
  if (!socket.writable) return;
  switch (way) {
    case 'silent':
      return;
    case 'headers':
      socket.write('x-slow: y\r\n');
      return;
    case 'body':
    case 'upload':
      socket.write(' ');
      return;
    case 'read':
      socket.read(32);
      // Who does not read hears of the end only when he writes; between requests an empty line means nothing.
      socket.write('\r\n');
  }
}

async function askNormally(url: string, until: number, done: () => Promise<unknown>): Promise<SlowReport['normal']> {
  let over = false;
  void done().then(() => {
    over = true;
  });
  const times: number[] = [];
  let failed = 0;
  while (!over && performance.now() < until) {
    const started = performance.now();
    const ok = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(10_000) }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    times.push(performance.now() - started);
    if (!ok) failed += 1;
    await wait(100);
  }
  return { asked: times.length, failed, slowestMs: Math.round(Math.max(0, ...times)) };
}
