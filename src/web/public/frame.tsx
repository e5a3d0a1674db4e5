import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Announcer, useSettings } from '../../modules/open/ui/public.ts';
import { useLocale, useTexts } from '../../platform/web/i18n.tsx';
import { useLargePrint } from '../../platform/web/print.ts';

/** What stands around every screen: name, print and language above; help that must never be far below. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useTexts();
  const [path] = useLocation();
  return (
    <div className={path === '/' ? 'portal portal-home' : 'portal'}>
      <a className="skip-link" href="#main">
        {t('web.skip')}
      </a>
      <Top />
      <DemoNotice />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Bottom />
      <Announcer />
    </div>
  );
}

function Top() {
  const { t } = useTexts();
  const settings = useSettings();
  const place = settings?.jurisdiction.shortName;
  return (
    <header className="top">
      <div className="top-inner">
        <Link href="/" className="top-name">
          {place ? t('open.name', { place }) : t('open.name_plain')}
        </Link>
        <div className="top-switches">
          <PrintSwitch />
          <LanguageSwitch />
        </div>
      </div>
    </header>
  );
}

function PrintSwitch() {
  const { t } = useTexts();
  const [large, setLarge] = useLargePrint();
  return (
    <button type="button" className="switch" aria-pressed={large} onClick={() => setLarge(!large)}>
      <span aria-hidden="true">{t('open.large_print')}</span>
      <span className="sr-only">{t('open.large_print_name')}</span>
    </button>
  );
}

function LanguageSwitch() {
  const { t } = useTexts();
  const [locale, setLocale] = useLocale();
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="switch" lang={other} onClick={() => setLocale(other)}>
      {t('web.language.other')}
    </button>
  );
}

function DemoNotice() {
  const { t } = useTexts();
  const settings = useSettings();
  if (!settings?.demo) return null;
  return (
    <p className="demo">
      <span>
        {t('open.demo')} <Link href="/mailbox">{t('open.mailbox')}</Link>
      </span>
    </p>
  );
}

function Bottom() {
  const { t } = useTexts();
  return (
    <footer className="bottom">
      <div className="bottom-inner">
        <p>{t('open.emergency')}</p>
        <nav aria-label={t('open.nav')}>
          <Link href="/privacy">{t('open.privacy')}</Link>
          <Link href="/exclusions">{t('open.exclusions')}</Link>
          <Link href="/history">{t('open.history')}</Link>
          <Link href="/accessibility">{t('open.accessibility')}</Link>
          <a href="/office/">{t('open.staff')}</a>
        </nav>
      </div>
    </footer>
  );
}
