import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { CasePanelProps } from '../../cases/ui/index.ts';
import { type MachineHelp, machineSummary } from '../contract.ts';
import { MachineMade } from './machine-made.tsx';
import { machineIsOn } from './queries.ts';
import { answersUiTexts } from './texts.ts';

/** Three sentences by a machine, when an officer asks for them and one is configured. */
export function MachineSummary(props: CasePanelProps) {
  const may = useMay('answers.use');
  const { data } = useQuery({ ...machineIsOn, enabled: may });
  if (!data?.on) return null;
  return (
    <MoreTexts texts={answersUiTexts}>
      <Summary {...props} />
    </MoreTexts>
  );
}

function Summary({ caseId }: CasePanelProps) {
  const { t } = useTexts();
  const id = useId();
  const [made, setMade] = useState<MachineHelp | null>(null);
  const { running, error, run } = useRun(true);
  const ask = () => run(async () => setMade(await call(machineSummary, { params: { id: caseId } })));
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('answers.ui.machine.summary')}</h2>
      {made && <MachineMade made={made} />}
      <Button block className="act" loading={running} onClick={() => void ask()}>
        {t(made ? 'answers.ui.machine.again' : 'answers.ui.machine.summary_do')}
      </Button>
      <p className="soft small">{t('answers.ui.machine.about')}</p>
      <ErrorNotice error={error} />
    </section>
  );
}
