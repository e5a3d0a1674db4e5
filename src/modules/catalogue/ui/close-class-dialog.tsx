import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { closeClass } from '../contract.ts';
import { FromField, RequiredItem } from './fields.tsx';
import { catalogueChanged } from './queries.ts';

type Values = { readonly from: string; readonly note: string };
type Props = { readonly code: string; readonly name: string; readonly onClose: () => void };

/** Closes a class to new requests. */
export function CloseClassDialog({ code, name, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (body: Values) =>
    run(async () => {
      const { endedEntries } = await call(closeClass, { params: { code }, body });
      void message.success(t('catalogue.ui.closed', { n: endedEntries }));
      void catalogueChanged(queries);
      onClose();
    });
  return (
    <Modal
      open
      title={t('catalogue.ui.close_title', { name })}
      okText={t('catalogue.ui.close')}
      okButtonProps={{ danger: true, loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('catalogue.ui.close_about')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ from: dayOf(new Date()) }}
        onFinish={(values) => void submit(values)}
      >
        <FromField />
        <RequiredItem
          name="note"
          label={t('catalogue.ui.note')}
          field={<Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />}
        />
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
