import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { useSubmissionKey } from '../../../platform/web/keys.ts';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { type CasePanelProps, casesChanged } from '../../cases/ui/index.ts';
import { contactRequester } from '../contract.ts';
import { officeTexts } from '../texts/office.ts';

type How = 'message' | 'call_back';

/** Reaches the requester without showing his number. */
export function ContactPanel(props: CasePanelProps) {
  const may = useMay('cases.reply');
  if (!may || props.state === 'voided') return null;
  return (
    <MoreTexts texts={officeTexts}>
      <Contact {...props} />
    </MoreTexts>
  );
}

function Contact({ caseId, version }: CasePanelProps) {
  const { t } = useTexts();
  const [how, setHow] = useState<How>();
  return (
    <section className="card" aria-labelledby="contact-title">
      <h2 id="contact-title">{t('privacy.ui.contact')}</h2>
      <p className="soft small">{t('privacy.ui.contact_about')}</p>
      <Space wrap>
        <Button onClick={() => setHow('message')}>{t('privacy.ui.contact_message')}</Button>
        <Button onClick={() => setHow('call_back')}>{t('privacy.ui.contact_call')}</Button>
      </Space>
      <ContactDialog how={how} caseId={caseId} version={version} onClose={() => setHow(undefined)} />
    </section>
  );
}

type DialogProps = {
  readonly how: How | undefined;
  readonly caseId: string;
  readonly version: number;
  readonly onClose: () => void;
};

function ContactDialog({ how, caseId, version, onClose }: DialogProps) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const keyFor = useSubmissionKey();
  const { running, error, run } = useRun(how !== undefined);
  const [form] = Form.useForm<{ text: string }>();
  const send = ({ text }: { text: string }) =>
    run(async () => {
      const body = { how: how ?? 'message', text, expectedVersion: version };
      await call(contactRequester, { params: { id: caseId }, body, idempotencyKey: keyFor(body) });
    }).then((done) => {
      void casesChanged(queries, new Set([caseId]));
      if (!done) return;
      void message.success(t('privacy.ui.contact_sent'));
      onClose();
    });
  return (
    <Modal
      open={how !== undefined}
      title={t(how === 'call_back' ? 'privacy.ui.contact_call_title' : 'privacy.ui.contact_message_title')}
      okText={t(how === 'call_back' ? 'privacy.ui.contact_call' : 'privacy.ui.contact_message')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={send} requiredMark={false} preserve={false}>
        <Form.Item
          name="text"
          label={t('privacy.ui.contact_text')}
          extra={how === 'call_back' ? t('privacy.ui.contact_call_hint') : undefined}
          rules={[{ required: true, whitespace: true, min: 2, message: t('privacy.ui.contact_text_rule') }]}
        >
          <Input.TextArea autoFocus maxLength={1000} autoSize={{ minRows: 3, maxRows: 10 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
