import { App, Button } from 'antd';
import { useState } from 'react';
import { download } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ReasonDialog } from '../../../platform/web/office/dialogs.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { identifiedFile } from '../contract.ts';
import { caseFileUiTexts } from './texts.ts';

/** The case as a file to keep or to hand on. */
export function CaseFilePanel({ caseId }: CasePanelProps) {
  return (
    <MoreTexts texts={caseFileUiTexts}>
      <Panel caseId={caseId} />
    </MoreTexts>
  );
}

function Panel({ caseId }: { readonly caseId: string }) {
  const { t, locale } = useTexts();
  const reads = useMay('case-file.read');
  const unmasks = useMay('cases.unmask');
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  if (!reads) return null;
  const identified = async (reason: string) => {
    await download(identifiedFile, 'case.pdf', { params: { id: caseId }, body: { reason, locale } });
    message.success(t('case-file.ui.identified_done'));
  };
  return (
    <section className="card" aria-labelledby={`file-${caseId}`}>
      <h2 id={`file-${caseId}`}>{t('case-file.ui.title')}</h2>
      <Button block className="act" href={`/api/case-files/${caseId}?locale=${locale}`} download>
        {t('case-file.ui.download')}
      </Button>
      <p className="soft small">{t('case-file.ui.about')}</p>
      {unmasks && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('case-file.ui.identified')}
        </Button>
      )}
      <ReasonDialog
        open={asking}
        title={t('case-file.ui.identified_title')}
        explanation={<p>{t('case-file.ui.identified_about')}</p>}
        confirm={t('case-file.ui.download')}
        onConfirm={identified}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
