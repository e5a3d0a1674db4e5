import { describeError } from './database/describe-error.ts';
import type { Log } from './log.ts';

/** Work that is looked for again and again. */
export type Worker = {
  /** Looks now rather than at the next turn. */
  readonly wake: () => void;
  /** Lets the piece of work at hand finish, and then stops. */
  readonly stop: () => Promise<void>;
};

export type WorkerSettings = {
  readonly name: string;
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Does what there is to do; `stopping` tells it to return early. */
  readonly run: (stopping: () => boolean) => Promise<unknown>;
  readonly log: Log;
};

/** Runs `run` at once, after each `every` milliseconds and whenever it is woken; never twice at a time. */
export function startWorker(settings: WorkerSettings): Worker {
  let stopped = false;
  let again = false;
  let failing = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  async function turn(): Promise<void> {
    do {
      again = false;
      try {
        await settings.run(() => stopped);
        if (failing) settings.log.info(`${settings.name}: works again`);
        failing = false;
      } catch (error) {
        // Said once: while the database is away every look fails.
        if (!failing) settings.log.error({ error: describeError(error) }, `${settings.name}: failed, tries again`);
        failing = true;
        again = false;
      }
    } while (again && !stopped);
  }

  function start(): void {
    if (stopped || running) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = turn().finally(() => {
      running = null;
      if (!stopped) timer = setTimeout(start, settings.every);
    });
  }

  start();
  return {
    wake: start,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Milliseconds until a failed piece of work is tried again: 5 s, doubled each time, at most an hour. */
export function backOff(attempts: number): number {
  return Math.min(5000 * 2 ** Math.max(0, attempts - 1), 3_600_000);
}
