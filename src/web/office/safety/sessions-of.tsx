import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { endSessionOf, listSessionsOf } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { deviceName } from './device-name.ts';
import { type Session, SessionItem } from './session-list.tsx';

type Props = { readonly account: { readonly id: string; readonly name: string }; readonly onClose: () => void };

/** Where somebody else is signed in, to end what should not be; each ending is recorded, and asks for a fresh proof. */
export function SessionsOf({ account, onClose }: Props) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const queryKey = ['auth', 'accounts', account.id, 'sessions'];
  const sessions = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(listSessionsOf, { params: { id: account.id }, signal }),
  });
  const [ending, setEnding] = useState<Session | null>(null);
  const items = sessions.data?.items ?? [];
  return (
    <Modal open title={t('office.accounts.sessions_title', { name: account.name })} footer={null} onCancel={onClose}>
      <section className="safety-sessions">
        <ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
        {sessions.isSuccess && items.length === 0 && <p className="soft">{t('office.accounts.sessions_none')}</p>}
        <ul>
          {items.map((session) => (
            <SessionItem key={session.id} session={session} onEnd={() => setEnding(session)} />
          ))}
        </ul>
      </section>
      <ConfirmDialog
        open={ending !== null}
        danger
        title={t('office.safety.session_end_title', { name: ending === null ? '' : deviceName(ending.userAgent) })}
        confirm={t('office.safety.session_end')}
        onConfirm={async () => {
          if (ending) await call(endSessionOf, { params: { id: account.id, session: ending.id } });
          await queries.invalidateQueries({ queryKey });
        }}
        onClose={() => setEnding(null)}
      >
        <p>{t('office.accounts.session_end_about', { name: account.name })}</p>
      </ConfirmDialog>
    </Modal>
  );
}
