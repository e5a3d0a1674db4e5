import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { exactTime, whenText } from '../../../../platform/web/time.ts';

/** When something was, as people say it; exact for whoever points at it. */
export function When({ at }: { readonly at: string }) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <time dateTime={at} title={exactTime(at)}>
      {whenText(t, locale, at, now)}
    </time>
  );
}
