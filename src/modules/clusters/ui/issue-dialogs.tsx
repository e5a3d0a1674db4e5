import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ReasonDialog, useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { listOrganisations } from '../../organisations/contract.ts';
import { dismissIssue, type HotIssue, ISSUE_KINDS, openIssue, publishIssue } from '../contract.ts';

type Props = { readonly issue: HotIssue; readonly onClose: () => void };

function useChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['clusters'] });
}

type Opening = {
  readonly kind: (typeof ISSUE_KINDS)[number];
  readonly leadId: string;
  readonly month?: string;
  readonly title: string;
  readonly text: string;
  readonly reason: string;
};

/** As what it is opened, who leads, and what is to be solved. */
export function OpenDialog({ issue, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const changed = useChanged();
  const { running, error, run } = useRun(true);
  const [form] = Form.useForm<Opening>();
  const kind = Form.useWatch('kind', form);
  const needed = (field: string) => [{ required: true, message: t('clusters.ui.needed', { field: t(field) }) }];
  const submit = async ({ month, ...opening }: Opening) => {
    const done = await run(async () => {
      const opened = await call(openIssue, { params: { id: issue.id }, body: { ...opening, month: month || null } });
      message.success(t('clusters.ui.opened_now', { number: opened.caseNumber ?? '' }));
    });
    if (!done) return;
    onClose();
    await changed();
  };
  return (
    <Modal
      open
      title={t('clusters.ui.open_title', { title: issue.title })}
      okText={t('clusters.ui.open_now')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'proactive', title: issue.title }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="kind" label={t('clusters.ui.kind')}>
          <Radio.Group options={ISSUE_KINDS.map((one) => ({ value: one, label: t(`clusters.ui.kind.${one}`) }))} />
        </Form.Item>
        {kind === 'problem_of_month' && (
          <Form.Item name="month" label={t('clusters.ui.month')}>
            <Input type="month" className="day" />
          </Form.Item>
        )}
        <Form.Item name="leadId" label={t('clusters.ui.lead')} rules={needed('clusters.ui.lead')}>
          <OfficeSelect />
        </Form.Item>
        <Form.Item name="title" label={t('clusters.ui.words_title')} rules={needed('clusters.ui.words_title')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="text" label={t('clusters.ui.words_text')} rules={needed('clusters.ui.words_text')}>
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 3 }} />
        </Form.Item>
        <Form.Item name="reason" label={t('clusters.ui.reason')} rules={needed('clusters.ui.reason')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}

type SelectProps = { readonly id?: string; readonly value?: string; readonly onChange?: (id: string) => void };

/** An office found by its name. */
function OfficeSelect(field: SelectProps) {
  const { t, locale } = useTexts();
  const [words, setWords] = useState('');
  const found = useQuery({
    queryKey: ['organisations', 'pick', words],
    queryFn: ({ signal }) => call(listOrganisations, { query: { q: words, limit: 20 }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      {...field}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      placeholder={t('clusters.ui.lead_hint')}
      notFoundContent={t('clusters.ui.lead_hint')}
      options={(found.data?.items ?? []).map((one) => ({
        value: one.id,
        label: locale === 'en' ? one.nameEn : one.name,
      }))}
    />
  );
}

export function DismissDialog({ issue, onClose }: Props) {
  const { t } = useTexts();
  const changed = useChanged();
  return (
    <ReasonDialog
      open
      title={t('clusters.ui.dismiss_title', { title: issue.title })}
      explanation={<p>{t('clusters.ui.dismiss_about')}</p>}
      confirm={t('clusters.ui.dismiss').replace('…', '')}
      onClose={onClose}
      onConfirm={async (reason) => {
        await call(dismissIssue, { params: { id: issue.id }, body: { reason } });
        await changed();
      }}
    />
  );
}

export function PublishDialog({ issue, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const changed = useChanged();
  const { running, error, run } = useRun(true);
  const [form] = Form.useForm<{ title: string; text: string }>();
  const submit = async (body: { title: string; text: string }) => {
    if (!(await run(() => call(publishIssue, { params: { id: issue.id }, body })))) return;
    message.success(t('clusters.ui.published'));
    onClose();
    await changed();
  };
  const needed = (field: string) => [{ required: true, message: t('clusters.ui.needed', { field: t(field) }) }];
  return (
    <Modal
      open
      title={t('clusters.ui.publish_title', { title: issue.publicTitle ?? issue.title })}
      okText={t('clusters.ui.publish').replace('…', '')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('clusters.ui.publish_about')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ title: issue.publicTitle ?? issue.title, text: issue.publicText ?? '' }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="title" label={t('clusters.ui.words_title')} rules={needed('clusters.ui.words_title')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="text" label={t('clusters.ui.words_text')} rules={needed('clusters.ui.words_text')}>
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 4 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
