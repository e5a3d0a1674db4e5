import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { endOtherSessions, endOwnSession, type listOwnSessions } from '../../../platform/auth/safety-contract.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { whenText } from '../../../platform/web/time.ts';
import { deviceName } from './device-name.ts';
import { ownSessions, useRenewSafety } from './queries.ts';

export type Session = z.input<typeof listOwnSessions.answer>['items'][number];

/** Where the reader is signed in, and how to end it. */
export function SessionList() {
  const { t } = useTexts();
  const sessions = useQuery(ownSessions);
  const renew = useRenewSafety();
  const [ending, setEnding] = useState<Session | 'others' | null>(null);
  const items = sessions.data?.items ?? [];
  const name = ending === null || ending === 'others' ? '' : deviceName(ending.userAgent);
  return (
    <section className="safety-sessions">
      <h2>{t('office.safety.sessions')}</h2>
      <p className="soft">{t('office.safety.sessions_about')}</p>
      <ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
      <ul>
        {items.map((session) => (
          <SessionItem key={session.id} session={session} onEnd={() => setEnding(session)} />
        ))}
      </ul>
      {items.length > 1 ? (
        <Button onClick={() => setEnding('others')}>{t('office.safety.sessions_end_all')}</Button>
      ) : (
        items.length === 1 && <p className="soft">{t('office.safety.sessions_one')}</p>
      )}
      <ConfirmDialog
        open={ending !== null}
        danger
        title={
          ending === 'others' ? t('office.safety.sessions_end_all') : t('office.safety.session_end_title', { name })
        }
        confirm={t('office.safety.session_end')}
        onConfirm={async () => {
          if (ending === 'others') await call(endOtherSessions);
          else if (ending) await call(endOwnSession, { params: { id: ending.id } });
          await renew();
        }}
        onClose={() => setEnding(null)}
      >
        <p>{t('office.safety.session_end_about')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** One device: what it is, since when, and how to end it. */
export function SessionItem({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const { t, locale } = useTexts();
  const now = useNow();
  const name = deviceName(session.userAgent);
  const began = whenText(t, locale, session.beganAt, now);
  const seen = whenText(t, locale, session.lastSeenAt, now);
  return (
    <li>
      <span>
        <b>{name}</b> {session.current && <span className="here">{t('office.safety.session_here')}</span>}
        <br />
        <small className="soft">
          {t('office.safety.session_from', { address: session.address, began, seen })} ·{' '}
          {t(`office.safety.method.${session.method}`)}
          {session.secondFactor && session.method === 'password' && ` · ${t('office.safety.two_steps')}`}
        </small>
      </span>
      {!session.current && (
        <Button aria-label={t('office.safety.session_end_title', { name })} onClick={onEnd}>
          {t('office.safety.session_end')}
        </Button>
      )}
    </li>
  );
}
