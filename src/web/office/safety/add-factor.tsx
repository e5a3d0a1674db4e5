import { Alert, Button, Form, Input, Modal, QRCode, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { addPasskey, beginPasskey, beginTotp, confirmTotp } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { CopyButton } from '../../../platform/web/office/copy-button.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { makePasskey } from './passkeys.ts';
import { CodeForm } from './second-proof.tsx';

type Setup = z.input<typeof beginTotp.answer>;
/** `codes`: the recovery codes that came with the first factor, to be shown now. */
type AddProps = { readonly onAdded: (codes: readonly string[] | null) => void; readonly onClose: () => void };

/** Connects an authenticator app: scan or type the secret, then prove it by a code. */
export function AppSetup({ onAdded, onClose }: AddProps) {
  const { t } = useTexts();
  const [setup, setSetup] = useState<Setup>();
  const begin = useRun(true);
  const confirm = useRun(true);
  const { run } = begin;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one secret for each time the dialog is opened
  useEffect(() => {
    // A proof that was asked for and refused closes the dialog: there is nothing to go on with.
    void run(async () => setSetup(await call(beginTotp)));
  }, []);
  return (
    <Modal open title={t('office.app.title')} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <ErrorNotice error={begin.error} />
      {setup === undefined && begin.error === null && <Skeleton active />}
      {setup && (
        <>
          <p>1. {t('office.app.step1')}</p>
          <QRCode
            type="svg"
            value={setup.address}
            size={192}
            color="#000000"
            bgColor="#ffffff"
            className="app-code"
            role="img"
            aria-label={t('office.app.qr')}
          />
          <p className="soft">{t('office.app.by_hand')}</p>
          <p className="app-secret">
            <code>{setup.secret.match(/.{4}/g)?.join(' ')}</code> <CopyButton text={setup.secret} />
          </p>
          <p>2. {t('office.app.step2')}</p>
          <CodeForm
            submit={t('office.app.submit')}
            running={confirm.running}
            onCode={(code) =>
              void confirm.run(async () => onAdded((await call(confirmTotp, { body: { code } })).recoveryCodes))
            }
          />
          <ErrorNotice error={confirm.error} />
        </>
      )}
    </Modal>
  );
}

/** Makes a passkey on this device and names it. */
export function PasskeySetup({ onAdded, onClose }: AddProps) {
  const { t } = useTexts();
  const [brokenOff, setBrokenOff] = useState(false);
  const { running, error, run } = useRun(true);
  const add = ({ name }: { name: string }) =>
    run(async () => {
      setBrokenOff(false);
      const passkey = await makePasskey(await call(beginPasskey));
      if (passkey === null) return setBrokenOff(true);
      return onAdded((await call(addPasskey, { body: { name, passkey } })).recoveryCodes);
    });
  return (
    <Modal open title={t('office.safety.passkey_add')} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<{ name: string }> layout="vertical" requiredMark={false} onFinish={(words) => void add(words)}>
        <Form.Item
          name="name"
          label={t('office.safety.passkey_name')}
          extra={t('office.safety.passkey_name_hint')}
          rules={[{ required: true, whitespace: true, message: t('office.sign_in.missing') }]}
        >
          <Input autoFocus maxLength={50} size="large" autoComplete="off" />
        </Form.Item>
        {brokenOff && <Alert type="info" role="status" title={t('office.second.cancelled')} />}
        <ErrorNotice error={error} />
        <Button type="primary" htmlType="submit" size="large" block loading={running}>
          {t('office.safety.passkey_add')}
        </Button>
      </Form>
    </Modal>
  );
}

/** Recovery codes, shown this once; closing needs a word that they are kept. */
export function RecoveryCodes({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Modal
      open
      title={t('office.codes.title')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" size="large" onClick={onClose}>
          {t('office.codes.kept')}
        </Button>
      }
    >
      <p>{t('office.codes.about')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <CopyButton text={codes.join('\n')} />
    </Modal>
  );
}
