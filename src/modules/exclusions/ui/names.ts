import { useTexts } from '../../../platform/web/i18n.tsx';

type Office = { readonly name: string; readonly nameEn: string };
type Ground = { readonly nameZh: string; readonly nameEn: string };

/** Offices and grounds in the reader's language. */
export function useNamed() {
  const { locale } = useTexts();
  const english = locale === 'en';
  return {
    office: (of: Office) => (english ? of.nameEn || of.name : of.name),
    ground: (of: Ground) => (english ? of.nameEn : of.nameZh),
  };
}
