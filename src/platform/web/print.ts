import { useSyncExternalStore } from 'react';
import { recall, remember } from './memory.ts';

/** What a person set for this device: large print, and light or dark (`system` follows the device). */
export type Theme = 'system' | 'light' | 'dark';

const watchers = new Set<() => void>();

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function isLarge(): boolean {
  return recall('largePrint') === true;
}

function chosenTheme(): Theme {
  const kept = recall('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Writes the settings onto <html>; call it before the first render so that nothing jumps. */
export function applySettings(): void {
  const root = document.documentElement;
  if (isLarge()) root.dataset.print = 'large';
  else delete root.dataset.print;
  const theme = chosenTheme();
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function set(name: string, value: unknown): void {
  remember(name, value);
  applySettings();
  for (const watcher of watchers) watcher();
}

export function useLargePrint(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(watch, isLarge, () => false);
  return [on, (next) => set('largePrint', next)];
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(watch, chosenTheme, () => 'system' as const);
  return [theme, (next) => set('theme', next)];
}

const DARK = '(prefers-color-scheme: dark)';

function watchDark(watcher: () => void): () => void {
  const query = window.matchMedia(DARK);
  query.addEventListener('change', watcher);
  return () => query.removeEventListener('change', watcher);
}

/** Whether the page is dark now, by choice or by the device. */
export function useDark(): boolean {
  const [theme] = useTheme();
  const device = useSyncExternalStore(
    watchDark,
    () => window.matchMedia(DARK).matches,
    () => false,
  );
  return theme === 'system' ? device : theme === 'dark';
}

/** Whether the window is narrower than `width` px. */
export function useNarrow(width = 768): boolean {
  return useMedia(`(max-width: ${width - 0.02}px)`);
}

/** Whether the device asks for no motion. */
export function useStill(): boolean {
  return useMedia('(prefers-reduced-motion: reduce)');
}

function useMedia(text: string): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const query = window.matchMedia(text);
      query.addEventListener('change', watcher);
      return () => query.removeEventListener('change', watcher);
    },
    () => window.matchMedia(text).matches,
    () => false,
  );
}
