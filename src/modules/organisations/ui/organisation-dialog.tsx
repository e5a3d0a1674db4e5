import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Modal, Select } from 'antd';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { changeOrganisation, createOrganisation, type OrganisationDetail } from '../contract.ts';
import { AreaTreeSelect } from './area-tree-select.tsx';
import { kinds, organisationsChanged } from './queries.ts';
import { OrganisationSelect } from './selects.tsx';

type Values = {
  readonly kind: string;
  readonly area: string[];
  readonly name: string;
  readonly nameEn: string;
  readonly shortName: string;
  readonly lineSuperiorId?: string | null;
  readonly directingBodyId?: string | null;
  readonly phone?: string;
  readonly complaintPhone?: string;
  readonly external?: boolean;
};

type Props = {
  /** Null to enter a new one. */
  readonly organisation: OrganisationDetail | null;
  readonly onClose: () => void;
  readonly onSaved?: (id: string) => void;
};

/** Enters a body, or changes its names, lines and numbers. */
export function OrganisationDialog({ organisation: detail, onClose, onSaved }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (values: Values) =>
    run(async () => {
      const id = await save(detail, values);
      void message.success(t('organisations.ui.saved'));
      void organisationsChanged(queries);
      onSaved?.(id);
      onClose();
    });
  const labels = useLabels();
  return (
    <Modal
      open
      title={t(detail ? 'organisations.ui.edit' : 'organisations.ui.add')}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      width={680}
    >
      <Form form={form} layout="vertical" initialValues={initial(detail)} onFinish={(values) => void submit(values)}>
        {detail === null && <PlaceFields />}
        <NameFields renaming={detail !== null} />
        <div className="org-two">
          <Form.Item name="lineSuperiorId" label={t('organisations.ui.line')}>
            <OrganisationSelect />
          </Form.Item>
          <Form.Item name="directingBodyId" label={t('organisations.ui.directing')}>
            <OrganisationSelect />
          </Form.Item>
          <Form.Item name="phone" label={t('organisations.ui.phone')}>
            <Input type="tel" maxLength={30} />
          </Form.Item>
          <Form.Item name="complaintPhone" label={t('organisations.ui.complaint')}>
            <Input type="tel" maxLength={30} />
          </Form.Item>
        </div>
      </Form>
      <ErrorNotice error={error} fields={labels} />
    </Modal>
  );
}

function initial(detail: OrganisationDetail | null): Partial<Values> {
  if (!detail) return {};
  const { organisation: one, lineSuperior, directingBody } = detail;
  return {
    name: one.name,
    nameEn: one.nameEn,
    shortName: one.shortName,
    lineSuperiorId: lineSuperior?.id ?? null,
    directingBodyId: directingBody?.id ?? null,
    phone: one.phone ?? '',
    complaintPhone: one.complaintPhone ?? '',
  };
}

async function save(detail: OrganisationDetail | null, values: Values): Promise<string> {
  const { kind, area, external, ...rest } = values;
  const facts = {
    ...rest,
    lineSuperiorId: values.lineSuperiorId ?? null,
    directingBodyId: values.directingBodyId ?? null,
    phone: values.phone ?? null,
    complaintPhone: values.complaintPhone ?? null,
  };
  if (!detail) {
    const body = { ...facts, kind, areaCode: area[0] ?? '', external: external === true };
    return (await call(createOrganisation, { body })).id;
  }
  const { id, version } = detail.organisation;
  await call(changeOrganisation, { params: { id }, body: { ...facts, version } });
  return id;
}

function useLabels(): Readonly<Record<string, string>> {
  const { t } = useTexts();
  const of = (name: string) => t(`organisations.ui.${name}`);
  return {
    name: of('name'),
    shortName: of('short_name'),
    nameEn: of('name_en'),
    phone: of('phone'),
    complaintPhone: of('complaint'),
    areaCode: of('area'),
    kind: of('kind'),
  };
}

function useRequired() {
  const { t } = useTexts();
  return (field: string) => [{ required: true, message: t('organisations.ui.required', { field }) }];
}

function PlaceFields() {
  const { t, locale } = useTexts();
  const required = useRequired();
  const { data = [] } = useQuery(kinds);
  return (
    <>
      <div className="org-two">
        <Form.Item name="kind" label={t('organisations.ui.kind')} rules={required(t('organisations.ui.kind'))}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={data.map((one) => ({ value: one.kind, label: locale === 'en' ? one.nameEn : one.nameZh }))}
          />
        </Form.Item>
        <Form.Item name="area" label={t('organisations.ui.area')} rules={required(t('organisations.ui.area'))}>
          <AreaTreeSelect multiple={false} deepest={12} />
        </Form.Item>
      </div>
      <Form.Item name="external" valuePropName="checked" extra={t('organisations.ui.external_hint')}>
        <Checkbox>{t('organisations.ui.external')}</Checkbox>
      </Form.Item>
    </>
  );
}

function NameFields({ renaming }: { renaming: boolean }) {
  const { t } = useTexts();
  const required = useRequired();
  const hint = renaming ? { extra: t('organisations.ui.rename_hint') } : {};
  return (
    <>
      <Form.Item name="name" label={t('organisations.ui.name')} rules={required(t('organisations.ui.name'))} {...hint}>
        <Input maxLength={80} />
      </Form.Item>
      <div className="org-two">
        <Form.Item
          name="shortName"
          label={t('organisations.ui.short_name')}
          rules={required(t('organisations.ui.short_name'))}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('organisations.ui.name_en')} rules={required(t('organisations.ui.name_en'))}>
          <Input maxLength={160} />
        </Form.Item>
      </div>
    </>
  );
}
