import { Form } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type AreaDetail, changeArea } from '../../contract.ts';
import { KINDS } from '../../rules/kinds.ts';
import { FigureFields, KindField, NameField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';

type Values = {
  readonly name: string;
  readonly kind?: AreaDetail['kind'];
  readonly households?: number | null;
  readonly population?: number | null;
};

/** Renames an area or corrects its kind and figures; sends only what was changed. */
export function ChangeDialog({ detail, onClose }: { detail: AreaDetail; onClose: () => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const save = async ({ name, kind, households = null, population = null }: Values) => {
    const body = {
      version: detail.version,
      households,
      population,
      ...(name.trim() === detail.officialName ? {} : { name }),
      ...(kind === undefined || kind === detail.kind ? {} : { kind }),
    };
    await call(changeArea, { params: { code: detail.code }, body });
    return t('web.saved');
  };
  const { officialName: name, kind, households, population } = detail;
  return (
    <FormDialog<Values>
      title={t('areas.ui.change_title', { name: detail.name })}
      confirm={t('web.save')}
      about={<p className="soft">{t('areas.ui.change_about', { code: detail.code })}</p>}
      form={form}
      save={save}
      onClose={onClose}
      initialValues={{ name, kind, households, population }}
    >
      <NameField name="name" label={t('areas.ui.official_name')} />
      {KINDS[detail.level].length > 1 && <KindField level={detail.level} />}
      <div className="areas-two">
        <FigureFields />
      </div>
    </FormDialog>
  );
}
