import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLocale, useTexts } from '../../../platform/web/i18n.tsx';
import { useLargePrint } from '../../../platform/web/print.ts';
import { useTitle } from '../../../platform/web/office/title.ts';

/** The plain page around signing in: name, language, print; no frame yet. */
export function EntryPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTexts();
  const [locale, setLocale] = useLocale();
  const [large, setLarge] = useLargePrint();
  useTitle(title);
  return (
    <div className="entry">
      <header>
        <b className="brand">{t('office.name')}</b>
        <span className="spacer" />
        <Button type="text" aria-pressed={large} onClick={() => setLarge(!large)}>
          {t('web.large_print')}
        </Button>
        <Button type="text" onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
          <span lang={locale === 'en' ? 'zh-CN' : 'en'}>{t('web.language.other')}</span>
        </Button>
      </header>
      <main>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
