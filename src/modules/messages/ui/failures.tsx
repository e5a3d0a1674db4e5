import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { ConfirmDialog } from '../../../platform/web/office/dialogs.tsx';
import { problemText } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { exactTime, numberText } from '../../../platform/web/time.ts';
import { dropDelivery, retryDelivery } from '../contract.ts';
import { type FailureRow, failureList } from './queries.ts';

/** Messages that were given up: send again, or take off the list. */
export function Failures() {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [dropping, setDropping] = useState<FailureRow>();
  const list = useInfiniteQuery(failureList);
  const renew = () => queries.invalidateQueries({ queryKey: failureList.queryKey });
  const columns = useColumns((row) => setDropping(row), renew);
  return (
    <>
      <p className="soft">{t('messages.ui.failures_about')}</p>
      <DataTable<FailureRow>
        name="failed-messages"
        // What names cases leaves the platform by the recorded export of bulk work only.
        exportable={false}
        label={t('messages.ui.failures')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('messages.ui.failures_none')} hint={t('messages.ui.failures_none_hint')} />}
      />
      <ConfirmDialog
        open={dropping !== undefined}
        title={t('messages.ui.drop_title', { number: dropping?.number ?? '' })}
        confirm={t('messages.ui.drop')}
        danger
        onClose={() => setDropping(undefined)}
        onConfirm={async () => {
          await call(dropDelivery, { params: { id: dropping?.id ?? '' } });
          void message.success(t('messages.ui.dropped'));
          await renew();
        }}
      >
        <p>{t('messages.ui.drop_about')}</p>
      </ConfirmDialog>
    </>
  );
}

function useColumns(onDrop: (row: FailureRow) => void, renew: () => Promise<void>): readonly Column<FailureRow>[] {
  const { t, has, locale } = useTexts();
  const why = (error: string) => (has(`messages.ui.reason.${error}`) ? t(`messages.ui.reason.${error}`) : error);
  const words = (key: string, show: (row: FailureRow) => string): Column<FailureRow> => ({
    key,
    title: t(`messages.ui.${key}`),
    value: show,
    show,
  });
  return [
    {
      key: 'number',
      title: t('messages.ui.number'),
      value: (row) => row.number,
      show: (row) => (
        <Link to="/cases/$id" params={{ id: row.caseId }} className="num">
          {row.number}
        </Link>
      ),
    },
    words('notice', (row) => t(`messages.ui.notice.${row.notice}`)),
    words('recipient', (row) => t(`messages.ui.recipient.${row.recipient}`)),
    words('channel', (row) => t(`messages.ui.channel.${row.channel}`)),
    words('error', (row) => why(row.error)),
    {
      key: 'attempts',
      title: t('messages.ui.attempts'),
      value: (row) => row.attempts,
      show: (row) => <span className="num">{numberText(locale, row.attempts)}</span>,
    },
    {
      key: 'at',
      title: t('messages.ui.at'),
      value: (row) => exactTime(row.at),
      show: (row) => <Moment at={row.at} className="num" />,
    },
    { key: 'do', title: t('messages.ui.do'), show: (row) => <Steps row={row} onDrop={onDrop} renew={renew} /> },
  ];
}

type StepsProps = {
  readonly row: FailureRow;
  readonly onDrop: (row: FailureRow) => void;
  readonly renew: () => Promise<void>;
};

function Steps({ row, onDrop, renew }: StepsProps) {
  const texts = useTexts();
  const { message } = App.useApp();
  const [running, setRunning] = useState(false);
  const retry = async () => {
    setRunning(true);
    try {
      await call(retryDelivery, { params: { id: row.id } });
      void message.success(texts.t('messages.ui.retried'));
    } catch (error) {
      void message.error(problemText(texts, error));
    }
    await renew();
    setRunning(false);
  };
  return (
    <Space>
      <Button size="small" loading={running} onClick={() => void retry()}>
        {texts.t('messages.ui.retry')}
      </Button>
      <Button size="small" danger type="text" onClick={() => onDrop(row)}>
        {texts.t('messages.ui.drop')}
      </Button>
    </Space>
  );
}
