import { Checkbox, Form, Input } from 'antd';
import { useTexts } from '../../../../platform/web/i18n.tsx';

/** Name and phone of who asked; both may be left out. */
export function RequesterFields({ wishes }: { wishes: boolean }) {
  const { t } = useTexts();
  return (
    <>
      <div className="side-by-side">
        <Form.Item name={['requester', 'name']} label={t('cases.ui.new.name')}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['requester', 'phone']} label={t('cases.ui.new.phone')} extra={t('cases.ui.new.phone_hint')}>
          <Input maxLength={30} inputMode="tel" autoComplete="off" />
        </Form.Item>
      </div>
      {wishes && (
        <div className="check-line">
          <Form.Item name="anonymous" valuePropName="checked" noStyle>
            <Checkbox>{t('cases.ui.new.anonymous')}</Checkbox>
          </Form.Item>
          <Form.Item name="confidential" valuePropName="checked" noStyle>
            <Checkbox>{t('cases.ui.new.confidential')}</Checkbox>
          </Form.Item>
          <Form.Item name="publicConsent" valuePropName="checked" noStyle>
            <Checkbox>{t('cases.ui.new.consent')}</Checkbox>
          </Form.Item>
        </div>
      )}
    </>
  );
}

type Typed = { readonly name?: string | undefined; readonly phone?: string | undefined } | undefined;

/** What was typed about the requester, or null when nothing was. */
export function requesterOf(typed: Typed): { name: string | null; phone: string | null } | null {
  const name = typed?.name?.trim() || null;
  const phone = typed?.phone?.trim() || null;
  return name === null && phone === null ? null : { name, phone };
}
