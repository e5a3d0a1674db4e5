import autocannon from 'autocannon';
import type { Load, LoadResult, Shot } from './load.ts';

/** Sends the requests of one run from a process of its own, so that their cost is nobody else's. */
process.once('message', (load: Load) => {
  void fire(load).then((result) => process.send?.(result, () => process.disconnect()));
});

async function fire(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  let spent = false;
  const take = (): Shot => {
    if (load.once && next >= load.shots.length) spent = true;
    const shot = load.shots[next++ % load.shots.length];
    if (!shot) throw new Error('nothing to send');
    return shot;
  };
  const instance = autocannon({
    url: load.url,
    connections: load.connections,
    ...(load.seconds === null ? { amount: load.shots.length } : { duration: load.seconds }),
    timeout: 60,
    requests: [
      {
        setupRequest: (request) => {
          const { method, path, headers, body } = take();
          return {
            ...request,
            method,
            path,
            headers: { ...load.headers, ...headers },
            ...(body === undefined ? {} : { body }),
          };
        },
      },
    ],
  });
  const began = performance.now();
  instance.on('response', (_client, status, _bytes, milliseconds) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    latencies.push(milliseconds);
    if (spent) (instance as unknown as { stop(): void }).stop();
  });
  const result = await instance;
  const seconds = (performance.now() - began) / 1000;
  return {
    latencies,
    statuses,
    errors: result.errors + result.timeouts,
    seconds: Math.min(seconds, result.duration || seconds),
  };
}
