import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { Suspense, useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { CopyButton } from '../../../platform/web/office/copy-button.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { FormDialog } from '../../../platform/web/office/form-dialog.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { AreaField } from '../../cases/ui/index.ts';
import { takeHandover } from '../contract.ts';
import { PoliceFields } from './call-dialog.tsx';
import { handovers } from './queries.ts';

/** What went to 110 and came from it, each as one text to print or read out. */
export function PolicePane() {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [taking, setTaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery(handovers);
  return (
    <>
      <p className="soft">{t('duty.ui.police_about')}</p>
      <div>
        <Button type="primary" onClick={() => setTaking(true)}>
          {t('duty.ui.take_over')}
        </Button>
      </div>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending && <RowSkeletons rows={3} />}
      {data?.length === 0 && <EmptyState title={t('duty.ui.no_handovers')} />}
      <ul className="duty-rows" aria-label={t('duty.ui.tab.police')}>
        {(data ?? []).map((one) => (
          <li key={one.id} className="duty-row">
            <pre className="duty-police">{one.text}</pre>
            <div className="duty-actions">
              <Link to="/cases/$id" params={{ id: one.caseId }}>
                {t('duty.ui.case', { number: one.reference.slice(1) })}
              </Link>
              <CopyButton text={one.text} />
            </div>
          </li>
        ))}
      </ul>
      {taking && (
        <FormDialog
          title={t('duty.ui.take_over')}
          confirm={t('duty.ui.take_over')}
          onSend={async (values) => {
            const { caseNumber } = await call(takeHandover, { body: values as never });
            void message.success(t('duty.ui.taken_over', { number: caseNumber }));
            await queries.invalidateQueries({ queryKey: ['duty'] });
          }}
          onClose={() => setTaking(false)}
        >
          <Suspense fallback={null}>
            <PoliceFields theirs />
            <AreaField name="areaCode" label={t('duty.ui.field.area')} />
          </Suspense>
        </FormDialog>
      )}
    </>
  );
}
