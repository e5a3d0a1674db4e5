import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';

// A burst of commits is told once: NOTIFY takes a lock that all sessions share.
const COLLECT_MS = 20;

/** Sends NOTIFY after commits, on a connection of its own and never inside the writing transaction. */
export class Notices {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  readonly #waiting = new Map<string, readonly [channel: string, payload: string]>();
  #timer: NodeJS.Timeout | null = null;

  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  add(channel: string, payload: string): void {
    this.#waiting.set(`${channel} ${payload}`, [channel, payload]);
    this.#timer ??= setTimeout(() => void this.#send(), COLLECT_MS);
  }

  /** Sends what still waits: a process that stops must not keep what it just did from the others. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#send();
  }

  async #send(): Promise<void> {
    this.#timer = null;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    if (all.length === 0) return;
    try {
      await this.#pool.query(
        'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS n(channel, payload)',
        [all.map(([channel]) => channel), all.map(([, payload]) => payload)],
      );
    } catch (error) {
      // Listeners also poll, so nothing is lost, only later.
      this.#log.debug({ error: (error as Error).message }, 'a notice was not sent');
    }
  }
}

export type ListenSettings = {
  readonly url: string;
  readonly channel: string;
  readonly onNotice: (payload: string) => void;
  /** Listens again after a loss: what was sent in between was not heard. */
  readonly onAgain?: () => void;
  readonly log: Log;
};

export type Listener = { readonly stop: () => Promise<void> };

/** Listens to a channel and comes back after a lost connection; notices in between are missed. */
export function listen(settings: ListenSettings): Listener {
  const stopping = new AbortController();
  const running = keepListening(settings, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function keepListening(settings: ListenSettings, stopping: AbortSignal): Promise<void> {
  let heardBefore = false;
  const listening = () => {
    if (heardBefore) settings.onAgain?.();
    heardBefore = true;
  };
  for (let failures = 0; !stopping.aborted; failures++) {
    try {
      await listenOnce(settings, stopping, listening);
      failures = 0;
    } catch (error) {
      if (failures === 0) settings.log.warn({ error: (error as Error).message }, 'the listening connection was lost');
    }
    await delay(Math.min(100 * 2 ** failures, 10_000), undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Returns when it is told to stop; throws when the connection ends otherwise. */
async function listenOnce(settings: ListenSettings, stopping: AbortSignal, listening: () => void): Promise<void> {
  const client = new pg.Client({ connectionString: settings.url, application_name: 'gongzhi listen', keepAlive: true });
  const ended = new Promise<void>((resolve, reject) => {
    client.once('error', reject);
    client.once('end', () => reject(new Error('the connection ended')));
    stopping.addEventListener('abort', () => resolve(), { once: true });
  });
  // Also settled when connecting fails first; that error is the one to tell.
  ended.catch(() => undefined);
  client.on('notification', (notice) => settings.onNotice(notice.payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${pg.escapeIdentifier(settings.channel)}`);
    listening();
    await ended;
  } finally {
    await client.end().catch(() => undefined);
  }
}
