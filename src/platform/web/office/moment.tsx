import { useNow } from '../clock.ts';
import { useTexts } from '../i18n.tsx';
import { exactTime, whenText } from '../time.ts';

/** When something happened, in words; exact on hover and for machines. */
export function Moment({ at, className }: { at: string; className?: string }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <time dateTime={at} title={exactTime(at)} className={className}>
      {whenText(t, locale, at, now)}
    </time>
  );
}
