import { useCallback, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';

type Page<T> = { readonly items: readonly T[]; readonly next: string | null };
export type Pages<T> = {
  readonly items: readonly T[] | undefined;
  readonly more: (() => void) | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

/** A list that grows page by page by its cursor; starts anew when `subject` or the language changes. */
export function usePages<T>(subject: string, load: (after: string | undefined) => Promise<Page<T>>): Pages<T> {
  const { locale } = useTexts();
  const [items, setItems] = useState<readonly T[]>();
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const [error, setError] = useState<unknown>();
  const latest = useRef(load);
  latest.current = load;
  const turn = useRef(0);

  const fetchPage = useCallback((after: string | undefined) => {
    const mine = after === undefined ? ++turn.current : turn.current;
    setBusy(true);
    setError(undefined);
    latest.current(after).then(
      (page) => {
        if (mine !== turn.current) return;
        setItems((last) => (after === undefined ? page.items : [...(last ?? []), ...page.items]));
        setNext(page.next);
        setBusy(false);
      },
      (problem: unknown) => {
        if (mine !== turn.current) return;
        setError(problem);
        setBusy(false);
      },
    );
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject or language starts the list anew.
  useEffect(() => {
    setItems(undefined);
    setNext(null);
    fetchPage(undefined);
  }, [subject, locale, fetchPage]);

  return {
    items,
    more: next === null ? null : () => fetchPage(next),
    busy,
    error,
    retry: () => fetchPage(items === undefined ? undefined : (next ?? undefined)),
  };
}
