import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { AnswerHelpProps } from '../../cases/ui/index.ts';
import { type MachineHelp, machineReply } from '../contract.ts';
import { MachineMade } from './machine-made.tsx';
import { machineIsOn } from './queries.ts';
import { answersUiTexts } from './texts.ts';

/** A draft by a machine beside the field; it gets into the field by a press alone, and out of it by a person alone. */
export function MachineDraft(props: AnswerHelpProps) {
  const may = useMay('answers.use');
  const { data } = useQuery({ ...machineIsOn, enabled: may });
  if (!data?.on || props.step !== 'reply') return null;
  return (
    <MoreTexts texts={answersUiTexts}>
      <Draft {...props} />
    </MoreTexts>
  );
}

function Draft({ caseId, text, onText }: AnswerHelpProps) {
  const { t } = useTexts();
  const [made, setMade] = useState<MachineHelp | null>(null);
  const { running, error, run } = useRun(true);
  const ask = () => run(async () => setMade(await call(machineReply, { params: { id: caseId } })));
  const taken = made !== null && text === made.text;
  return (
    <div className="answer-help">
      {made && <MachineMade made={made} />}
      <div className="answer-tools">
        <Button size="small" loading={running} onClick={() => void ask()}>
          {t(made ? 'answers.ui.machine.again' : 'answers.ui.machine.draft_do')}
        </Button>
        {made && !taken && (
          <Button size="small" onClick={() => onText(made.text)}>
            {t(text.trim() === '' ? 'answers.ui.machine.take' : 'answers.ui.machine.replace')}
          </Button>
        )}
      </div>
      {made && <p className="soft small">{t('answers.ui.machine.check')}</p>}
      <ErrorNotice error={error} />
    </div>
  );
}
