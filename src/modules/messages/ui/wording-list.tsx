import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useNow } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { whenText } from '../../../platform/web/time.ts';
import { setTemplate } from '../contract.ts';
import { type TemplateRow, templateList } from './queries.ts';

/** Subject and text of every notice in both languages. */
export function WordingList() {
  const { t } = useTexts();
  const [editing, setEditing] = useState<TemplateRow>();
  const list = useQuery(templateList);
  const columns = useColumns(setEditing);
  return (
    <>
      <p className="soft">{t('messages.ui.wording_about')}</p>
      <DataTable<TemplateRow>
        name="wording"
        label={t('messages.ui.wording')}
        columns={columns}
        rows={list.data ?? []}
        rowKey={(row) => `${row.notice} ${row.locale}`}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={t('messages.ui.wording')} />}
      />
      {editing && <EditWording row={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function useColumns(onEdit: (row: TemplateRow) => void): readonly Column<TemplateRow>[] {
  const { t, locale } = useTexts();
  const now = useNow();
  const name = (row: TemplateRow) => t(`messages.ui.notice.${row.notice}`);
  return [
    {
      key: 'notice',
      title: t('messages.ui.notice'),
      value: name,
      show: (row) => (
        <>
          {name(row)}
          <br />
          <small className="soft">{t(row.toRequester ? 'messages.ui.to_requester' : 'messages.ui.to_officers')}</small>
        </>
      ),
    },
    {
      key: 'language',
      title: t('messages.ui.language'),
      value: (row) => row.locale,
      show: (row) => t(`messages.ui.language.${row.locale}`),
    },
    {
      key: 'body',
      title: t('messages.ui.body'),
      value: (row) => row.body,
      show: (row) => (
        <div lang={row.locale} style={{ maxInlineSize: '60ch', whiteSpace: 'pre-wrap' }}>
          <b>{row.subject}</b>
          <br />
          {row.body}
        </div>
      ),
    },
    {
      key: 'since',
      title: t('messages.ui.at'),
      value: (row) => row.since ?? '',
      show: (row) =>
        row.since === null
          ? t('messages.ui.wording_shipped')
          : t('messages.ui.wording_since', { when: whenText(t, locale, row.since, now) }),
    },
    {
      key: 'do',
      title: t('messages.ui.do'),
      show: (row) => (
        <Button size="small" aria-label={t('messages.ui.edit', { name: name(row) })} onClick={() => onEdit(row)}>
          {t('messages.ui.edit_short')}
        </Button>
      ),
    },
  ];
}

type Wording = { readonly subject: string; readonly body: string };

function EditWording({ row, onClose }: { readonly row: TemplateRow; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Wording>();
  const { running, error, run } = useRun(true);
  const { notice, locale } = row;
  const save = async (wording: Wording) => {
    const saved = await run(() => call(setTemplate, { params: { notice, locale }, body: wording }));
    if (!saved) return;
    void message.success(t('web.saved'));
    await queries.invalidateQueries({ queryKey: templateList.queryKey });
    onClose();
  };
  const list = row.placeholders.map((name) => `{${name}}`).join('  ');
  return (
    <Modal
      open
      title={t('messages.ui.edit', { name: t(`messages.ui.notice.${notice}`) })}
      okText={t('web.save')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={row}
        onFinish={(words) => void save(words)}
      >
        <Form.Item name="subject" label={t('messages.ui.subject')} rules={[{ required: true, whitespace: true }]}>
          <Input lang={locale} maxLength={80} />
        </Form.Item>
        <Form.Item
          name="body"
          label={t('messages.ui.body')}
          extra={t('messages.ui.placeholders', { list })}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input.TextArea lang={locale} maxLength={600} autoSize={{ minRows: 4, maxRows: 12 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} fields={{ subject: t('messages.ui.subject'), body: t('messages.ui.body') }} />
    </Modal>
  );
}
