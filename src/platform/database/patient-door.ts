import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { failureOf } from './errors.ts';

const PAUSE_MS = 100;

/**
 * Connections for transactions. A server that restarts or hands over is back within moments: who asks meanwhile waits a
 * little instead of being sent away. When it stays away longer, nobody waits any more, until it is seen again: a crowd of
 * waiting requests would only be in its way.
 */
export class PatientDoor {
  readonly #pool: pg.Pool;
  readonly #patience: number;
  #awaySince: number | null = null;

  constructor(pool: pg.Pool, patience: number) {
    this.#pool = pool;
    this.#patience = patience;
  }

  /**
   * A connection on which `begin` was answered; one that died while it rested is only noticed then. Throws what the server
   * or the network said last.
   */
  async enter(begin: string): Promise<pg.PoolClient> {
    for (;;) {
      try {
        const client = await this.#begun(begin);
        this.#awaySince = null;
        return client;
      } catch (error) {
        if (failureOf(error) !== 'away') throw error;
        this.#awaySince ??= performance.now();
        if (performance.now() - this.#awaySince > this.#patience) throw error;
        await delay(PAUSE_MS);
      }
    }
  }

  async #begun(begin: string): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    const ignore = () => undefined;
    client.on('error', ignore);
    try {
      await client.query(begin);
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    } finally {
      client.off('error', ignore);
    }
  }
}
