import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Radio, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useRun } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { exactTime } from '../../../platform/web/time.ts';
import { decideRequest } from '../contract.ts';
import { type RequestRow, requestList } from './queries.ts';

type Shown = 'open' | 'decided';

/** What people asked to have put right or deleted, by deadline. */
export function RequestsPane() {
  const { t } = useTexts();
  const [shown, setShown] = useState<Shown>('open');
  const [answering, setAnswering] = useState<RequestRow>();
  const list = useInfiniteQuery(requestList(shown));
  const columns = useColumns(shown, setAnswering);
  return (
    <>
      <p className="soft">{t('privacy.ui.requests_about')}</p>
      <DataTable<RequestRow>
        name="person-requests"
        label={t('privacy.ui.tab.requests')}
        tools={
          <Segmented<Shown>
            value={shown}
            onChange={setShown}
            options={(['open', 'decided'] as const).map((value) => ({ value, label: t(`privacy.ui.${value}`) }))}
          />
        }
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        exportable={false}
        empty={<EmptyState title={t('privacy.ui.requests_none')} hint={t('privacy.ui.requests_none_hint')} />}
      />
      <AnswerDialog row={answering} onClose={() => setAnswering(undefined)} />
    </>
  );
}

function useColumns(shown: Shown, onAnswer: (row: RequestRow) => void): readonly Column<RequestRow>[] {
  const { t } = useTexts();
  const kind = (row: RequestRow) => t(`privacy.ui.kind.${row.kind}${row.asked.what ? `_${row.asked.what}` : ''}`);
  const last: Column<RequestRow> =
    shown === 'open'
      ? {
          key: 'do',
          title: t('privacy.ui.do'),
          show: (row) => (
            <Button size="small" onClick={() => onAnswer(row)}>
              {t('privacy.ui.answer')}
            </Button>
          ),
        }
      : {
          key: 'state',
          title: t('privacy.ui.state'),
          value: (row) => t(`privacy.ui.state.${row.state}`),
          show: (row) => (
            <>
              {t(`privacy.ui.state.${row.state}`)}
              <div className="soft small">{row.answer}</div>
            </>
          ),
        };
  return [
    {
      key: 'number',
      title: t('privacy.ui.number'),
      value: (row) => row.number,
      show: (row) => <span className="num">{row.number}</span>,
    },
    { key: 'kind', title: t('privacy.ui.kind'), value: kind, show: kind },
    { key: 'asked', title: t('privacy.ui.asked'), show: (row) => <Asked row={row} /> },
    {
      key: 'due',
      title: t('privacy.ui.due'),
      value: (row) => exactTime(row.dueAt),
      show: (row) => (
        <>
          <Moment at={row.dueAt} className="num" /> {row.late && <Tag color="error">{t('privacy.ui.late')}</Tag>}
        </>
      ),
    },
    last,
  ];
}

function Asked({ row }: { row: RequestRow }) {
  const { t } = useTexts();
  const parts = (['name', 'phone', 'mail'] as const).flatMap((part) => {
    const value = row.asked[part];
    return value ? [t(`privacy.ui.asked.${part}`, { value })] : [];
  });
  return (
    <>
      {parts.map((part) => (
        <div key={part}>{part}</div>
      ))}
      {row.asked.text && <div className="soft">{row.asked.text}</div>}
    </>
  );
}

type Answer = { readonly grant: boolean; readonly answer: string };

function AnswerDialog({ row, onClose }: { row: RequestRow | undefined; onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { running, error, run } = useRun(row !== undefined);
  const [form] = Form.useForm<Answer>();
  const grant = Form.useWatch('grant', form);
  const submit = (body: Answer) =>
    run(() => call(decideRequest, { params: { id: row?.id ?? '' }, body })).then((done) => {
      if (!done) return;
      void message.success(t('privacy.ui.answered'));
      void queries.invalidateQueries({ queryKey: ['privacy', 'requests'] });
      onClose();
    });
  return (
    <Modal
      open={row !== undefined}
      title={t('privacy.ui.answer_title', { number: row?.number ?? '' })}
      okText={t(grant ? 'privacy.ui.grant' : 'privacy.ui.refuse')}
      cancelText={t('web.cancel')}
      okButtonProps={{ loading: running, danger: grant === true && row?.kind === 'deletion' }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      {row && <Asked row={row} />}
      <Form
        form={form}
        layout="vertical"
        onFinish={submit}
        requiredMark={false}
        preserve={false}
        initialValues={{ grant: true }}
      >
        <Form.Item name="grant" label={t('privacy.ui.decision')}>
          <Radio.Group
            options={[
              { value: true, label: t('privacy.ui.grant') },
              { value: false, label: t('privacy.ui.refuse') },
            ]}
          />
        </Form.Item>
        {grant && row?.kind === 'deletion' && <p>{t('privacy.ui.grant_deletion_warning')}</p>}
        <Form.Item
          name="answer"
          label={t('privacy.ui.answer')}
          extra={t('privacy.ui.answer_hint')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('privacy.ui.required') }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
    </Modal>
  );
}
