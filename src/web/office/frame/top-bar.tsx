import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { openSettings } from '../session.ts';
import { Alerts } from './alerts.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SearchBox } from './search-box.tsx';

/** Slim top bar: where this is, search, alerts, the person. */
export function TopBar({ narrow }: { narrow: boolean }) {
  const { t } = useTexts();
  const { data } = useQuery(openSettings);
  return (
    <header className="top-bar">
      <Link to="/" className="brand">
        {t('office.name')}
        <span className="jurisdiction">{data?.jurisdiction.name}</span>
      </Link>
      {narrow ? <span className="spacer" /> : <SearchBox />}
      <Alerts />
      <PersonMenu narrow={narrow} />
    </header>
  );
}
