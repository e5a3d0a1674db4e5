import { Form, Input, Modal, Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n.tsx';
import { useRun } from './dialogs.tsx';
import { ErrorNotice } from './error-notice.tsx';

type Props<Values> = {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly initial?: Partial<NoInfer<Values>>;
  readonly children: ReactNode;
  readonly onSend: (values: Values) => Promise<unknown>;
  readonly onClose: () => void;
};

/** A form in a dialog. It stays open with what was typed and the reason when the server refuses. */
export function FormDialog<Values extends object = Record<string, unknown>>(props: Props<Values>) {
  const { title, confirm, danger = false, wide = false, initial, children, onSend, onClose } = props;
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const [form] = Form.useForm<Values>();
  return (
    <Modal
      open
      title={title}
      width={wide ? 760 : 560}
      okText={confirm}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running, danger }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        {...(initial ? { initialValues: initial } : {})}
        scrollToFirstError={{ focus: true }}
        onFinish={(values) => void run(() => onSend(values)).then((done) => done && onClose())}
      >
        {children}
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

type WordsProps = {
  readonly name: string | (string | number)[];
  readonly label: string;
  readonly most: number;
  readonly required?: boolean;
  /** Characters below which it says too little. */
  readonly least?: number;
  readonly hint?: string;
  readonly rows?: number;
};

/** Free text with its limit; says what is missing where it is missing. */
export function WordsItem({ name, label, most, required = true, least = 2, hint, rows = 2 }: WordsProps) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={
        required
          ? [{ required: true, whitespace: true, min: least, message: t('web.form.fill', { field: label }) }]
          : []
      }
    >
      <Input.TextArea maxLength={most} autoSize={{ minRows: rows, maxRows: 10 }} />
    </Form.Item>
  );
}

type ChoiceProps = {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string | boolean; readonly label: string }[];
  readonly hint?: string;
};

/** One of a few, all visible. */
export function ChoiceItem({ name, label, options, hint }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={[{ required: true, message: t('web.form.choose', { field: label }) }]}
    >
      <Radio.Group aria-label={label} options={[...options]} />
    </Form.Item>
  );
}
