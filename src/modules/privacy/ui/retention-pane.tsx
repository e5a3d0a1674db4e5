import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { setRetention } from '../contract.ts';
import { type RuleRow, retentionPreview, ruleList } from './queries.ts';

/** How long what is kept, and a dry run of the next erasing. */
export function RetentionPane() {
  const { t } = useTexts();
  const [changing, setChanging] = useState(false);
  const rules = useQuery(ruleList);
  return (
    <>
      <p className="soft">{t('privacy.ui.retention_about')}</p>
      <DataTable<RuleRow>
        name="retention"
        label={t('privacy.ui.tab.retention')}
        tools={
          <Button type="primary" onClick={() => setChanging(true)}>
            {t('privacy.ui.rule_add')}
          </Button>
        }
        columns={useColumns()}
        rows={rules.data ?? []}
        rowKey={(row) => row.id}
        loading={rules.isPending}
        error={rules.error}
        onRetry={() => void rules.refetch()}
        empty={<EmptyState title={t('privacy.ui.preview_none')} />}
      />
      <Preview />
      <RuleDialog open={changing} onClose={() => setChanging(false)} />
    </>
  );
}

function useColumns(): readonly Column<RuleRow>[] {
  const { t } = useTexts();
  const name = (row: RuleRow) =>
    row.classPrefix === '' ? t('privacy.ui.all_classes') : [row.classPrefix, row.className].filter(Boolean).join(' ');
  return [
    { key: 'class', title: t('privacy.ui.class'), value: name, show: name },
    {
      key: 'identity',
      title: t('privacy.ui.identity_months'),
      value: (row) => row.identityMonths,
      show: (row) => <span className="num">{row.identityMonths}</span>,
    },
    {
      key: 'content',
      title: t('privacy.ui.content_months'),
      value: (row) => row.contentMonths ?? '',
      show: (row) => row.contentMonths ?? <span className="soft">{t('privacy.ui.content_kept')}</span>,
    },
    { key: 'basis', title: t('privacy.ui.basis'), value: (row) => row.basis, show: (row) => row.basis },
    {
      key: 'since',
      title: t('privacy.ui.since'),
      value: (row) => row.validFrom,
      show: (row) => <Moment at={row.validFrom} className="num" />,
    },
    {
      key: 'until',
      title: t('privacy.ui.until'),
      value: (row) => row.validTo ?? '',
      show: (row) => (row.validTo ? <Moment at={row.validTo} className="num" /> : '—'),
    },
  ];
}

function Preview() {
  const { t } = useTexts();
  const preview = useQuery(retentionPreview);
  const { data } = preview;
  return (
    <section className="card" aria-labelledby="preview-title">
      <h2 id="preview-title">{t('privacy.ui.preview')}</h2>
      <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />
      {data?.rows.length === 0 && <p className="soft">{t('privacy.ui.preview_none')}</p>}
      <ul>
        {data?.rows.map((row) => (
          <li key={row.classCode}>
            {t('privacy.ui.preview_line', {
              class: row.className,
              identities: row.identities,
              contents: row.contents,
            })}
          </li>
        ))}
      </ul>
      {data && data.examples.length > 0 && (
        <p className="soft num">{t('privacy.ui.preview_examples', { numbers: data.examples.join('、') })}</p>
      )}
      {data?.more && <p className="soft">{t('privacy.ui.preview_more', { n: data.looked })}</p>}
    </section>
  );
}

type Rule = { classPrefix?: string; identityMonths: number; contentMonths?: number | null; basis: string };

function RuleDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(open);
  const [form] = Form.useForm<Rule>();
  const submit = ({ classPrefix = '', contentMonths = null, ...rest }: Rule) =>
    run(() => call(setRetention, { body: { ...rest, classPrefix: classPrefix.trim(), contentMonths } })).then(
      (done) => {
        if (!done) return;
        void message.success(t('privacy.ui.rule_saved'));
        void queries.invalidateQueries({ queryKey: ['privacy'] });
        onClose();
      },
    );
  const months = { type: 'integer', min: 1, max: 1200, message: t('privacy.ui.months_rule') } as const;
  return (
    <Modal
      open={open}
      title={t('privacy.ui.rule_title')}
      okText={t('privacy.ui.rule_add')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} preserve={false}>
        <Form.Item
          name="classPrefix"
          label={t('privacy.ui.class_prefix')}
          rules={[{ pattern: /^(\d{2}|\d{4})?$/, message: t('privacy.ui.class_prefix_rule') }]}
        >
          <Input inputMode="numeric" maxLength={4} />
        </Form.Item>
        <Form.Item
          name="identityMonths"
          label={t('privacy.ui.identity_months')}
          rules={[{ required: true, message: t('privacy.ui.required') }, months]}
        >
          <InputNumber style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="contentMonths"
          label={t('privacy.ui.content_months')}
          extra={t('privacy.ui.content_kept')}
          rules={[months]}
        >
          <InputNumber style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="basis"
          label={t('privacy.ui.basis')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('privacy.ui.required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
