import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import type { ClockType } from '../../../kit/deadline.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { type DeadlineView, setDeadline } from '../contract.ts';
import { CLOCK_TYPES } from '../rules/deadlines.ts';
import { FromField, RequiredItem } from './fields.tsx';
import { catalogueChanged } from './queries.ts';

type Values = { readonly amount: number; readonly clock: ClockType; readonly basis?: string; readonly from: string };
type Props = {
  readonly code: string;
  readonly name: string;
  readonly deadline: DeadlineView;
  readonly onClose: () => void;
};

/** Lays down a deadline from a day on, or lets the class follow its upper one again. */
export function DeadlineDialog({ code, name, deadline, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { running, error, run } = useRun(true);
  const save = (values: Values, inherit: boolean) =>
    run(async () => {
      const { amount, clock, from, basis } = values;
      const limit = inherit ? null : { amount, clock };
      const body = { classCode: code, stage: deadline.stage, deadline: limit, basis: basis ?? null, from, note: null };
      const { version } = await call(setDeadline, { body });
      void message.success(t('catalogue.ui.saved', { version }));
      void catalogueChanged(queries);
      onClose();
    });
  const clocks = CLOCK_TYPES.map((value) => ({ value, label: t(`catalogue.ui.clock.${value}`) }));
  const initial = { amount: deadline.amount, clock: deadline.clock, basis: deadline.basis, from: dayOf(new Date()) };
  return (
    <Modal
      open
      title={t('catalogue.ui.deadline_title', { name, stage: t(`catalogue.ui.stage.${deadline.stage}`) })}
      okText={t('web.save')}
      okButtonProps={{ loading: running }}
      cancelText={t('web.cancel')}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={initial} onFinish={(values) => void save(values, false)}>
        <div className="cat-two">
          <RequiredItem
            name="amount"
            label={t('catalogue.ui.deadline_amount')}
            field={<InputNumber min={0.1} max={87600} step={1} style={{ inlineSize: '100%' }} />}
          />
          <RequiredItem name="clock" label={t('catalogue.ui.deadline_clock')} field={<Select options={clocks} />} />
        </div>
        <Form.Item name="basis" label={t('catalogue.ui.deadline_basis')}>
          <Input maxLength={200} />
        </Form.Item>
        <FromField />
        {code !== '*' && deadline.source === 'own' && (
          <Button disabled={running} onClick={() => void save(form.getFieldsValue(), true)}>
            {t('catalogue.ui.deadline_inherit')}
          </Button>
        )}
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
