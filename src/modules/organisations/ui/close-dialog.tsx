import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { closeOrganisation, type OrganisationDetail } from '../contract.ts';
import { fullName } from './names.ts';
import { organisationsChanged } from './queries.ts';
import { OrganisationSelect } from './selects.tsx';

type Values = { readonly endsOn: string; readonly successorId?: string | null };

/** Closes a body from a day on; its posts end with it. */
export function CloseDialog({ detail, onClose }: { detail: OrganisationDetail; onClose: () => void }) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const { organisation: one } = detail;
  const submit = ({ endsOn, successorId }: Values) =>
    run(async () => {
      const body = { version: one.version, endsOn, successorId: successorId ?? null };
      const { endedPosts } = await call(closeOrganisation, { params: { id: one.id }, body });
      void message.success(t('organisations.ui.closed_done', { n: endedPosts }));
      void organisationsChanged(queries);
      onClose();
    });
  const today = dayOf(new Date());
  return (
    <Modal
      open
      title={t('organisations.ui.close_title', { name: fullName(locale, one) })}
      okText={t('organisations.ui.close')}
      okButtonProps={{ danger: true, loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('organisations.ui.close_about')}</p>
      <Form form={form} layout="vertical" initialValues={{ endsOn: today }} onFinish={(values) => void submit(values)}>
        <Form.Item
          name="endsOn"
          label={t('organisations.ui.close_on')}
          rules={[
            { required: true, message: t('organisations.ui.required', { field: t('organisations.ui.close_on') }) },
          ]}
        >
          <Input type="date" min={today} />
        </Form.Item>
        <Form.Item name="successorId" label={t('organisations.ui.successor_label')}>
          <OrganisationSelect />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
