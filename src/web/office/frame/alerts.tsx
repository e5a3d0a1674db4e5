import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { BellIcon } from './icons.tsx';

/** The way to one's inbox. */
export function Alerts() {
  const { t } = useTexts();
  return (
    <Link to="/inbox" className="alerts" aria-label={t('office.alerts')}>
      <BellIcon />
    </Link>
  );
}
