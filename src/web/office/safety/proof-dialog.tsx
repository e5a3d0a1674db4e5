import { useQuery } from '@tanstack/react-query';
import { Button, Divider, Form, Input, type InputRef, Modal, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { askProof, prove } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { canUsePasskeys } from './passkeys.ts';
import { waysIn } from './queries.ts';
import { SecondProofForm } from './second-proof.tsx';

type Props = { readonly onDone: (proved: boolean) => void };

/** Asks for password or second factor before a step that needs a fresh proof. */
export function ProofDialog({ onDone }: Props) {
  const { t } = useTexts();
  const ways = useQuery({
    queryKey: ['auth', 'proof-question'],
    queryFn: () => call(askProof),
    staleTime: 0,
    gcTime: 0,
  });
  const service = useQuery(waysIn).data?.sso ?? null;
  const { hasPassword = false, totp = false, passkey = null } = ways.data ?? {};
  const others = totp || (passkey !== null && canUsePasskeys());
  return (
    <Modal
      open
      title={t('office.proof.title')}
      footer={null}
      onCancel={() => onDone(false)}
      mask={{ closable: false }}
      zIndex={1100}
    >
      <p>{t('office.proof.about')}</p>
      {ways.isPending && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
      <ErrorNotice error={ways.error} onRetry={() => void ways.refetch()} />
      {ways.data && !hasPassword && !others && !service && <p>{t('office.proof.none')}</p>}
      {hasPassword && <PasswordForm onDone={onDone} />}
      {hasPassword && others && <Divider plain>{t('office.proof.or')}</Divider>}
      {ways.data && others && (
        <SecondProofForm
          kinds={{ totp, passkey: passkey !== null }}
          submit={t('office.proof.submit')}
          withRecovery={false}
          // Asked for anew each time: what was signed once is worth nothing a second time.
          passkeyOptions={async () => (await call(askProof)).passkey ?? {}}
          onProof={async (proof) => {
            await call(prove, { body: proof });
            onDone(true);
          }}
        />
      )}
      {service && (
        <>
          {(hasPassword || others) && <Divider plain>{t('office.proof.or')}</Divider>}
          <ServiceProof name={service.name} onDone={onDone} />
        </>
      )}
    </Modal>
  );
}

/** The service asks its person anew in a window of its own; this page stays as it is. */
function ServiceProof({ name, onDone }: Props & { readonly name: string }) {
  const { t } = useTexts();
  const [asked, setAsked] = useState(false);
  const ask = () => {
    window.open('/api/auth/sso?proof=1', 'proof', 'popup,width=520,height=720');
    setAsked(true);
  };
  return (
    <div className="second-proof">
      <Button size="large" block onClick={ask}>
        {t('office.proof.by_service', { name })}
      </Button>
      <p className="soft">{t('office.proof.by_service_about')}</p>
      {asked && (
        <Button type="primary" size="large" block onClick={() => onDone(true)}>
          {t('office.proof.go_on')}
        </Button>
      )}
    </div>
  );
}

function PasswordForm({ onDone }: Props) {
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const field = useRef<InputRef>(null);
  const submit = ({ password }: { password: string }) =>
    run(() => call(prove, { body: { password } })).then((proved) => {
      if (proved) onDone(true);
      else field.current?.focus({ cursor: 'all' });
    });
  return (
    <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={(words) => void submit(words)}>
      <Form.Item
        name="password"
        label={t('office.sign_in.password')}
        rules={[{ required: true, message: t('office.sign_in.missing') }]}
      >
        <Input.Password ref={field} autoFocus autoComplete="current-password" size="large" />
      </Form.Item>
      <ErrorNotice error={error} />
      <Button type="primary" htmlType="submit" size="large" block loading={running}>
        {t('office.proof.submit')}
      </Button>
    </Form>
  );
}
