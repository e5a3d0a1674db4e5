import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { demoAccounts } from '../../../modules/demo/contract.ts';
import { signIn } from '../../../platform/auth/contract.ts';
import { askPasskey, beginSso, secondStep, signInWithPasskey } from '../../../platform/auth/safety-contract.ts';
import { address, call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { answerWithPasskey, canUsePasskeys } from '../safety/passkeys.ts';
import { waysIn } from '../safety/queries.ts';
import { SecondProofForm } from '../safety/second-proof.tsx';
import { openSettings, useFreshStart } from '../session.ts';
import { EntryPage } from './entry-page.tsx';

type Kinds = { readonly totp: boolean; readonly passkey: boolean };
type Words = { username: string; password: string };

/** Signing in, and back to the place one came from. The demo lists its accounts. */
export function SignInPage() {
  const { t, has } = useTexts();
  const search: { from?: string; again?: boolean; username?: string; refused?: string; next?: string } = useSearch({
    strict: false,
  });
  const router = useRouter();
  const freshStart = useFreshStart();
  const { running, error, run } = useRun(true);
  const [kinds, setKinds] = useState<Kinds | undefined>(() => kindsOf(search.next));
  const arrive = async () => {
    freshStart();
    await router.navigate({ href: search.from ?? '/', replace: true });
  };
  const enter = (words: Words) =>
    run(async () => {
      const body = { username: words.username.trim(), password: words.password };
      const { secondStep: next } = await call(signIn, { body });
      if (next) setKinds(next);
      else await arrive();
    });
  if (kinds) return <SecondStep kinds={kinds} onDone={arrive} onBack={() => setKinds(undefined)} />;
  const required = { required: true, message: t('office.sign_in.missing') };
  return (
    <EntryPage title={t('office.sign_in.title')}>
      {search.again && error === null && <Alert type="info" title={t('office.sign_in.again')} />}
      {search.refused && error === null && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={t(has(`refusal.${search.refused}`) ? `refusal.${search.refused}` : 'refusal.auth.sso_failed')}
        />
      )}
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
      <ServiceEntry from={search.from ?? '/'} />
      {canUsePasskeys() && <PasskeyEntry onDone={arrive} />}
      <p className="aside">
        <a href="/">{t('office.sign_in.portal')}</a>
      </p>
      <DemoAccounts onChoose={enter} busy={running} />
    </EntryPage>
  );
}

type StepProps = { readonly kinds: Kinds; readonly onDone: () => Promise<void>; readonly onBack: () => void };

function SecondStep({ kinds, onDone, onBack }: StepProps) {
  const { t } = useTexts();
  return (
    <EntryPage title={t('office.second.title')}>
      <p>{t('office.second.about')}</p>
      <SecondProofForm
        kinds={kinds}
        submit={t('office.second.submit')}
        passkeyOptions={() => call(askPasskey, { body: { purpose: 'second_step' } })}
        onProof={async (proof) => {
          await call(secondStep, { body: proof });
          await onDone();
        }}
      />
      <p className="aside">
        <Button type="link" onClick={onBack}>
          {t('office.second.back')}
        </Button>
      </p>
    </EntryPage>
  );
}

/** Another service opened the sign-in and the account's own second factor is still to come. */
function kindsOf(next: string | undefined): Kinds | undefined {
  if (next === undefined || next === '') return undefined;
  return { totp: next.includes('totp'), passkey: next.includes('passkey') };
}

function ServiceEntry({ from }: { readonly from: string }) {
  const { t } = useTexts();
  const service = useQuery(waysIn).data?.sso;
  if (!service) return null;
  return (
    <div className="other-ways">
      <Button size="large" block href={address(beginSso, { query: { from } })}>
        {t('office.sso.sign_in', { name: service.name })}
      </Button>
    </div>
  );
}

/** Signing in without a password: the passkey says who it is. */
function PasskeyEntry({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const enter = () =>
    run(async () => {
      const passkey = await answerWithPasskey(await call(askPasskey, { body: { purpose: 'sign_in' } }));
      if (passkey === null) return;
      await call(signInWithPasskey, { body: { passkey } });
      await onDone();
    });
  return (
    <div className="other-ways">
      <Button size="large" block loading={running} onClick={() => void enter()}>
        {t('office.passkey.sign_in')}
      </Button>
      <ErrorNotice error={error} />
    </div>
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
