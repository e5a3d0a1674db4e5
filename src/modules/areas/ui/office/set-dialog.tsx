import { Form, Input, Select } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { AREA_SET_KINDS, type AreaSetItem, changeSet, createSet } from '../../contract.ts';
import { AreasSelect } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';

type Values = { readonly kind: AreaSetItem['kind']; readonly name: string; readonly members: string[] };

/** Names a set of areas, or changes one; members that leave keep the time they belonged. */
export function SetDialog({ set, onClose }: { set: AreaSetItem | null; onClose: () => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const save = async (values: Values) => {
    if (set) await call(changeSet, { params: { id: set.id }, body: { ...values, version: set.version } });
    else await call(createSet, { body: values });
    return t('web.saved');
  };
  const members = set?.members.filter((member) => member.validTo === null).map((member) => member.code) ?? [];
  const required = (label: string) => [{ required: true, message: t('areas.ui.required', { field: label }) }];
  return (
    <FormDialog<Values>
      title={set ? t('areas.ui.set_edit_title', { name: set.name }) : t('areas.ui.set_add')}
      confirm={t('web.save')}
      form={form}
      save={save}
      onClose={onClose}
      initialValues={{ kind: set?.kind ?? 'cluster', name: set?.name ?? '', members }}
    >
      <Form.Item name="name" label={t('areas.ui.name')} rules={required(t('areas.ui.name'))}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t('areas.ui.kind')}>
        <Select options={AREA_SET_KINDS.map((kind) => ({ value: kind, label: t(`areas.ui.set_kind.${kind}`) }))} />
      </Form.Item>
      <Form.Item
        name="members"
        label={t('areas.ui.members')}
        extra={t('areas.ui.members_hint')}
        rules={required(t('areas.ui.members'))}
      >
        <AreasSelect />
      </Form.Item>
    </FormDialog>
  );
}
