import { Form } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { dayOf } from '../../../../platform/web/time.ts';
import { type AreaDetail, closeArea } from '../../contract.ts';
import { AreasSelect, DayField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';

type Values = { readonly day: string; readonly successors?: string[] };

/** Ends an area. It stays on record with its successors; its code is not used again. */
export function CloseDialog({ detail, onClose }: { detail: AreaDetail; onClose: () => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const today = dayOf(new Date());
  const save = async ({ day, successors = [] }: Values) => {
    const body = { version: detail.version, day, successors };
    await call(closeArea, { params: { code: detail.code }, body });
    return t('areas.ui.closed_done', { name: detail.name });
  };
  return (
    <FormDialog<Values>
      title={t('areas.ui.close_title', { name: detail.name })}
      confirm={t('areas.ui.do.close')}
      danger
      about={<p>{t('areas.ui.close_about', { code: detail.code })}</p>}
      form={form}
      save={save}
      onClose={onClose}
      initialValues={{ day: today }}
    >
      <Form.Item name="successors" label={t('areas.ui.successors')} extra={t('areas.ui.successors_hint')}>
        <AreasSelect digits={detail.code.length} />
      </Form.Item>
      <DayField today={today} />
    </FormDialog>
  );
}
