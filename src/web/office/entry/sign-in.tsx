import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { demoAccounts } from '../../../modules/demo/contract.ts';
import { signIn } from '../../../platform/auth/contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { openSettings, useFreshStart } from '../session.ts';
import { EntryPage } from './entry-page.tsx';

type Words = { username: string; password: string };

/** Signing in, and back to the place one came from. The demo lists its accounts. */
export function SignInPage() {
  const { t } = useTexts();
  const search: { from?: string; again?: boolean; username?: string } = useSearch({ strict: false });
  const router = useRouter();
  const freshStart = useFreshStart();
  const { running, error, run } = useRun(true);
  const enter = (words: Words) =>
    run(async () => {
      await call(signIn, { body: { username: words.username.trim(), password: words.password } });
      freshStart();
      await router.navigate({ href: search.from ?? '/', replace: true });
    });
  const required = { required: true, message: t('office.sign_in.missing') };
  return (
    <EntryPage title={t('office.sign_in.title')}>
      {search.again && error === null && <Alert type="info" title={t('office.sign_in.again')} />}
      <Form<Words>
        layout="vertical"
        requiredMark={false}
        onFinish={enter}
        initialValues={{ username: search.username ?? '' }}
      >
        <Form.Item name="username" label={t('office.sign_in.username')} rules={[required]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus size="large" />
        </Form.Item>
        <Form.Item name="password" label={t('office.sign_in.password')} rules={[required]}>
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <ErrorNotice error={error} />
        <Button type="primary" htmlType="submit" size="large" block loading={running}>
          {t('office.sign_in.submit')}
        </Button>
      </Form>
      <p className="aside">
        <a href="/">{t('office.sign_in.portal')}</a>
      </p>
      <DemoAccounts onChoose={enter} busy={running} />
    </EntryPage>
  );
}

/** The demo's accounts; a platform in service has none. */
function DemoAccounts({ onChoose, busy }: { onChoose: (words: Words) => void; busy: boolean }) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState('');
  const demo = useQuery(openSettings).data?.demo === true;
  const { data } = useQuery({
    enabled: demo,
    queryKey: ['demo-accounts'],
    queryFn: ({ signal }) => call(demoAccounts, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined || data.accounts.length === 0) return null;
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('office.demo.title')}</h2>
      <p>{t('office.demo.about')}</p>
      <ul>
        {data.accounts.map((account) => (
          <li key={account.username}>
            <Button
              block
              disabled={busy}
              loading={busy && chosen === account.username}
              onClick={() => {
                setChosen(account.username);
                onChoose(account);
              }}
            >
              <span className="demo-account">
                <b>{account.name}</b>
                <span>{account.posts.join(' · ')}</span>
                <code>{account.username}</code>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
