import { App, Button, Form, Input } from 'antd';
import { changePassword } from '../../../platform/auth/contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { useSession } from '../session.ts';
import { NewPasswordFields } from './new-password.tsx';

/** Changing one's own password. */
export function PasswordPage() {
  const { t } = useTexts();
  const { message } = App.useApp();
  const session = useSession();
  const [form] = Form.useForm<{ current: string; next: string }>();
  const { running, error, run } = useRun(true);
  useTitle(t('office.password.title'));
  const save = ({ current, next }: { current: string; next: string }) =>
    run(async () => {
      await call(changePassword, { body: { current, next } });
      form.resetFields();
      message.success(t('office.password.saved'));
    });
  return (
    <div className="page narrow-page">
      <h1>{t('office.password.title')}</h1>
      <p>{t('office.password.about')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={save}>
        <input type="text" autoComplete="username" value={session?.user.username ?? ''} readOnly hidden />
        <Form.Item
          name="current"
          label={t('office.password.current')}
          rules={[{ required: true, message: t('office.sign_in.missing') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <NewPasswordFields />
        <ErrorNotice error={error} />
        <Button type="primary" htmlType="submit" size="large" loading={running}>
          {t('office.password.submit')}
        </Button>
      </Form>
    </div>
  );
}
