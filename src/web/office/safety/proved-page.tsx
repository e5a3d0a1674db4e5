import { Alert } from 'antd';
import { useEffect } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { EntryPage } from '../entry/entry-page.tsx';

/** Where the window ends in which another sign-in service asked who somebody is; it closes itself. */
export function ProvedPage() {
  const { t } = useTexts();
  useEffect(() => window.close(), []);
  return (
    <EntryPage title={t('office.proof.title')}>
      <Alert type="success" role="status" title={t('office.proof.done')} />
    </EntryPage>
  );
}
