import { useQuery } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { RowSkeletons } from '../../../../platform/web/office/states.tsx';
import { dayOf } from '../../../../platform/web/time.ts';
import { type AreaDetail, splitArea } from '../../contract.ts';
import { DayField, FigureFields, NameField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';
import { children, estates } from './queries.ts';

type Part = { readonly name?: string; readonly households?: number | null; readonly population?: number | null };
type Values = {
  readonly parts: readonly Part[];
  readonly day: string;
  /** Index of the part that each open child, and each estate, goes to. */
  readonly childOf?: Readonly<Record<string, number>>;
  readonly estateOf?: readonly number[];
};

/** Splits an area; everything that lies in it is given to one of the parts. */
export function SplitDialog({ detail, onClose }: { detail: AreaDetail; onClose: () => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const below = useQuery(children(detail.code, false));
  const places = useQuery(estates(detail.code));
  const today = dayOf(new Date());
  const own = (below.data ?? []).filter((one) => !one.provisional);
  const known = places.data ?? [];
  const save = async ({ parts, day, childOf = {}, estateOf = [] }: Values) => {
    const body = {
      version: detail.version,
      day,
      parts: parts.map(({ name = '', households = null, population = null }, index) => ({
        name,
        households,
        population,
        children: own.filter((one) => childOf[one.code] === index).map((one) => one.code),
        estates: known.filter((_, row) => estateOf[row] === index).map((one) => one.estate),
      })),
    };
    const done = await call(splitArea, { params: { code: detail.code }, body });
    return t('areas.ui.split_done', { name: detail.name, n: done.parts.length });
  };
  return (
    <FormDialog<Values>
      title={t('areas.ui.split_title', { name: detail.name })}
      confirm={t('areas.ui.do.split')}
      danger
      width={720}
      about={<p>{t('areas.ui.split_about', { code: detail.code })}</p>}
      form={form}
      save={save}
      onClose={onClose}
      initialValues={{ parts: [{}, {}], day: today }}
    >
      <PartFields />
      {below.isPending || places.isPending ? (
        <RowSkeletons rows={2} />
      ) : (
        <>
          <Shares
            title={t('areas.ui.split_children')}
            rows={own.map((one) => ({ name: ['childOf', one.code], label: one.name }))}
          />
          <Shares
            title={t('areas.ui.split_estates')}
            rows={known.map((one, row) => ({
              name: ['estateOf', row],
              label: t('areas.ui.estate_count', { estate: one.estate, n: one.addresses }),
            }))}
          />
        </>
      )}
      <DayField today={today} />
    </FormDialog>
  );
}

function PartFields() {
  const { t } = useTexts();
  return (
    <Form.List name="parts">
      {(parts, { add, remove }) => (
        <>
          {parts.map(({ key, name }, index) => (
            <fieldset key={key} className="areas-part">
              <legend>{t('areas.ui.part', { n: index + 1 })}</legend>
              <NameField name={[name, 'name']} />
              <FigureFields path={[name]} />
              {parts.length > 2 && (
                <Button type="text" onClick={() => remove(name)}>
                  {t('areas.ui.part_remove', { n: index + 1 })}
                </Button>
              )}
            </fieldset>
          ))}
          {parts.length < 20 && <Button onClick={() => add({})}>{t('areas.ui.part_add')}</Button>}
        </>
      )}
    </Form.List>
  );
}

type SharesProps = {
  readonly title: string;
  readonly rows: readonly { readonly name: (string | number)[]; readonly label: string }[];
};

/** One line for each thing to be given away, with the parts to choose from. */
function Shares({ title, rows }: SharesProps) {
  const { t } = useTexts();
  const parts: readonly Part[] = Form.useWatch('parts') ?? [];
  if (rows.length === 0) return null;
  return (
    <fieldset className="areas-shares">
      <legend>{title}</legend>
      {rows.map(({ name, label }) => (
        <Form.Item
          key={name.join('.')}
          name={name}
          label={label}
          rules={[{ required: true, message: t('areas.ui.part_choose') }]}
        >
          <Select
            options={parts.map((part, index) => ({
              value: index,
              label: part?.name?.trim() || t('areas.ui.part', { n: index + 1 }),
            }))}
          />
        </Form.Item>
      ))}
    </fieldset>
  );
}
