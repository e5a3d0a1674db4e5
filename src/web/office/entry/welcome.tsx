import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import { readLink, setFirstPassword } from '../../../platform/auth/contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EntryPage } from './entry-page.tsx';
import { NewPasswordFields } from './new-password.tsx';

let taken = '';

/**
 * Reads the one-time token from the address's fragment, which no server and no log ever sees, and takes it out of the
 * address and the history at once. The router notices that the address changed and mounts the page anew, so the token
 * is kept outside it, until it is used or the page is left.
 */
function takeToken(): string {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? window.location.hash.slice(1);
  if (token !== '') {
    taken = token;
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }
  return taken;
}

/** Where a one-time link leads: the holder sets a password and signs in. */
export function WelcomePage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [token] = useState(takeToken);
  const [username, setUsername] = useState<string>();
  const { running, error, run } = useRun(true);
  const holder = useQuery({
    queryKey: ['one-time-link', token],
    queryFn: () => call(readLink, { body: { token } }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const save = ({ next }: { next: string }) =>
    run(async () => {
      setUsername((await call(setFirstPassword, { body: { token, password: next } })).username);
      taken = '';
    });
  return (
    <EntryPage title={t('office.welcome.title')}>
      {token === '' && <Alert type="warning" title={t('office.welcome.broken')} />}
      <ErrorNotice error={holder.error} />
      {holder.data && username === undefined && (
        <Form layout="vertical" requiredMark={false} onFinish={save}>
          <p>{t('office.welcome.about', holder.data)}</p>
          <input type="text" autoComplete="username" value={holder.data.username} readOnly hidden />
          <NewPasswordFields />
          <ErrorNotice error={error} />
          <Button type="primary" htmlType="submit" size="large" block loading={running}>
            {t('office.password.submit')}
          </Button>
        </Form>
      )}
      {username !== undefined && (
        <>
          <Alert type="success" role="status" title={t('office.welcome.done', { username })} />
          <Button
            type="primary"
            size="large"
            block
            onClick={() => void navigate({ to: '/sign-in', search: { username } })}
          >
            {t('office.sign_in.title')}
          </Button>
        </>
      )}
    </EntryPage>
  );
}
