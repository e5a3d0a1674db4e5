import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { answerWithPasskey, canUsePasskeys } from './passkeys.ts';

type PasskeyAnswer = NonNullable<Awaited<ReturnType<typeof answerWithPasskey>>>;
export type SecondProof =
  | { readonly code: string }
  | { readonly recoveryCode: string }
  | { readonly passkey: PasskeyAnswer };

type Props = {
  readonly kinds: { readonly totp: boolean; readonly passkey: boolean };
  readonly onProof: (proof: SecondProof) => Promise<unknown>;
  /** What the browser needs for a passkey. */
  readonly passkeyOptions: () => Promise<Readonly<Record<string, unknown>>>;
  readonly submit: string;
  readonly withRecovery?: boolean;
};

/** Asks for the second factor: six digits, a passkey, or when all is lost a recovery code. */
export function SecondProofForm({ kinds, onProof, passkeyOptions, submit, withRecovery = true }: Props) {
  const { t } = useTexts();
  const [recovering, setRecovering] = useState(false);
  const [brokenOff, setBrokenOff] = useState(false);
  const { running, error, run, clear } = useRun(true);
  const withPasskey = () =>
    run(async () => {
      setBrokenOff(false);
      const passkey = await answerWithPasskey(await passkeyOptions());
      if (passkey === null) setBrokenOff(true);
      else await onProof({ passkey });
    });
  const passkeys = kinds.passkey && canUsePasskeys();
  return (
    <div className="second-proof">
      {passkeys && !recovering && (
        <Button
          type={kinds.totp ? 'default' : 'primary'}
          size="large"
          block
          loading={running}
          onClick={() => void withPasskey()}
        >
          {t('office.second.passkey')}
        </Button>
      )}
      {kinds.totp && !recovering && (
        <CodeForm submit={submit} running={running} onCode={(code) => void run(() => onProof({ code }))} />
      )}
      {recovering && (
        <RecoveryForm
          submit={submit}
          running={running}
          onCode={(code) => void run(() => onProof({ recoveryCode: code }))}
        />
      )}
      {brokenOff && <Alert type="info" role="status" title={t('office.second.cancelled')} />}
      <ErrorNotice error={error} />
      {withRecovery && (
        <>
          <Button
            type="link"
            onClick={() => {
              setRecovering(!recovering);
              clear();
            }}
          >
            {t(recovering ? 'office.second.use_code' : 'office.second.use_recovery')}
          </Button>
          <p className="soft">{t('office.second.lost')}</p>
        </>
      )}
    </div>
  );
}

type CodeProps = { readonly submit: string; readonly running: boolean; readonly onCode: (code: string) => void };

export function CodeForm({ submit, running, onCode }: CodeProps) {
  const { t } = useTexts();
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => onCode(code)}>
      <Form.Item
        name="code"
        label={t('office.second.code')}
        rules={[{ required: true, pattern: /^\s*\d{3}\s?\d{3}\s*$/, message: t('office.second.code_rule') }]}
      >
        <Input
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          size="large"
          className="code-field"
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={running}>
        {submit}
      </Button>
    </Form>
  );
}

function RecoveryForm({ submit, running, onCode }: CodeProps) {
  const { t } = useTexts();
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => onCode(code)}>
      <Form.Item
        name="code"
        label={t('office.second.recovery')}
        rules={[{ required: true, message: t('office.sign_in.missing') }]}
      >
        <Input
          autoFocus
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          size="large"
          className="code-field"
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={running}>
        {submit}
      </Button>
    </Form>
  );
}
