import type { Actor } from '../auth/actor.ts';
import type { Database, ReadTx } from './database.ts';

type Piece = {
  /** Runs the piece; answers how to tell its caller, so that nobody is told before the transaction is done with. */
  readonly run: (tx: ReadTx) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
};

/** Two, so that one that dawdles does not hold up everybody. */
const AT_ONCE = 2;
const MOST_TOGETHER = 64;

/**
 * Small reads of one actor that may share a transaction: those that come while others run wait for it and then go
 * together, with one BEGIN and one COMMIT. Nobody waits when few are before him, and the more come, the less each costs.
 */
export function readTogether(database: Pick<Database, 'read'>, actor: Actor) {
  const waiting: Piece[] = [];
  let running = 0;

  async function run(): Promise<void> {
    running += 1;
    while (waiting.length > 0) await readGroup(waiting.splice(0, MOST_TOGETHER));
    running -= 1;
  }

  async function readGroup(group: readonly Piece[]): Promise<void> {
    try {
      const outcomes = await database.read(actor, (tx) => Promise.allSettled(group.map((piece) => piece.run(tx))));
      for (const [at, outcome] of outcomes.entries()) {
        const piece = group[at] as Piece;
        if (outcome.status === 'fulfilled') outcome.value();
        else if (group.length === 1) piece.fail(outcome.reason);
        // A statement that fails takes the transaction of the others with it.
        else await readGroup([piece]);
      }
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  }

  return <T>(work: (tx: ReadTx) => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ run: (tx) => work(tx).then((value) => () => resolve(value)), fail: reject });
      if (running < AT_ONCE) void run();
    });
}
