import { LOCALES, type Locale, negotiate } from '../i18n/texts.ts';
import { recall, remember } from './memory.ts';

const NAME = 'locale';

function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** The language of this page: `?lang=` first (links in messages), then what the person chose, then the browser's. */
function firstLocale(): Locale {
  if (typeof window === 'undefined') return 'zh-CN';
  const asked = new URLSearchParams(window.location.search).get('lang');
  if (asked !== null) return negotiate(asked);
  const kept = recall(NAME);
  return isLocale(kept) ? kept : negotiate(navigator.languages.join(','));
}

let locale: Locale | undefined;
const watchers = new Set<() => void>();

export function currentLocale(): Locale {
  locale ??= firstLocale();
  return locale;
}

/** Changes the language of the page and keeps the choice on this device. */
export function chooseLocale(next: Locale): void {
  locale = next;
  remember(NAME, next);
  document.documentElement.lang = next;
  for (const watcher of watchers) watcher();
}

export function watchLocale(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
