import { Form, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../i18n.tsx';
import { ErrorNotice } from './error-notice.tsx';

type ConfirmProps = {
  readonly open: boolean;
  /** Names the thing: 'Void 20261120-000317-4'. */
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** Asks before what cannot be undone. Stays open with the reason when the server refuses. */
export function ConfirmDialog({ open, title, children, confirm, danger = false, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTexts();
  const { running, error, run } = useRun(open);
  return (
    <Modal
      open={open}
      title={title}
      okText={confirm}
      cancelText={t('web.cancel')}
      okButtonProps={{ danger, loading: running }}
      onOk={() => run(onConfirm).then((done) => done && onClose())}
      onCancel={onClose}
      destroyOnHidden
    >
      {children}
      <ErrorNotice error={error} />
    </Modal>
  );
}

type ReasonProps = {
  readonly open: boolean;
  readonly title: string;
  readonly explanation: ReactNode;
  readonly confirm: string;
  readonly least?: number;
  readonly onConfirm: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
};

/** Asks for a reason before something that is logged, such as showing a requester's number. */
export function ReasonDialog({ open, title, explanation, confirm, least = 4, onConfirm, onClose }: ReasonProps) {
  const { t } = useTexts();
  const { running, error, run } = useRun(open);
  const [form] = Form.useForm<{ reason: string }>();
  const submit = ({ reason }: { reason: string }) =>
    run(() => onConfirm(reason.trim())).then((done) => {
      if (done) onClose();
    });
  return (
    <Modal
      open={open}
      title={title}
      okText={confirm}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      {explanation}
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} preserve={false}>
        <Form.Item
          name="reason"
          label={t('web.reason.label')}
          extra={t('web.reason.hint', { n: least })}
          rules={[{ required: true, whitespace: true, min: least, message: t('web.reason.hint', { n: least }) }]}
        >
          <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

/** One thing at a time: whether it runs, and how it failed. `run` answers true when it went through. */
export function useRun(open: boolean) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (open) setError(null);
  }, [open]);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setRunning(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (caught) {
      setError(caught);
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { running, error, run, clear: () => setError(null) };
}
