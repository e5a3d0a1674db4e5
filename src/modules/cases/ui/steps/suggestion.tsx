import type { z } from 'zod';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { byText, exactTime } from '../../../../platform/web/time.ts';
import { skippedText } from '../case/clocks.tsx';
import type { dispatchSuggestions } from '../../contract.ts';

type Answer = z.input<typeof dispatchSuggestions.answer>;
export type Suggestion = Answer['suggestions'][number];

/** Why this office: the entry of the list and how often it did the like, in one sentence. */
export function SuggestionReason({ suggestion }: { suggestion: Suggestion }) {
  const { locale } = useTexts();
  return locale === 'en' ? suggestion.reasonEn : suggestion.reasonZh;
}

/** The deadline it would get, with the days that do not count. */
export function Deadline({ clock }: { clock: NonNullable<Answer['deadline']> }) {
  const texts = useTexts();
  const now = useNow();
  const due = byText(texts.t, texts.locale, clock.dueAt, now);
  const skipped = clock.skipped.length > 0 ? skippedText(texts, clock.skipped, now) : '';
  return (
    <span title={exactTime(clock.dueAt)}>
      {skipped === '' ? texts.t('cases.ui.deadline', { due }) : texts.t('cases.ui.deadline_skipping', { due, skipped })}
      {clock.uncertain && <> {texts.t('cases.ui.clock_uncertain')}</>}
    </span>
  );
}
