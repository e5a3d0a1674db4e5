/**
 * Message catalogues. Each module owns one (`texts.ts`), zh-CN first; the type makes `en` complete.
 * Texts hold `{name}` placeholders, filled by `format`. Keys are flat and dotted and begin with the module's name,
 * except refusals: `refusal.<code>`.
 */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export type Catalogue = Readonly<Record<string, string>>;
export type Texts<K extends string = string> = Readonly<Record<Locale, Readonly<Record<K, string>>>>;

/** Declares a module's texts; a key missing in either language does not compile. */
export function defineTexts<const Zh extends Catalogue>(texts: {
  'zh-CN': Zh;
  en: { readonly [K in keyof Zh]: string };
}): Texts<Extract<keyof Zh, string>> {
  return texts as unknown as Texts<Extract<keyof Zh, string>>;
}

/** Joins catalogues; a key that stands in two of them is a mistake and throws. */
export function joinTexts(all: readonly Texts[]): Texts {
  const joined: Record<Locale, Record<string, string>> = { 'zh-CN': {}, en: {} };
  for (const texts of all) {
    for (const locale of LOCALES) {
      for (const [key, text] of Object.entries(texts[locale])) {
        if (key in joined[locale]) throw new Error(`text ${key} (${locale}) is declared twice`);
        joined[locale][key] = text;
      }
    }
  }
  return joined;
}

/** Fills `{name}` placeholders; an unknown placeholder stays visible rather than vanishing. */
export function format(text: string, values: Readonly<Record<string, unknown>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The text of `key` in `locale`, filled; the key itself where no text is known, so a gap is seen. */
export function say(texts: Texts, locale: Locale, key: string, values?: Readonly<Record<string, unknown>>): string {
  const text = texts[locale][key] ?? texts['zh-CN'][key];
  return text === undefined ? key : format(text, values);
}

/** Picks the best locale for an `Accept-Language` header; zh-CN when nothing fits. */
export function negotiate(header: string | undefined): Locale {
  for (const part of (header ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? '';
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}
