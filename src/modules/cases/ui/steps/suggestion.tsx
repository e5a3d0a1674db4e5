import type { z } from 'zod';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText, exactTime, numberText } from '../../../../platform/web/time.ts';
import { skippedText } from '../case/clocks.tsx';
import type { dispatchSuggestions } from '../../contract.ts';

type Answer = z.input<typeof dispatchSuggestions.answer>;
export type Suggestion = Answer['suggestions'][number];

/** Why this office: the entry of the list, in one sentence, and how often it did the like. */
export function SuggestionReason({ suggestion }: { suggestion: Suggestion }) {
  const { t, locale } = useTexts();
  return (
    <>
      {locale === 'en' ? suggestion.reasonEn : suggestion.reasonZh}
      {suggestion.similarClosed > 0 &&
        t('cases.ui.similar_closed', { n: numberText(locale, suggestion.similarClosed) })}
    </>
  );
}

/** The deadline it would get, with the days that do not count. */
export function Deadline({ clock }: { clock: NonNullable<Answer['deadline']> }) {
  const texts = useTexts();
  const now = useNow();
  const due = byText(texts.t, texts.locale, clock.dueAt, now);
  return (
    <span title={exactTime(clock.dueAt)}>
      {texts.t('cases.ui.deadline', { due })}
      {clock.skipped.length > 0 && <> ({skippedText(texts, clock.skipped, now)})</>}
      {clock.uncertain && <> {texts.t('cases.ui.clock_uncertain')}</>}
    </span>
  );
}
