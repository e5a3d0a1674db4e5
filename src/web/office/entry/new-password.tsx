import { Form, Input } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';

/** As the server demands. */
const LEAST = 10;
const MOST = 128;

/** A new password, twice. */
export function NewPasswordFields() {
  const { t } = useTexts();
  return (
    <>
      <Form.Item
        name="next"
        label={t('office.password.next')}
        extra={t('office.password.rule')}
        rules={[{ required: true, min: LEAST, message: t('office.password.rule') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={MOST} size="large" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('office.password.again')}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(t('office.password.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={MOST} size="large" />
      </Form.Item>
    </>
  );
}
