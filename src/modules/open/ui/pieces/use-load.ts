import { useCallback, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';

export type Loaded<T> = {
  /** The latest answer; stays while it is read again, so that nothing jumps. */
  readonly value: T | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  readonly reload: () => void;
};

/**
 * Reads something when a screen opens, when `subject` changes (the old answer is dropped) and when the language
 * changes (the old answer stays until the new one is here). A null subject reads nothing.
 */
export function useLoad<T>(subject: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const { locale } = useTexts();
  const [state, setState] = useState<{ subject: string | null; value?: T; error?: unknown; busy: boolean }>({
    subject,
    busy: subject !== null,
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: language and turn ask for the same thing once more.
  useEffect(() => {
    if (subject === null) return;
    const stop = new AbortController();
    setState((last) => (last.subject === subject ? { ...last, busy: true } : { subject, busy: true }));
    latest.current(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setState({ subject, value, busy: false });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setState((last) => ({ ...last, error, busy: false }));
      },
    );
    return () => stop.abort();
  }, [subject, locale, turn]);

  const reload = useCallback(() => setTurn((last) => last + 1), []);
  const current = state.subject === subject;
  return {
    value: current ? state.value : undefined,
    error: current ? state.error : undefined,
    busy: current ? state.busy : subject !== null,
    reload,
  };
}
