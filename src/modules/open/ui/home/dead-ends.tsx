import { Link } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { Page } from '../pieces/page.tsx';

export function NotFound() {
  const { t } = useTexts();
  return (
    <Page title={t('open.not_found.title')}>
      <p>{t('open.not_found.text')}</p>
      <Link href="/" className="button button-primary">
        {t('open.back_home')}
      </Link>
    </Page>
  );
}

/** A screen that threw. A fresh load is offered, since a newer version of the program may have replaced this one. */
export function Broken() {
  const { t } = useTexts();
  return (
    <Page title={t('open.broken.title')}>
      <p>{t('open.broken.text')}</p>
      <div className="actions">
        <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
          {t('open.broken.reload')}
        </button>
        <a href="/" className="button">
          {t('open.back_home')}
        </a>
      </div>
    </Page>
  );
}
