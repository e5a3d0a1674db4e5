import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { failureOf, SQLSTATE, sqlState } from './errors.ts';
import type { Begun } from './transaction.ts';

const PAUSE_MS = 100;

/**
 * Whether the server is away. One that restarts or hands over is back within moments: who asks meanwhile waits a little
 * instead of being sent away. When it stays away longer, nobody waits any more, until it is seen again: a crowd of waiting
 * requests would only be in its way.
 */
export class Absence {
  readonly #patience: number;
  #since: number | null = null;

  constructor(patience: number) {
    this.#patience = patience;
  }

  seen(): void {
    this.#since = null;
  }

  /** Returns when it is time to try again; throws `reason` when it says something else, or all patience is spent. */
  async wait(reason: unknown): Promise<void> {
    if (failureOf(reason) !== 'away') throw reason;
    this.#since ??= performance.now();
    if (performance.now() - this.#since > this.#patience) throw reason;
    await delay(PAUSE_MS);
  }
}

/** The connection of one transaction: takes one from the pool, another when that one turns out to be dead, and gives it back. */
export class PatientDoor {
  readonly #pool: pg.Pool;
  readonly #absence: Absence;
  readonly #begin: (client: pg.PoolClient) => Promise<unknown>;
  #client: pg.PoolClient | null = null;
  #lost: Error | undefined;
  readonly #onError = (error: Error) => {
    this.#lost = error;
  };

  constructor(pool: pg.Pool, absence: Absence, begin: (client: pg.PoolClient) => Promise<unknown>) {
    this.#pool = pool;
    this.#absence = absence;
    this.#begin = begin;
  }

  /** A connection on which BEGIN was sent. Throws what the server or the network said last. */
  async open(): Promise<Begun> {
    for (;;) {
      try {
        const client = await this.#pool.connect();
        client.on('error', this.#onError);
        this.#client = client;
        const begun = this.#begin(client);
        begun.then(
          () => this.#absence.seen(),
          () => undefined,
        );
        return { client, begun };
      } catch (error) {
        await this.#absence.wait(error);
      }
    }
  }

  /** Another one, after BEGIN failed on the former: one that died while it rested is only noticed then. */
  async openAgain(reason: unknown): Promise<Begun> {
    this.close(reason as Error);
    // The COMMIT before it was cancelled; another connection knows nothing of that.
    if (sqlState(reason) !== SQLSTATE.inFailedTransaction) await this.#absence.wait(reason);
    return this.open();
  }

  /**
   * Gives the connection back behind a last statement that nobody waits for: who takes it next sends after it, often in the
   * same packet. Should it fail, the next one's BEGIN finds that out and goes elsewhere.
   */
  closeBehind(last: Promise<unknown>): void {
    last.catch(() => undefined);
    this.close();
  }

  /** Gives it back; one that failed is thrown away, since what state it is in cannot be known. */
  close(unfit?: Error): void {
    const client = this.#client;
    if (client === null) return;
    this.#client = null;
    client.off('error', this.#onError);
    const lost = this.#lost ?? unfit;
    this.#lost = undefined;
    client.release(lost);
  }
}
