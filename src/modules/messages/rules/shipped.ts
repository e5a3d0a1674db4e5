import type { Locale } from '../../../platform/i18n/texts.ts';
import { messagesTexts } from '../texts.ts';
import type { Notice } from './notices.ts';
import type { Wording } from './wording.ts';

/** The wording the platform comes with; an administrator may put his own in its place. */
export function shipped(notice: Notice, locale: Locale): Wording {
  const texts: Readonly<Record<string, string>> = messagesTexts[locale];
  return {
    subject: texts[`messages.${notice}.subject`] ?? notice,
    body: texts[`messages.${notice}.body`] ?? '{number}',
  };
}
