import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { type EntryItem, endEntry } from '../contract.ts';
import { FromField, RequiredItem } from './fields.tsx';
import { nameOf } from './names.ts';
import { catalogueChanged } from './queries.ts';

type Values = { readonly from: string; readonly reason: string };

/** Takes an entry off the dispatch list from a day on. */
export function EndEntryDialog({ entry, onClose }: { entry: EntryItem; onClose: () => void }) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (body: Values) =>
    run(async () => {
      await call(endEntry, { params: { id: entry.id }, body });
      void message.success(t('catalogue.ui.list.ended'));
      void catalogueChanged(queries);
      onClose();
    });
  return (
    <Modal
      open
      title={t('catalogue.ui.list.end_title', { number: entry.number })}
      okText={t('catalogue.ui.list.end')}
      okButtonProps={{ danger: true, loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('catalogue.ui.list.end_about', { name: nameOf(locale, entry.class) })}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ from: dayOf(new Date()) }}
        onFinish={(values) => void submit(values)}
      >
        <FromField />
        <RequiredItem
          name="reason"
          label={t('catalogue.ui.list.reason')}
          field={<Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />}
        />
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
