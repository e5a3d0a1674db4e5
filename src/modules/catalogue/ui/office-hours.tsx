import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { dayOf } from '../../../platform/web/time.ts';
import { changeSettings, type listSettings } from '../contract.ts';
import { FromField, RequiredItem } from './fields.tsx';
import { catalogueChanged } from './queries.ts';

type Setting = z.output<typeof listSettings.answer>['items'][number];

/** Minutes after midnight as a time of the day, and back. */
function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** When offices open and close: what office hours and working days are counted by. */
export function OfficeHours({ hours }: { hours: readonly Setting[] }) {
  const { t } = useTexts();
  const manages = useMay('catalogue.manage');
  const [editing, setEditing] = useState(false);
  return (
    <section className="cat-card">
      <h2>{t('catalogue.ui.settings.hours')}</h2>
      <p className="soft">{t('catalogue.ui.settings.hours_about')}</p>
      <ul className="cat-rows">
        {hours.map((one) => (
          <li key={one.name}>
            <span>
              {t(`catalogue.ui.setting.${one.name}`)} <b className="num">{clockText(one.value)}</b>
            </span>
            {one.planned && (
              <span className="cat-mark planned">
                {t('catalogue.ui.settings.planned', {
                  day: dayOf(one.planned.from),
                  value: clockText(one.planned.value),
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {manages && (
        <Button className="cat-after" onClick={() => setEditing(true)}>
          {t('catalogue.ui.settings.change')}
        </Button>
      )}
      {editing && <HoursDialog hours={hours} onClose={() => setEditing(false)} />}
    </section>
  );
}

function HoursDialog({ hours, onClose }: { hours: readonly Setting[]; onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Record<string, string>>();
  const { running, error, run } = useRun(true);
  const submit = (values: Record<string, string>) =>
    run(async () => {
      const changed = hours.map((one) => ({ name: one.name, value: minutesOf(values[one.name] ?? '') }));
      const from = values['from'] ?? dayOf(new Date());
      await call(changeSettings, { body: { classCode: null, values: changed, from } });
      void message.success(t('catalogue.ui.saved_plain'));
      void catalogueChanged(queries);
      onClose();
    });
  const initial = Object.fromEntries(hours.map((one) => [one.name, clockText(one.value)]));
  return (
    <Modal
      open
      title={t('catalogue.ui.settings.hours')}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...initial, from: dayOf(new Date()) }}
        onFinish={(values) => void submit(values)}
      >
        <div className="cat-two">
          {hours.map((one) => (
            <RequiredItem
              key={one.name}
              name={one.name}
              label={t(`catalogue.ui.setting.${one.name}`)}
              field={<Input type="time" />}
            />
          ))}
        </div>
        <FromField />
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
