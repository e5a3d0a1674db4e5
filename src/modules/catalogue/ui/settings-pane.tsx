import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { dayOf, numberText } from '../../../platform/web/time.ts';
import { changeSettings, type listSettings } from '../contract.ts';
import { ClassSelect, FromField, RequiredItem } from './fields.tsx';
import { nameOf } from './names.ts';
import { OfficeHours } from './office-hours.tsx';
import { catalogueChanged, settings } from './queries.ts';

type Setting = z.output<typeof listSettings.answer>['items'][number];

/** The numbers that rules use, each with its bounds, what is planned, and classes that differ. */
export function SettingsPane() {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(settings);
  const [editing, setEditing] = useState<Setting | null>(null);
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const hours = data.filter((one) => one.unit === 'minutes');
  return (
    <>
      <section className="cat-card">
        <p className="soft">{t('catalogue.ui.settings.about')}</p>
        <ul className="cat-rows">
          {data
            .filter((one) => one.unit !== 'minutes')
            .map((one) => (
              <SettingRow key={one.name} setting={one} onEdit={() => setEditing(one)} />
            ))}
        </ul>
      </section>
      <OfficeHours hours={hours} />
      {editing && <SettingDialog setting={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function SettingRow({ setting, onEdit }: { setting: Setting; onEdit: () => void }) {
  const { t, locale } = useTexts();
  const manages = useMay('catalogue.manage');
  const say = (value: number) => t(`catalogue.ui.unit.${setting.unit}`, { n: numberText(locale, value) });
  const name = t(`catalogue.ui.setting.${setting.name}`);
  return (
    <li>
      <span>
        {name} <b>{say(setting.value)}</b>
        {setting.planned && (
          <>
            {' '}
            <span className="cat-mark planned">
              {t('catalogue.ui.settings.planned', {
                day: dayOf(setting.planned.from),
                value: say(setting.planned.value),
              })}
            </span>
          </>
        )}
        {setting.classes.map((one) => (
          <small key={one.class.code}>
            <br />
            {t('catalogue.ui.settings.for_class', { name: nameOf(locale, one.class), value: say(one.value) })}
          </small>
        ))}
      </span>
      {manages && (
        <Button size="small" aria-label={`${t('catalogue.ui.settings.change')}: ${name}`} onClick={onEdit}>
          {t('catalogue.ui.settings.change')}
        </Button>
      )}
    </li>
  );
}

type Values = { readonly value: number; readonly classCode?: string | null; readonly from: string };

function SettingDialog({ setting, onClose }: { setting: Setting; onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch('classCode', form);
  const { running, error, run } = useRun(true);
  const save = ({ classCode, from }: Values, value: number | null) =>
    run(async () => {
      const body = { classCode: classCode ?? null, values: [{ name: setting.name, value }], from };
      await call(changeSettings, { body });
      void message.success(t('catalogue.ui.saved_plain'));
      void catalogueChanged(queries);
      onClose();
    });
  const { least, most } = setting;
  const differs = setting.classes.some((one) => one.class.code === chosen);
  return (
    <Modal
      open
      title={t(`catalogue.ui.setting.${setting.name}`)}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ value: setting.value, from: dayOf(new Date()) }}
        onFinish={(values) => void save(values, values.value)}
      >
        <RequiredItem
          name="value"
          label={t(`catalogue.ui.setting.${setting.name}`)}
          hint={t('catalogue.ui.settings.range', { least, most })}
          field={<InputNumber min={least} max={most} precision={0} style={{ inlineSize: '100%' }} />}
        />
        <Form.Item name="classCode" label={t('catalogue.ui.settings.scope')}>
          <ClassSelect allowClear placeholder={t('catalogue.ui.settings.all')} />
        </Form.Item>
        <FromField />
        {differs && (
          <Button disabled={running} onClick={() => void save(form.getFieldsValue(), null)}>
            {t('catalogue.ui.settings.follow')}
          </Button>
        )}
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
