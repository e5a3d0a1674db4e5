import type { Locale } from '../../../../platform/i18n/texts.ts';
import { sizeText } from '../../../../platform/web/time.ts';

/** Why a chosen file cannot be added; `null` when it can. The server looks at the content itself. */
export type PhotoComplaint = 'too_big' | 'wrong_kind' | null;

/** HEIC is left out on purpose: an iPhone then hands over a JPEG made from it. */
export const PHOTO_KINDS = 'image/jpeg,image/png,image/webp';
const ENDINGS = /\.(jpe?g|png|webp)$/i;

/** Some phones give photos no type; then the name's ending counts. */
export function complaintOfPhoto(file: { name: string; type: string; size: number }, most: number): PhotoComplaint {
  const known = PHOTO_KINDS.split(',').includes(file.type) || (file.type === '' && ENDINGS.test(file.name));
  if (!known) return 'wrong_kind';
  return file.size > most ? 'too_big' : null;
}

/** Limits are set in powers of two, and said as everybody says them: 20 MiB is '20 MB'. */
export function photoSize(locale: Locale, bytes: number): string {
  return sizeText(locale, (bytes / 1024 ** 2) * 1e6);
}
