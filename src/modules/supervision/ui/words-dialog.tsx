import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';

type DialogProps<Values> = {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly initial?: Partial<Values>;
  readonly children: ReactNode;
  readonly onSend: (values: Values) => Promise<unknown>;
  readonly onClose: () => void;
};

/** A form in a dialog; stays open with what was typed and the reason when the server refuses. */
export function FormDialog<Values extends object>(props: DialogProps<Values>) {
  const { title, confirm, danger = false, initial, children, onSend, onClose } = props;
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const [form] = Form.useForm<Values>();
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running, danger }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        {...(initial ? { initialValues: initial } : {})}
        onFinish={(values) => run(() => onSend(values)).then((done) => done && onClose())}
      >
        {children}
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

type WordsProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly most: number;
  readonly required?: boolean;
};

/** Free text that somebody else reads; says what is missing where it is missing. */
export function WordsField({ name, label, hint, most, required = true }: WordsProps) {
  const { t } = useTexts();
  const message = t('supervision.ui.fill', { field: label });
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={required ? [{ required: true, whitespace: true, min: 4, message }] : []}
    >
      <Input.TextArea maxLength={most} autoSize={{ minRows: 3, maxRows: 10 }} />
    </Form.Item>
  );
}
