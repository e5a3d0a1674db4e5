import { Button } from 'antd';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
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
  if (!useMay('case-file.read')) return null;
  return (
    <section className="card" aria-labelledby={`file-${caseId}`}>
      <h2 id={`file-${caseId}`}>{t('case-file.ui.title')}</h2>
      <Button block className="act" href={`/api/case-files/${caseId}?locale=${locale}`} download>
        {t('case-file.ui.download')}
      </Button>
      <p className="soft small">{t('case-file.ui.about')}</p>
    </section>
  );
}
