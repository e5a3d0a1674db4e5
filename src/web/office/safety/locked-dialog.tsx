import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { signIn } from '../../../platform/auth/contract.ts';
import { askPasskey, secondStep, signInWithPasskey } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { answerWithPasskey, canUsePasskeys } from './passkeys.ts';
import { SecondProofForm } from './second-proof.tsx';

type Person = { readonly id: string; readonly username: string; readonly name: string };
type Kinds = { readonly totp: boolean; readonly passkey: boolean };
type Props = { readonly person: Person; readonly onDone: (signedIn: boolean) => void };

/** Covers the page of somebody whose session ended, and lets the same person sign in again where he was. */
export function LockedDialog({ person, onDone }: Props) {
  const { t } = useTexts();
  const [kinds, setKinds] = useState<Kinds>();
  const { running, error, run } = useRun(true);
  /** Somebody else starts afresh: this page shows what its former reader may see. */
  const enter = (user: Person | null) => {
    if (user?.id === person.id) onDone(true);
    else if (user) window.location.assign('/office/');
  };
  const submit = ({ password }: { password: string }) =>
    run(async () => {
      const { user, secondStep: next } = await call(signIn, { body: { username: person.username, password } });
      if (next) setKinds(next);
      enter(user);
    });
  const withPasskey = () =>
    run(async () => {
      const passkey = await answerWithPasskey(await call(askPasskey, { body: { purpose: 'sign_in' } }));
      if (passkey) enter((await call(signInWithPasskey, { body: { passkey } })).user);
    });
  return (
    <Modal
      open
      title={t(kinds ? 'office.second.title' : 'office.locked.title')}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      styles={{ mask: { background: 'var(--page)' } }}
      zIndex={2000}
    >
      <p>{kinds ? t('office.second.about') : t('office.locked.about', { name: person.name })}</p>
      {kinds ? (
        <SecondProofForm
          kinds={kinds}
          submit={t('office.locked.submit')}
          passkeyOptions={() => call(askPasskey, { body: { purpose: 'second_step' } })}
          onProof={async (proof) => enter((await call(secondStep, { body: proof })).user)}
        />
      ) : (
        <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={(words) => void submit(words)}>
          <Form.Item label={t('office.sign_in.username')} htmlFor="locked-username">
            <Input id="locked-username" value={person.username} readOnly autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('office.sign_in.password')}
            rules={[{ required: true, message: t('office.sign_in.missing') }]}
          >
            <Input.Password autoFocus autoComplete="current-password" size="large" />
          </Form.Item>
          <ErrorNotice error={error} />
          <Button type="primary" htmlType="submit" size="large" block loading={running}>
            {t('office.locked.submit')}
          </Button>
        </Form>
      )}
      <div className="locked-others">
        {!kinds && canUsePasskeys() && (
          <Button type="link" onClick={() => void withPasskey()}>
            {t('office.passkey.sign_in')}
          </Button>
        )}
        <Button type="link" onClick={() => onDone(false)}>
          {t('office.locked.other')}
        </Button>
      </div>
    </Modal>
  );
}
