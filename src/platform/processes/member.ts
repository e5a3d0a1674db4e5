import cluster from 'node:cluster';
import { MEMBER_NUMBER, type ToKeeper, type ToMember } from './words.ts';

/** This process as one of several behind a port. */
export type Member = {
  readonly number: number;
  /** Settles with the reason when it is to stop. */
  readonly stopAsked: Promise<string>;
  listening(port: number): void;
  /** Gives this process's numbers when another is asked for those of all. */
  giveMetrics(read: () => Promise<object>): void;
  /** The numbers of all processes. */
  allMetrics(): Promise<readonly object[]>;
  /** Nothing more is said; the process may end. */
  leave(): void;
};

const PATIENCE_MS = 8000;

/** Null when this process stands alone, or keeps others. */
export function joinMembers(): Member | null {
  if (!cluster.isWorker) return null;
  const stop = Promise.withResolvers<string>();
  const waiting = new Map<string, (metrics: readonly object[]) => void>();
  let read: (() => Promise<object>) | null = null;
  process.on('message', (word: ToMember) => {
    if (word.say === 'stop') stop.resolve('told to');
    if (word.say === 'all_metrics') waiting.get(word.question)?.(word.metrics);
    if (word.say === 'give_metrics') void answer(word.question, read);
  });
  // A Ctrl-C goes to the whole group; the process that keeps us says when it is our turn to stop.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('SIGTERM', () => stop.resolve('SIGTERM'));
  return {
    number: Number(process.env[MEMBER_NUMBER] ?? 1),
    stopAsked: stop.promise,
    listening: (port) => tell({ say: 'listening', port }),
    giveMetrics(given) {
      read = given;
    },
    async allMetrics() {
      const question = crypto.randomUUID();
      const answered = new Promise<readonly object[]>((resolve, reject) => {
        waiting.set(question, resolve);
        setTimeout(() => reject(new Error('the numbers of all processes did not come')), PATIENCE_MS).unref();
      });
      tell({ say: 'ask_metrics', question });
      try {
        return await answered;
      } finally {
        waiting.delete(question);
      }
    },
    leave() {
      if (process.connected) process.disconnect();
    },
  };
}

async function answer(question: string, read: (() => Promise<object>) | null): Promise<void> {
  tell({ say: 'metrics', question, metrics: read === null ? [] : await read().catch(() => []) });
}

function tell(word: ToKeeper): void {
  // The one that keeps us may be gone at any moment.
  process.send?.(word, undefined, undefined, () => undefined);
}
