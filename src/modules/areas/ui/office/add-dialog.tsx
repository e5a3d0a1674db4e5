import { Form, Input } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type AreaDetail, createChild } from '../../contract.ts';
import { levelBelow } from '../../rules/codes.ts';
import { KINDS } from '../../rules/kinds.ts';
import { FigureFields, KindField, NameField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';

type Values = {
  readonly name: string;
  readonly kind: AreaDetail['kind'];
  readonly code?: string;
  readonly households?: number | null;
  readonly population?: number | null;
};

type Props = { readonly parent: AreaDetail; readonly onClose: () => void; readonly onAdded: (code: string) => void };

/** Adds an area below another. */
export function AddDialog({ parent, onClose, onAdded }: Props) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const level = levelBelow(parent.level) ?? 'micro_grid';
  const save = async ({ code, ...values }: Values) => {
    const body = { ...values, ...(code?.trim() ? { code: code.trim() } : {}) };
    const made = await call(createChild, { params: { code: parent.code }, body });
    onAdded(made.code);
    return t('areas.ui.added', { name: made.name, code: made.code });
  };
  return (
    <FormDialog<Values>
      title={t('areas.ui.add_title', { level: t(`areas.level.${level}`), name: parent.name })}
      confirm={t('areas.ui.do.add')}
      form={form}
      save={save}
      onClose={onClose}
      initialValues={{ kind: KINDS[level][0] }}
    >
      <NameField name="name" autoFocus />
      {KINDS[level].length > 1 && <KindField level={level} />}
      <Form.Item name="code" label={t('areas.ui.code')} extra={t('areas.ui.code_hint', { parent: parent.code })}>
        <Input inputMode="numeric" maxLength={17} autoComplete="off" />
      </Form.Item>
      <div className="areas-two">
        <FigureFields />
      </div>
    </FormDialog>
  );
}
