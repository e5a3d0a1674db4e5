import { useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Modal, Select } from 'antd';
import type { z } from 'zod';
import { LANES } from '../../../platform/auth/actor.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { type ClassDetail, changeClass, createClass } from '../contract.ts';
import { FromField, RequiredItem } from './fields.tsx';
import { MARKS } from './marks.tsx';
import { nameOf } from './names.ts';
import { catalogueChanged } from './queries.ts';

type Existing = ClassDetail['versions'][number] & { readonly code: string };
type Body = z.input<NonNullable<typeof createClass.body>>;
type Values = Omit<Body, 'sensitivity' | 'defaultUrgency' | 'from'> & {
  readonly sealed: boolean;
  readonly urgent: boolean;
  readonly from: string;
};
type Props = { readonly existing: Existing | null; readonly onClose: () => void };

/** Adds a class, or makes a new version of one from a day on. */
export function ClassDialog({ existing, onClose }: Props) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (values: Values) =>
    run(async () => {
      const { version } = await save(existing, values);
      void message.success(t('catalogue.ui.saved', { version }));
      void catalogueChanged(queries);
      onClose();
    });
  const title = existing ? t('catalogue.ui.edit_title', { name: nameOf(locale, existing) }) : t('catalogue.ui.add');
  return (
    <Modal
      open
      title={title}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      width={680}
    >
      <Form form={form} layout="vertical" initialValues={initial(existing)} onFinish={(values) => void submit(values)}>
        {!existing && (
          <RequiredItem
            name="code"
            label={t('catalogue.ui.code')}
            hint={t('catalogue.ui.code_hint')}
            field={<Input maxLength={4} inputMode="numeric" pattern="\d{2}(\d{2})?" />}
          />
        )}
        <Facts />
        <div className="cat-two">
          <FromField />
          <Form.Item name="note" label={t('catalogue.ui.note_optional')}>
            <Input maxLength={200} />
          </Form.Item>
        </div>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

function initial(existing: Existing | null): Partial<Values> {
  const from = dayOf(new Date());
  if (!existing) return { from, keywords: [], lane: 'services' };
  const { sensitivity, defaultUrgency, note: _, ...facts } = existing;
  return { ...facts, from, sealed: sensitivity === 'sealed', urgent: defaultUrgency === 'urgent' };
}

function save(existing: Existing | null, values: Values) {
  const facts = {
    nameZh: values.nameZh,
    nameEn: values.nameEn,
    keywords: values.keywords,
    lane: values.lane,
    sensitivity: values.sealed ? ('sealed' as const) : ('normal' as const),
    defaultUrgency: values.urgent ? ('urgent' as const) : ('normal' as const),
    petition: values.petition === true,
    settleOnSpot: values.settleOnSpot === true,
    needsPhoto: values.needsPhoto === true,
    callBackBefore: values.callBackBefore === true,
    from: values.from,
    note: values.note ?? null,
  };
  if (!existing) return call(createClass, { body: { code: values.code, ...facts } });
  return call(changeClass, { params: { code: existing.code }, body: { seen: existing.version, ...facts } });
}

function Facts() {
  const { t } = useTexts();
  const lanes = LANES.map((value) => ({ value, label: t(`catalogue.ui.lane.${value}`) }));
  const checks = [['sealed', 'sealed'], ['urgent', 'urgent'], ...MARKS] as const;
  return (
    <>
      <div className="cat-two">
        <RequiredItem name="nameZh" label={t('catalogue.ui.name_zh')} field={<Input maxLength={30} />} />
        <RequiredItem name="nameEn" label={t('catalogue.ui.name_en')} field={<Input maxLength={80} />} />
      </div>
      <RequiredItem name="lane" label={t('catalogue.ui.lane')} field={<Select options={lanes} />} />
      <Form.Item name="keywords" label={t('catalogue.ui.keywords')} extra={t('catalogue.ui.keywords_hint')}>
        <Select mode="tags" open={false} maxCount={60} tokenSeparators={['、', ',', '，', ' ']} suffix={null} />
      </Form.Item>
      <div className="cat-checks">
        {checks.map(([name, text]) => (
          <Form.Item key={name} name={name} valuePropName="checked">
            <Checkbox>{t(`catalogue.ui.${text}`)}</Checkbox>
          </Form.Item>
        ))}
      </div>
    </>
  );
}
