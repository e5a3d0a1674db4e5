import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { unreadCount } from '../../../modules/messages/ui/index.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { numberText } from '../../../platform/web/time.ts';
import { BellIcon } from './icons.tsx';

/** The way to one's inbox, and how much of it is unread. */
export function Alerts() {
  const { t, locale } = useTexts();
  const { data } = useQuery(unreadCount);
  const count = data?.count ?? 0;
  const n = data?.more ? `${numberText(locale, count)}+` : numberText(locale, count);
  return (
    <Link to="/inbox" className="alerts" aria-label={count > 0 ? t('office.alerts_unread', { n }) : t('office.alerts')}>
      <BellIcon />
      {count > 0 && <b aria-hidden="true">{n}</b>}
    </Link>
  );
}
