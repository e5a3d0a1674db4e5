import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import './call-banner.css';
import { waitingCalls } from './queries.ts';
import { dutyUiTexts } from './texts.ts';

/** On every page of the office: an urgent matter was sent to who reads this, and nobody has acknowledged it yet. */
export function CallBanner() {
  return (
    <MoreTexts texts={dutyUiTexts}>
      <Waiting />
    </MoreTexts>
  );
}

function Waiting() {
  const { t } = useTexts();
  const answers = useMay('duty.acknowledge');
  const { data } = useQuery({ ...waitingCalls, enabled: answers });
  return (
    <div role="alert" className="duty-banners">
      {(data ?? []).map((call) => (
        <Link key={call.id} to="/duty/$id" params={{ id: call.id }} className="duty-banner">
          <b>{t('duty.ui.banner')}</b>
          <span className="duty-banner-title">{call.title}</span>
          <span className="duty-banner-go">{t('duty.ui.banner_go')}</span>
        </Link>
      ))}
    </div>
  );
}
