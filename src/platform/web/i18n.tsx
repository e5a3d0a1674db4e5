import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { joinTexts, LOCALES, type Locale, say, type Texts } from '../i18n/texts.ts';
import { chooseLocale, currentLocale, watchLocale } from './locale.ts';

/** Says the text of a key in the page's language, placeholders filled; an unknown key is shown as it is. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export type TextsInUse = {
  readonly t: Say;
  readonly locale: Locale;
  /** Whether a text of this key is known, e.g. for codes that newer servers may send. */
  readonly has: (key: string) => boolean;
  readonly texts: Texts;
};

const none: Texts = { 'zh-CN': {}, en: {} };
const TextsContext = createContext<TextsInUse>(inUse(none, 'zh-CN'));

function inUse(texts: Texts, locale: Locale): TextsInUse {
  return {
    t: (key, values) => say(texts, locale, key, values),
    locale,
    has: (key) => texts[locale][key] !== undefined,
    texts,
  };
}

/** Gives the texts below it a language, and `<html lang>` with it. The list must not change between renders. */
export function TextsProvider({ texts, children }: { texts: readonly Texts[]; children: ReactNode }) {
  const locale = useSyncExternalStore(watchLocale, currentLocale, () => 'zh-CN' as const);
  const joined = useMemo(() => joinTexts(texts), [texts]);
  const value = useMemo(() => inUse(joined, locale), [joined, locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <TextsContext value={value}>{children}</TextsContext>;
}

/** Adds the texts of screens that are loaded later. */
export function MoreTexts({ texts, children }: { texts: Texts; children: ReactNode }) {
  const above = useContext(TextsContext);
  const value = useMemo(() => {
    const merged = Object.fromEntries(
      LOCALES.map((locale) => [locale, { ...above.texts[locale], ...texts[locale] }]),
    ) as Record<Locale, Record<string, string>>;
    return inUse(merged, above.locale);
  }, [above, texts]);
  return <TextsContext value={value}>{children}</TextsContext>;
}

export function useTexts(): TextsInUse {
  return useContext(TextsContext);
}

/** The language and how to change it; the choice stays on the device. */
export function useLocale(): [Locale, (next: Locale) => void] {
  return [useTexts().locale, chooseLocale];
}

/** The name of a thing that has one in each language. */
export function nameIn(locale: Locale, thing: { readonly nameZh: string; readonly nameEn?: string | null }): string {
  return locale === 'en' && thing.nameEn ? thing.nameEn : thing.nameZh;
}
