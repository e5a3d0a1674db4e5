import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { numberText } from '../../../platform/web/time.ts';
import { listAffected } from '../contract.ts';

type Made = z.input<typeof listAffected.answer>;
type Asked = { from: string; to: string; account?: string; address?: string; reason: string };

/** After a breach: one form, one table to download. */
export function AffectedPane() {
  const { t, locale } = useTexts();
  const { running, error, run } = useRun(true);
  const [made, setMade] = useState<Made>();
  const submit = ({ from, to, account, address, reason }: Asked) =>
    run(async () => {
      const body = {
        from: inChina(from),
        to: inChina(to),
        account: account?.trim() || null,
        address: address?.trim() || null,
        reason,
      };
      const answer = await call(listAffected, { body });
      setMade(answer);
      save(answer.csv);
    });
  const required = [{ required: true, message: t('privacy.ui.required') }];
  return (
    <>
      <p className="soft">{t('privacy.ui.affected_about')}</p>
      <Form<Asked>
        layout="vertical"
        onFinish={(asked) => void submit(asked)}
        requiredMark={false}
        className="narrow-form"
      >
        <Form.Item name="from" label={t('privacy.ui.from')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="to" label={t('privacy.ui.to')} rules={required}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="account" label={t('privacy.ui.account')} extra={t('privacy.ui.account_hint')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="address" label={t('privacy.ui.address')}>
          <Input maxLength={45} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('privacy.ui.reason')}
          rules={[{ required: true, whitespace: true, min: 4, message: t('web.reason.hint', { n: 4 }) }]}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={running}>
          {t('privacy.ui.affected_make')}
        </Button>
      </Form>
      <ErrorNotice error={error} />
      <p role="status">
        {made &&
          t('privacy.ui.affected_made', {
            reads: numberText(locale, made.reads),
            cases: numberText(locale, made.cases),
          })}
        {made?.cut && ` ${t('privacy.ui.affected_cut')}`}
      </p>
    </>
  );
}

/** What a clock on the wall says, whatever zone this machine is set to. */
function inChina(local: string): string {
  return new Date(`${local.slice(0, 16)}:00+08:00`).toISOString();
}

function save(csv: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  link.download = 'affected.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}
