import { useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { randomKey } from '../../../../platform/web/keys.ts';
import type { Progress } from '../../contract.ts';
import { problemText } from '../pieces/problem.tsx';
import { isUnsure } from '../pieces/unsure.ts';

/**
 * Sends one step on the person's own request. The key is kept while it is unknown whether the step arrived, so that a
 * second press does not do it twice.
 */
export function useStep(onDone: (next: Progress) => void) {
  const texts = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const key = useRef<string>(undefined);
  const running = useRef(false);
  const run = (send: (idempotencyKey: string) => Promise<Progress>) => {
    if (running.current) return;
    running.current = true;
    key.current ??= randomKey();
    setBusy(true);
    setProblem(undefined);
    send(key.current)
      .then(
        (next) => {
          key.current = undefined;
          onDone(next);
        },
        (error: unknown) => {
          if (!isUnsure(error)) key.current = undefined;
          setProblem(problemText(texts, error));
        },
      )
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  };
  return { busy, problem, run };
}
