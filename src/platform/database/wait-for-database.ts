import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { failureOf } from './errors.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

export type Waiting = {
  /** Called once, when the server is not there. */
  readonly away: (reason: string) => Promise<void>;
  readonly stopped: AbortSignal;
};

/**
 * Waits until a server lets us in, as long as it takes. A server that is there and says no, for a wrong password or a
 * database that does not exist, throws at once: waiting would not help. Answers whether it had to wait.
 */
export async function waitForDatabase(url: string, { away, stopped }: Waiting): Promise<boolean> {
  for (let pause = FIRST_PAUSE_MS, turn = 0; ; turn++, pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const error = await tryOnce(url);
    if (error === null) return turn > 0;
    if (failureOf(error) !== 'away') throw error;
    if (turn === 0) await away((error as NodeJS.ErrnoException).code ?? (error as Error).message);
    await delay(pause, undefined, { signal: stopped });
  }
}

/** The error of one try to connect, or null when it succeeded. */
async function tryOnce(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
