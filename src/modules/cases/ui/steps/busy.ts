import { createContext, useCallback, useContext, useEffect, useRef } from 'react';

/** Counts what a form must wait for before it can be sent: running uploads, a position being found. */
export const BusyContext = createContext<(change: (last: number) => number) => void>(() => {});

/** Tells the form around that something runs or has ended; ends by itself when the field goes away. */
export function useBusy(): (busy: boolean) => void {
  const change = useContext(BusyContext);
  const mine = useRef(false);
  const tell = useCallback(
    (busy: boolean) => {
      if (mine.current === busy) return;
      mine.current = busy;
      change((last) => last + (busy ? 1 : -1));
    },
    [change],
  );
  useEffect(() => () => tell(false), [tell]);
  return tell;
}
