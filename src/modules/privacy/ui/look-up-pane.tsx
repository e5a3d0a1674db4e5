import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { lookUpPhone } from '../contract.ts';

type Found = z.input<typeof lookUpPhone.answer>;
type Asked = { readonly phone: string; readonly reason: string };

/** Cases of one exact number; the person hears of it. What was found goes with the page. */
export function LookUpPane() {
  const { t } = useTexts();
  const { running, error, run } = useRun(true);
  const [found, setFound] = useState<Found>();
  const submit = (body: Asked) => run(async () => setFound(await call(lookUpPhone, { body })));
  const required = [{ required: true, whitespace: true, message: t('privacy.ui.required') }];
  return (
    <>
      <p className="soft">{t('privacy.ui.look_up_about')}</p>
      <Form<Asked>
        layout="vertical"
        onFinish={(body) => void submit(body)}
        requiredMark={false}
        className="narrow-form"
      >
        <Form.Item name="phone" label={t('privacy.ui.phone')} rules={required}>
          <Input inputMode="tel" autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('privacy.ui.reason')}
          extra={t('privacy.ui.reason_hint')}
          rules={[{ required: true, whitespace: true, min: 4, message: t('web.reason.hint', { n: 4 }) }]}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={running}>
          {t('privacy.ui.look_up')}
        </Button>
      </Form>
      <ErrorNotice error={error} />
      {found && <Cases found={found} />}
    </>
  );
}

function Cases({ found }: { found: Found }) {
  const { t } = useTexts();
  return (
    <section aria-live="polite">
      {found.items.length === 0 && found.hidden === 0 && <EmptyState title={t('privacy.ui.look_up_none')} />}
      <ul className="found-cases">
        {found.items.map((one) => (
          <li key={one.id}>
            <Link to="/cases/$id" params={{ id: one.id }} className="num">
              {one.number}
            </Link>{' '}
            {one.title} <span className="soft">· {t(`cases.state.${one.state}`)} · </span>
            <Moment at={one.openedAt} className="soft num" />
          </li>
        ))}
      </ul>
      {found.hidden > 0 && <p className="soft">{t('privacy.ui.hidden', { n: found.hidden })}</p>}
    </section>
  );
}
