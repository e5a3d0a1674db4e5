import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { LANES, type Lane, ROLES, type Role } from '../../../platform/auth/actor.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { createPost } from '../contract.ts';
import { GRID_ROLES, type GridRole } from '../rules/post.ts';
import { AreaTreeSelect } from './area-tree-select.tsx';
import { shortName } from './names.ts';
import { organisationsChanged } from './queries.ts';
import { AreaSetSelect, OrganisationSelect, PersonSelect } from './selects.tsx';

type Values = {
  readonly organisationId?: string;
  readonly userId: string;
  readonly role: Role;
  readonly gridRole?: GridRole;
  readonly titleZh?: string;
  readonly titleEn?: string;
  readonly scopeBy: 'areas' | 'set';
  readonly scope?: string[];
  readonly areaSetId?: string;
  readonly lanes?: Lane[];
  readonly validFrom: string;
  readonly validTo?: string;
};

type Props = {
  /** Fixed when the post is given from a body's page; chosen in the form otherwise. */
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly nameEn: string;
    readonly shortName: string;
  } | null;
  /** What a vacancy already says. */
  readonly preset?: Partial<Values>;
  readonly onClose: () => void;
};

/** Gives a post: who, as what, where, for which lanes, how long. */
export function PostDialog({ organisation, preset = {}, onClose }: Props) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const submit = (values: Values) =>
    run(async () => {
      await call(createPost, { params: { id: organisation?.id ?? values.organisationId ?? '' }, body: bodyOf(values) });
      void message.success(t('organisations.ui.given'));
      void organisationsChanged(queries);
      onClose();
    });
  const initial = { scopeBy: 'areas' as const, validFrom: dayOf(new Date()), ...preset };
  const title = organisation
    ? t('organisations.ui.give_title', { name: shortName(locale, organisation) })
    : t('organisations.ui.give');
  return (
    <Modal
      open
      title={title}
      okText={t('organisations.ui.give')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
      width={680}
    >
      <Form form={form} layout="vertical" initialValues={initial} onFinish={(values) => void submit(values)}>
        {!organisation && <RequiredItem name="organisationId" label="organisation" field={<OrganisationSelect />} />}
        <RequiredItem name="userId" label="person" field={<PersonSelect />} />
        <RoleFields />
        <ScopeFields />
        <TermFields />
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

function bodyOf(values: Values) {
  const bySet = values.scopeBy === 'set';
  return {
    userId: values.userId,
    role: values.role,
    gridRole: values.role === 'grid_worker' ? (values.gridRole ?? null) : null,
    titleZh: values.titleZh ?? null,
    titleEn: values.titleEn ?? null,
    scope: bySet ? [] : (values.scope ?? []),
    areaSetId: bySet ? (values.areaSetId ?? null) : null,
    lanes: values.lanes?.length ? values.lanes : null,
    validFrom: values.validFrom,
    validTo: values.validTo || null,
  };
}

function RequiredItem({ name, label, field, hint }: { name: string; label: string; field: ReactNode; hint?: string }) {
  const { t } = useTexts();
  const words = t(`organisations.ui.${label}`);
  return (
    <Form.Item
      name={name}
      label={words}
      rules={[{ required: true, message: t('organisations.ui.required', { field: words }) }]}
      {...(hint === undefined ? {} : { extra: hint })}
    >
      {field}
    </Form.Item>
  );
}

function RoleFields() {
  const { t } = useTexts();
  const role = Form.useWatch('role');
  const roles = ROLES.map((value) => ({ value, label: t(`organisations.role.${value}`) }));
  const places = GRID_ROLES.map((value) => ({ value, label: t(`organisations.grid_role.${value}`) }));
  return (
    <>
      <div className="org-two">
        <RequiredItem name="role" label="role" field={<Select options={roles} />} />
        {role === 'grid_worker' && (
          <RequiredItem name="gridRole" label="grid_role" field={<Select options={places} />} />
        )}
      </div>
      <div className="org-two">
        <Form.Item
          name="titleZh"
          label={t('organisations.ui.post_title')}
          extra={t('organisations.ui.post_title_hint')}
        >
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="titleEn" label={t('organisations.ui.post_title_en')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </>
  );
}

function ScopeFields() {
  const { t } = useTexts();
  const role = Form.useWatch('role');
  const by = Form.useWatch('scopeBy');
  const grid = role === 'grid_worker';
  const lanes = LANES.map((value) => ({ value, label: t(`organisations.lane.${value}`) }));
  return (
    <>
      {!grid && (
        <Form.Item name="scopeBy" label={t('organisations.ui.scope_by')}>
          <Segmented
            options={[
              { value: 'areas', label: t('organisations.ui.scope_areas') },
              { value: 'set', label: t('organisations.ui.scope_set') },
            ]}
          />
        </Form.Item>
      )}
      {by === 'set' && !grid ? (
        <RequiredItem
          name="areaSetId"
          label="scope"
          hint={t('organisations.ui.scope_set_hint')}
          field={<AreaSetSelect />}
        />
      ) : (
        <RequiredItem
          name="scope"
          label="scope"
          hint={t(grid ? 'organisations.ui.scope_grid_hint' : 'organisations.ui.scope_hint')}
          field={<AreaTreeSelect deepest={15} />}
        />
      )}
      <Form.Item name="lanes" label={t('organisations.ui.lanes')}>
        <Select mode="multiple" allowClear placeholder={t('organisations.ui.lanes_all')} options={lanes} />
      </Form.Item>
    </>
  );
}

function TermFields() {
  const { t } = useTexts();
  return (
    <div className="org-two">
      <RequiredItem name="validFrom" label="from" field={<Input type="date" />} />
      <Form.Item name="validTo" label={t('organisations.ui.until')} extra={t('organisations.ui.until_hint')}>
        <Input type="date" />
      </Form.Item>
    </div>
  );
}
