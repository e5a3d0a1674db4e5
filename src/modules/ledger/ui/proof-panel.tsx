import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { saveAs } from '../../../platform/web/save.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { officeProof } from '../contract.ts';
import { ledgerUiTexts } from './texts.ts';

/** What shows outside the platform that this case stands in the signed history. */
export function ProofPanel(props: CasePanelProps) {
  return (
    <MoreTexts texts={ledgerUiTexts}>
      <Proof {...props} />
    </MoreTexts>
  );
}

function Proof({ caseId }: CasePanelProps) {
  const { t } = useTexts();
  const download = useMutation({
    mutationFn: () => call(officeProof, { params: { id: caseId } }),
    onSuccess: (proof) => saveAs(`proof-${proof.case.number}.json`, `${JSON.stringify(proof, null, 2)}\n`),
  });
  return (
    <section className="card" aria-labelledby="proof-title">
      <h2 id="proof-title">{t('ledger.ui.proof')}</h2>
      <p className="soft">{t('ledger.ui.proof_about')}</p>
      {download.error && <ErrorNotice error={download.error} />}
      <Button onClick={() => download.mutate()} loading={download.isPending}>
        {t('ledger.ui.download')}
      </Button>{' '}
      <a href="/history" target="_blank" rel="noreferrer">
        {t('ledger.ui.how')}
      </a>
    </section>
  );
}
