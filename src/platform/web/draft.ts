import { useCallback, useEffect, useRef, useState } from 'react';
import { forget, recall, remember } from './memory.ts';

type Kept<T> = { readonly version: number; readonly savedAt: string; readonly value: T };

export type Draft<T> = {
  readonly value: T;
  readonly change: (next: T | ((last: T) => T)) => void;
  /** Forgets the draft, e.g. after it was sent, and begins again. */
  readonly clear: () => void;
  /** Whether this visit began with kept words. */
  readonly restored: boolean;
  /** Whether what is shown is kept on the device; false when storage is forbidden or full. */
  readonly kept: boolean;
};

/**
 * A form's content that survives a closed phone. `version` is raised when the form's shape changes; older drafts are
 * then dropped, since half-fitting words would be worse than none. Saved 300 ms after the last key and when the page
 * is hidden.
 */
export function useDraft<T>(name: string, version: number, empty: T): Draft<T> {
  const place = `draft.${name}`;
  const [start] = useState(() => {
    const kept = recall(place) as Kept<T> | undefined;
    return kept?.version === version ? { value: kept.value, restored: true } : { value: empty, restored: false };
  });
  const [value, setValue] = useState(start.value);
  const [restored, setRestored] = useState(start.restored);
  const [kept, setKept] = useState(start.restored);
  const latest = useRef({ value, dirty: false });
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(() => {
    if (!latest.current.dirty) return;
    latest.current.dirty = false;
    setKept(remember(place, { version, savedAt: new Date().toISOString(), value: latest.current.value }));
  }, [place, version]);

  useEffect(() => {
    document.addEventListener('visibilitychange', save);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(waiting.current);
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [save]);

  const change = useCallback(
    (next: T | ((last: T) => T)) => {
      const after = typeof next === 'function' ? (next as (last: T) => T)(latest.current.value) : next;
      latest.current = { value: after, dirty: true };
      setValue(after);
      clearTimeout(waiting.current);
      waiting.current = setTimeout(save, 300);
    },
    [save],
  );

  const clear = useCallback(() => {
    latest.current = { value: empty, dirty: false };
    forget(place);
    setValue(empty);
    setRestored(false);
    setKept(false);
  }, [empty, place]);

  return { value, change, clear, restored, kept };
}
