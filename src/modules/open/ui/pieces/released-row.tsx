import { Link } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useNow } from '../../../../platform/web/clock.ts';
import { dayText } from '../../../../platform/web/time.ts';
import type { ReleasedCase } from '../../contract.ts';
import { PhaseMark } from './phase-mark.tsx';

/** One public request in a list: what, how it stands, where and when. */
export function ReleasedRow({ one }: { readonly one: ReleasedCase }) {
  const { t, locale } = useTexts();
  const now = useNow();
  const when =
    one.closedAt === null
      ? t('open.row.filed', { when: dayText(t, locale, one.filedAt, now) })
      : t('open.row.closed', { when: dayText(t, locale, one.closedAt, now) });
  return (
    <li>
      <Link href={`/cases/${one.number}`} className="row">
        <b>{one.title}</b>
        <PhaseMark phase={one.phase} text={one.outcomeText ?? one.phaseText} />
        <small>
          {one.place} · {when}
        </small>
      </Link>
    </li>
  );
}
