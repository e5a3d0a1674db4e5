import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, InputNumber, Modal, Segmented, Select } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { readTree } from '../../areas/contract.ts';
import { AreaTreeSelect, OrganisationSelect } from '../../organisations/ui/index.ts';
import { createEntry, type EntryItem } from '../contract.ts';
import { ENTRY_LEVELS, type EntryLevel } from '../rules/dispatch.ts';
import { AssistSelect } from './assist-select.tsx';
import { ClassSelect, FromField, KindSelect, RequiredItem } from './fields.tsx';
import { catalogueChanged } from './queries.ts';

type Values = {
  readonly number?: number | null;
  readonly classCode: string;
  readonly level: EntryLevel;
  readonly area?: string[];
  readonly leadBy: 'kind' | 'organisation';
  readonly kind?: string;
  readonly organisationId?: string;
  readonly assists?: string[];
  readonly legalBasis: string;
  readonly decidedBy?: string;
  readonly from: string;
};
type Props = {
  readonly replaced: EntryItem | null;
  readonly classCode: string | undefined;
  readonly onClose: () => void;
};

/** Adds an entry to the dispatch list, or puts one in the place of another. */
export function EntryDialog({ replaced, classCode, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (values: Values) =>
    run(async () => {
      const { number } = await call(createEntry, {
        body: { ...(await bodyOf(values)), replaces: replaced?.id ?? null },
      });
      void message.success(t('catalogue.ui.list.added', { number }));
      void catalogueChanged(queries);
      onClose();
    });
  const title = replaced
    ? t('catalogue.ui.list.replace_title', { number: replaced.number })
    : t('catalogue.ui.list.add');
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
      width={720}
    >
      {replaced && <p className="soft">{t('catalogue.ui.list.replace_about')}</p>}
      <Form
        form={form}
        layout="vertical"
        initialValues={initial(replaced, classCode)}
        onFinish={(values) => void submit(values)}
      >
        <Matter replacing={replaced !== null} />
        <Lead />
        <Basis />
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

function initial(replaced: EntryItem | null, classCode: string | undefined): Partial<Values> {
  const from = dayOf(new Date());
  if (!replaced) return { from, level: 'county', leadBy: 'kind', ...(classCode ? { classCode } : {}) };
  const { lead } = replaced;
  return {
    from,
    classCode: replaced.class.code,
    level: replaced.level,
    area: [replaced.area.code],
    leadBy: lead.by,
    ...(lead.by === 'kind' ? { kind: lead.kind.kind } : { organisationId: lead.organisation.id }),
    assists: replaced.assists.map((body) =>
      body.by === 'kind' ? `kind:${body.kind.kind}` : `id:${body.organisation.id}`,
    ),
    legalBasis: replaced.sample ? '' : replaced.legalBasis,
    decidedBy: replaced.sample ? '' : replaced.decidedBy,
  };
}

async function bodyOf(values: Values) {
  const whole = async () => (await call(readTree, { query: {} })).items[0]?.code ?? '';
  return {
    number: values.number ?? null,
    classCode: values.classCode,
    level: values.level,
    areaCode: values.area?.[0] ?? (await whole()),
    lead:
      values.leadBy === 'kind'
        ? { by: 'kind' as const, kind: values.kind ?? '' }
        : { by: 'organisation' as const, id: values.organisationId ?? '' },
    assists: (values.assists ?? []).map((value) =>
      value.startsWith('id:')
        ? { by: 'organisation' as const, id: value.slice(3) }
        : { by: 'kind' as const, kind: value.slice(5) },
    ),
    legalBasis: values.legalBasis,
    decidedBy: values.decidedBy ?? null,
    from: values.from,
  };
}

function Matter({ replacing }: { replacing: boolean }) {
  const { t } = useTexts();
  const levels = ENTRY_LEVELS.map((value) => ({ value, label: t(`catalogue.level.${value}`) }));
  return (
    <div className="cat-two">
      <RequiredItem name="classCode" label={t('catalogue.ui.class')} field={<ClassSelect />} />
      <RequiredItem name="level" label={t('catalogue.ui.list.level')} field={<Select options={levels} />} />
      <Form.Item name="area" label={t('catalogue.ui.list.area')} extra={t('catalogue.ui.list.area_hint')}>
        <AreaTreeSelect multiple={false} deepest={9} />
      </Form.Item>
      {!replacing && (
        <Form.Item name="number" label={t('catalogue.ui.list.number')} extra={t('catalogue.ui.list.number_hint')}>
          <InputNumber min={1} max={100000} precision={0} style={{ inlineSize: '100%' }} />
        </Form.Item>
      )}
    </div>
  );
}

function Lead() {
  const { t } = useTexts();
  const by = Form.useWatch('leadBy');
  const level = Form.useWatch('level');
  return (
    <>
      <Form.Item name="leadBy" label={t('catalogue.ui.list.lead_by')} extra={t('catalogue.ui.list.lead_hint')}>
        <Segmented
          options={[
            { value: 'kind', label: t('catalogue.ui.list.lead_kind') },
            { value: 'organisation', label: t('catalogue.ui.list.lead_one') },
          ]}
        />
      </Form.Item>
      {by === 'organisation' ? (
        <RequiredItem name="organisationId" label={t('catalogue.ui.list.lead')} field={<OrganisationSelect />} />
      ) : (
        <RequiredItem name="kind" label={t('catalogue.ui.list.lead')} field={<KindSelect level={level} />} />
      )}
      <Form.Item name="assists" label={t('catalogue.ui.list.assists')}>
        <AssistSelect />
      </Form.Item>
    </>
  );
}

function Basis() {
  const { t } = useTexts();
  return (
    <>
      <RequiredItem name="legalBasis" label={t('catalogue.ui.list.basis')} field={<Input maxLength={200} />} />
      <div className="cat-two">
        <Form.Item name="decidedBy" label={t('catalogue.ui.list.decided_by')}>
          <Input maxLength={100} />
        </Form.Item>
        <FromField />
      </div>
    </>
  );
}
