import type { Catalogue, Locale, Texts } from '../../platform/i18n/texts.ts';

const sources: Readonly<Record<Locale, () => Promise<{ readonly default: Catalogue }>>> = {
  'zh-CN': () => import('./texts.ts?locale=zh-CN'),
  en: () => import('./texts.ts?locale=en'),
};

let loaded: Texts = { 'zh-CN': {}, en: {} };

/** The office's texts with those of a language among them. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  const { default: catalogue } = await sources[locale]();
  loaded = { ...loaded, [locale]: catalogue };
  return loaded;
}
