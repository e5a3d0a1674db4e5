import { useSyncExternalStore } from 'react';

/**
 * One polite live region for the whole portal: what was saved, sent, found. Screens call `announce`; the shell shows
 * `<Announcer />` once, so the region exists before anything is said into it.
 */
let said = '';
let pending: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

function set(text: string): void {
  said = text;
  for (const watcher of watchers) watcher();
}

/** Says `text` to screen readers; the same text said twice is heard twice. */
export function announce(text: string): void {
  clearTimeout(pending);
  set('');
  // A region that is emptied and filled in one frame counts as unchanged.
  pending = setTimeout(() => set(text), 60);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function Announcer() {
  const text = useSyncExternalStore(watch, () => said);
  return (
    <div className="sr-only" role="status" aria-live="polite">
      {text}
    </div>
  );
}
