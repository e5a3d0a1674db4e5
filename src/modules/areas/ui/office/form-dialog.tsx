import { useQueryClient } from '@tanstack/react-query';
import { App, Form, type FormInstance, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { areasChanged } from './queries.ts';

type Props<Values> = {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly width?: number;
  /** What the person should know before he confirms. */
  readonly about?: ReactNode;
  readonly initialValues?: object;
  readonly form: FormInstance<Values>;
  /** Saves, and answers what to tell. */
  readonly save: (values: Values) => Promise<string>;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

const FIELDS = ['name', 'kind', 'code', 'households', 'population', 'day', 'successors', 'members'];

/** A form that saves something about areas: stays open with the reason when the server refuses. */
export function FormDialog<Values extends object>(props: Props<Values>) {
  const { title, confirm, danger = false, width, about, initialValues, form, save, onClose, children } = props;
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(true);
  const labels = Object.fromEntries(FIELDS.map((field) => [field, t(`areas.ui.${field}`)]));
  const submit = (values: Values) =>
    run(async () => {
      const told = await save(values);
      void message.success(told);
      void areasChanged(queries);
      onClose();
    });
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={t('web.cancel')}
      okButtonProps={{ danger, loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      {...(width === undefined ? {} : { width })}
    >
      {about}
      <Form
        form={form}
        layout="vertical"
        initialValues={initialValues ?? {}}
        onFinish={(values) => void submit(values)}
      >
        {children}
      </Form>
      <ErrorNotice error={error} fields={labels} />
    </Modal>
  );
}
