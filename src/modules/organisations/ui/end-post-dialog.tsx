import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { endPost, type PostItem } from '../contract.ts';
import { personName, postName } from './names.ts';
import { organisationsChanged } from './queries.ts';

type Values = { readonly endsOn: string; readonly reason: string };

/** Ends a post from a day on, with a reason; asked first since rights are gone at once. */
export function EndPostDialog({ post, onClose }: { post: PostItem; onClose: () => void }) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (values: Values) =>
    run(() => call(endPost, { params: { id: post.id }, body: values })).then((done) => {
      if (!done) return;
      void message.success(t('organisations.ui.ended'));
      void organisationsChanged(queries);
      onClose();
    });
  const today = dayOf(new Date());
  const required = (field: string) => [{ required: true, message: t('organisations.ui.required', { field }) }];
  return (
    <Modal
      open
      title={t('organisations.ui.end_title', {
        name: personName(locale, post.person),
        role: postName(t, locale, post),
      })}
      okText={t('organisations.ui.end')}
      okButtonProps={{ danger: true, loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('organisations.ui.end_about')}</p>
      <Form form={form} layout="vertical" initialValues={{ endsOn: today }} onFinish={(values) => void submit(values)}>
        <Form.Item name="endsOn" label={t('organisations.ui.end_on')} rules={required(t('organisations.ui.end_on'))}>
          <Input type="date" min={today} {...(post.validTo ? { max: post.validTo } : {})} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('organisations.ui.end_reason')}
          rules={required(t('organisations.ui.end_reason'))}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
