import { Form, Input, type InputRef, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { prove } from '../../../platform/auth/contract.ts';
import { answerChallenges, call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';

type Waiting = { readonly answer: Promise<boolean>; readonly settle: (proved: boolean) => void };

/**
 * Asks for a password when a step needs a fresh proof of who one is. The step that was refused goes on afterwards by
 * itself; several at once are answered by one dialog.
 */
export function ProofDialog() {
  const waiting = useRef<Waiting>(undefined);
  const [open, setOpen] = useState(false);
  useEffect(
    () =>
      answerChallenges(() => {
        if (waiting.current === undefined) {
          let settle: Waiting['settle'] = () => undefined;
          const given = new Promise<boolean>((resolve) => {
            settle = resolve;
          });
          waiting.current = { answer: given, settle };
          setOpen(true);
        }
        return waiting.current.answer;
      }),
    [],
  );
  const settle = (proved: boolean) => {
    setOpen(false);
    waiting.current?.settle(proved);
    waiting.current = undefined;
  };
  return open && <Ask onDone={settle} />;
}

function Ask({ onDone }: { readonly onDone: (proved: boolean) => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<{ password: string }>();
  const { running, error, run } = useRun(true);
  const field = useRef<InputRef>(null);
  const submit = ({ password }: { password: string }) =>
    run(() => call(prove, { body: { password } })).then((proved) => {
      if (proved) onDone(true);
      else field.current?.focus({ cursor: 'all' });
    });
  return (
    <Modal
      open
      title={t('office.proof.title')}
      okText={t('office.proof.submit')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={() => onDone(false)}
      mask={{ closable: false }}
      zIndex={1100}
    >
      <p>{t('office.proof.about')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(words) => void submit(words)}>
        <Form.Item
          name="password"
          label={t('office.sign_in.password')}
          rules={[{ required: true, message: t('office.sign_in.missing') }]}
        >
          <Input.Password ref={field} autoFocus autoComplete="current-password" size="large" />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
