import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { type CasePanelProps, casesChanged } from '../../cases/ui/index.ts';
import { sendCall } from '../contract.ts';
import { TeamChoice } from './call-dialog.tsx';
import './duty.css';
import { CallRows } from './duty-screen.tsx';
import { ofCase } from './queries.ts';
import { dutyUiTexts } from './texts.ts';

/** Who on duty was sent to the matter of a case; a dispatcher sends it with a click. */
export function DutyPanel(props: CasePanelProps) {
  return (
    <MoreTexts texts={dutyUiTexts}>
      <Panel {...props} />
    </MoreTexts>
  );
}

function Panel({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const may = useMay('duty.send');
  const [sending, setSending] = useState(false);
  const { data } = useQuery(ofCase(caseId, version));
  if (data === undefined) return null;
  const { items, maySend, areaCode } = data;
  if (items.length === 0 && !(may && maySend)) return null;
  return (
    <section className="card duty-panel" aria-labelledby="duty-panel-title">
      <h2 id="duty-panel-title">{t('duty.ui.panel')}</h2>
      {items.length === 0 && <p className="soft">{t('duty.ui.panel_none')}</p>}
      <CallRows rows={items} label={t('duty.ui.panel')} />
      {maySend && <Button onClick={() => setSending(true)}>{t('duty.ui.send')}</Button>}
      {sending && (
        <FormDialog
          title={t('duty.ui.send')}
          confirm={t('duty.ui.send')}
          onSend={async (values) => {
            await call(sendCall, { params: { id: caseId }, body: values as never });
            await queries.invalidateQueries({ queryKey: ['duty'] });
            await casesChanged(queries, new Set([caseId]));
          }}
          onClose={() => setSending(false)}
        >
          <TeamChoice areaCode={areaCode} />
          <WordsItem name="reason" label={t('duty.ui.field.reason')} most={300} required={false} rows={1} />
        </FormDialog>
      )}
    </section>
  );
}
