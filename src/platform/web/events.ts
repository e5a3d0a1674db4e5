import { useEffect, useRef } from 'react';

/** What the server tells an open page: that something changed, never what is in it. */
export type LiveEvent = { readonly kind: string; readonly [name: string]: unknown };

const ADDRESS = '/api/events';
/** Used where a proxy swallows event streams. */
const POLL_MS = 30_000;

/**
 * Listens to the server's event stream. The browser reconnects by itself; after three failures in a row the page asks
 * every 30 s instead (`{ kind: 'poll' }`), and tries the stream again whenever the window gains focus.
 */
export function useEvents(onEvent: (event: LiveEvent) => void, enabled = true): void {
  const handler = useRef(onEvent);
  useEffect(() => {
    handler.current = onEvent;
  });
  useEffect(() => {
    if (!enabled) return;
    const stream = openStream((event) => handler.current(event));
    return stream.stop;
  }, [enabled]);
}

function openStream(tell: (event: LiveEvent) => void): { stop: () => void } {
  let source: EventSource | undefined;
  let polling: ReturnType<typeof setInterval> | undefined;
  let failures = 0;

  const connect = () => {
    source?.close();
    source = new EventSource(ADDRESS, { withCredentials: true });
    source.onopen = () => {
      // What happened before the line stood, or while it was down, was not told; ask once.
      tell({ kind: 'poll' });
      failures = 0;
      clearInterval(polling);
      polling = undefined;
    };
    source.onmessage = (message) => {
      const event = parse(message.data);
      if (event) tell(event);
    };
    source.onerror = () => {
      failures += 1;
      if (failures < 3) return;
      source?.close();
      polling ??= setInterval(() => tell({ kind: 'poll' }), POLL_MS);
    };
  };
  const wake = () => {
    if (document.visibilityState === 'visible' && polling !== undefined) connect();
  };
  connect();
  document.addEventListener('visibilitychange', wake);
  return {
    stop: () => {
      source?.close();
      clearInterval(polling);
      document.removeEventListener('visibilitychange', wake);
    },
  };
}

function parse(text: unknown): LiveEvent | undefined {
  try {
    const event = JSON.parse(String(text)) as LiveEvent;
    return typeof event?.kind === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
