import { Form, Radio } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { dayOf } from '../../../../platform/web/time.ts';
import { type AreaDetail, type AreaItem, mergeAreas } from '../../contract.ts';
import { DayField, NameField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';

type Values = { readonly into: string; readonly name?: string; readonly day: string };

type Props = {
  readonly parent: AreaDetail;
  readonly areas: readonly AreaItem[];
  readonly onClose: () => void;
  readonly onDone: () => void;
};

const NEW = 'new';

/** Merges areas into one of them or into a new one. */
export function MergeDialog({ parent, areas, onClose, onDone }: Props) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const into = Form.useWatch('into', form);
  const today = dayOf(new Date());
  const save = async ({ into: chosen, name, day }: Values) => {
    const body = {
      codes: areas.map((one) => one.code),
      into: chosen === NEW ? { name: name ?? '' } : { code: chosen },
      day,
    };
    const merged = await call(mergeAreas, { params: { code: parent.code }, body });
    onDone();
    return t('areas.ui.merged', { n: areas.length, name: merged.name });
  };
  return (
    <FormDialog<Values>
      title={t('areas.ui.merge_title', { n: areas.length })}
      confirm={t('areas.ui.merge_confirm')}
      danger
      about={<p>{t('areas.ui.merge_about', { names: areas.map((one) => one.name).join(t('areas.map.comma')) })}</p>}
      form={form}
      save={save}
      onClose={onClose}
      initialValues={{ into: NEW, day: today }}
    >
      <Form.Item name="into" label={t('areas.ui.merge_into')}>
        <Radio.Group
          className="areas-radios"
          options={[
            { value: NEW, label: t('areas.ui.merge_new') },
            ...areas.map((one) => ({
              value: one.code,
              label: t('areas.ui.merge_one', { name: one.name, code: one.code }),
            })),
          ]}
        />
      </Form.Item>
      {into === NEW && <NameField name="name" label={t('areas.ui.new_name')} />}
      <DayField today={today} />
    </FormDialog>
  );
}
