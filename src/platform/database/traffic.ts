import type pg from 'pg';

/**
 * What this process asks of its database servers, since it began. A trip is one wait: statements sent while others of the
 * same connection are on their way share its.
 */
export type Traffic = { statements: number; trips: number };

const traffic: Traffic = { statements: 0, trips: 0 };
let nobodyWaits = false;

/** Sends what nobody waits for, which is no trip. */
export function withoutWaiting<T>(send: () => T): T {
  nobodyWaits = true;
  try {
    return send();
  } finally {
    nobodyWaits = false;
  }
}

export function trafficNow(): Readonly<Traffic> {
  return { ...traffic };
}

type Corked = { readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } } };

/** What is sent over a connection until all that is ready to run has run leaves in one packet. */
export function gather(client: pg.PoolClient): void {
  const stream = (client as unknown as Corked).connection?.stream;
  stream?.cork?.();
  process.nextTick(() => stream?.uncork?.());
}

/** Counts what goes over the connections of a pool. */
export function countTraffic(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    let running = 0;
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown> | undefined;
    const done = () => {
      running -= 1;
    };
    client.query = ((...args: unknown[]) => {
      traffic.statements += 1;
      // What comes behind it on the same connection waits for itself.
      if (nobodyWaits) return query(...args);
      if (running === 0) traffic.trips += 1;
      running += 1;
      const callback = args.at(-1);
      if (typeof callback === 'function') {
        return query(...args.slice(0, -1), (...answer: unknown[]) => {
          done();
          callback(...answer);
        });
      }
      const answer = query(...args);
      answer?.then(done, done);
      return answer;
    }) as typeof client.query;
  });
}
