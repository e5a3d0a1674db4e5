import { useRef, useState } from 'react';
import { randomKey } from '../../../platform/web/keys.ts';
import type { ChosenCase, EachResult } from '../../cases/contract.ts';

/** As many as one request takes. */
const BATCH = 20;

export type Line = ChosenCase & { readonly number: string; readonly title: string; readonly result: EachResult | null };
type Batch = { readonly key: string; readonly cases: readonly ChosenCase[] };
export type Send = (cases: readonly ChosenCase[], idempotencyKey: string) => Promise<readonly EachResult[]>;

/**
 * Sends cases twenty at a time, one batch after the other, each under a key of its own: what was sent and not answered
 * is sent again under the same key and cannot be done twice. It can be stopped between batches, and gone on with.
 */
export function useBatches(send: Send, chosen: readonly Omit<Line, 'result'>[]) {
  const [lines, setLines] = useState<readonly Line[]>(() => chosen.map((one) => ({ ...one, result: null })));
  const [state, setState] = useState<'ready' | 'running' | 'stopping'>('ready');
  const [error, setError] = useState<unknown>(null);
  const waiting = useRef<Batch[]>([]);
  const stopped = useRef(false);

  const run = async () => {
    stopped.current = false;
    setError(null);
    setState('running');
    try {
      for (let batch = waiting.current[0]; batch && !stopped.current; batch = waiting.current[0]) {
        const results = new Map((await send(batch.cases, batch.key)).map((result) => [result.id, result]));
        waiting.current.shift();
        setLines((last) => last.map((line) => ({ ...line, result: results.get(line.id) ?? line.result })));
      }
    } catch (caught) {
      setError(caught);
    } finally {
      setState('ready');
    }
  };
  const start = (cases: readonly ChosenCase[]) => {
    const plain = cases.map(({ id, expectedVersion }) => ({ id, expectedVersion }));
    for (let at = 0; at < plain.length; at += BATCH) {
      waiting.current.push({ key: randomKey(), cases: plain.slice(at, at + BATCH) });
    }
    return run();
  };
  return {
    lines,
    state,
    error,
    begin: () => start(lines),
    goOn: run,
    stop: () => {
      stopped.current = true;
      setState('stopping');
    },
    /** Whoever read why asks for it once more, on the case as it is now. */
    retry: () => {
      const again = lines.filter(isRetried);
      setLines((last) => last.map((line) => (isRetried(line) ? { ...line, result: null } : line)));
      return start(
        again.map(({ id, expectedVersion, result }) => ({ id, expectedVersion: result?.version ?? expectedVersion })),
      );
    },
  };
}

/** Refused, and still there to be asked for again. */
export function isRetried({ result }: Line): boolean {
  return result !== null && !result.done && result.version !== null;
}
