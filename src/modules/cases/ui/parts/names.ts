import type { Locale } from '../../../../platform/i18n/texts.ts';

type ClassName = { readonly nameZh: string; readonly nameEn: string };

export function className(locale: Locale, one: ClassName): string {
  return locale === 'en' ? one.nameEn : one.nameZh;
}

/** `市政设施 › 路灯`; a class of the first level stands alone. */
export function classPath(locale: Locale, one: ClassName, parent: ClassName | null): string {
  return parent === null ? className(locale, one) : `${className(locale, parent)} › ${className(locale, one)}`;
}

/** `龙池桥 · 金桥社区 · 03 格` */
export function placeText(path: readonly string[]): string {
  return path.join(' · ');
}

/** The end of a number, which tells cases of a day apart: `…000317-4`. */
export function shortNumber(number: string): string {
  return `…${number.slice(number.indexOf('-') + 1)}`;
}

type OrganisationName = { readonly name: string; readonly nameEn: string; readonly shortName: string };

/** The full name of an office in the reader's language. */
export function officeName(locale: Locale, one: OrganisationName): string {
  return locale === 'en' ? one.nameEn : one.name;
}

/** The short name; English has none and takes the full one. */
export function officeShort(locale: Locale, one: OrganisationName): string {
  return locale === 'en' ? one.nameEn : one.shortName;
}
