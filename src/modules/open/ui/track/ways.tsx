import { Link } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useSettings } from '../pieces/settings.tsx';

/** By number and code, or by phone. The second is shown only where the place can send text messages. */
export function Ways({ here }: { readonly here: 'number' | 'phone' }) {
  const { t } = useTexts();
  const settings = useSettings();
  if (!settings?.phoneSignIn) return null;
  return (
    <nav className="tabs" aria-label={t('open.track.title')}>
      <Link href="/track" aria-current={here === 'number' ? 'page' : undefined}>
        {t('open.track.by_number')}
      </Link>
      <Link href="/track/phone" aria-current={here === 'phone' ? 'page' : undefined}>
        {t('open.track.by_phone')}
      </Link>
    </nav>
  );
}
