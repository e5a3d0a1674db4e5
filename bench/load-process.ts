import autocannon from 'autocannon';
import { type Load, type LoadResult, numbered, type Shot } from './load.ts';

/** The platform ends a connection after 10,000 requests and says so before; this generator does not listen to that. */
const RECONNECT_AFTER = 5000;

/** Sends the requests of one run from a process of its own, so that their cost is nobody else's. */
process.once('message', (load: Load) => {
  fire(load).then((result) => process.send?.(result, () => process.disconnect()));
});

function fire(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const seconds = load.seconds;
  const began = performance.now();
  let sent = 0;
  let lastAt = began;
  const spent = () => load.once && sent > load.shots.length;
  const take = (): Shot => {
    const shot = load.shots[sent % load.shots.length];
    sent++;
    if (!shot) throw new Error('nothing to send');
    return numbered(shot, sent);
  };
  return new Promise((resolve, reject) => {
    const run = autocannon(
      {
        url: load.url,
        connections: load.connections,
        duration: seconds,
        timeout: 60,
        reconnectRate: RECONNECT_AFTER,
        requests: [{ setupRequest: (request) => ({ ...request, ...parts(load, take()) }) }],
      },
      (error, result) => {
        if (error) reject(error);
        else resolve({ latencies, statuses, errors: result.errors, seconds: (lastAt - began) / 1000 });
      },
    );
    run.on('response', (_client, status, _bytes, milliseconds) => {
      // autocannon looks at the clock once a second; what comes after the end is not counted, nor what is sent twice.
      if (performance.now() > began + seconds * 1000) return;
      if (spent()) return run.stop();
      lastAt = performance.now();
      statuses[status] = (statuses[status] ?? 0) + 1;
      latencies.push(milliseconds);
    });
  });
}

function parts(load: Load, { method, path, headers, body }: Shot) {
  return { method, path, headers: { ...load.headers, ...headers }, ...(body === undefined ? {} : { body }) };
}
