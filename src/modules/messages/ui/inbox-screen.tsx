import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { currentTime } from '../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice, problemText } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { numberText } from '../../../platform/web/time.ts';
import { markRead } from '../contract.ts';
import './inbox.css';
import { type InboxRow, inboxList } from './queries.ts';
import { messagesUiTexts } from './texts.ts';

/** Where an alert leads. */
const PAGES = { case: '/cases/$id', joint: '/joint/$id', duty: '/duty/$id', account: '/safety' } as const;

/** One's own alerts, newest first. Opening a case reads what is said about it. */
export function InboxScreen() {
  return (
    <MoreTexts texts={messagesUiTexts}>
      <Inbox />
    </MoreTexts>
  );
}

function Inbox() {
  const texts = useTexts();
  const { t } = texts;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [unreadOnly, setUnreadOnly] = useState(false);
  const list = useInfiniteQuery(inboxList(unreadOnly));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  useTitle(t('messages.ui.inbox'));
  const read = async (which: { caseId: string } | { ids: string[] } | { until: string }) => {
    await call(markRead, { body: which });
    await queries.invalidateQueries({ queryKey: ['inbox'] });
  };
  const readAll = () =>
    read({ until: currentTime().toISOString() }).then(
      () => void message.success(t('messages.ui.marked')),
      (error: unknown) => void message.error(problemText(texts, error)),
    );
  // A failed mark is no reason to keep anyone from the case: the alert just stays unread.
  const readOne = (row: InboxRow) => {
    const which = row.about.kind === 'case' ? { caseId: row.caseId } : { ids: [row.id] };
    if (!row.read) void read(which).catch(() => undefined);
  };
  return (
    <div className="page inbox">
      <h1>{t('messages.ui.inbox')}</h1>
      <div className="inbox-tools">
        <Segmented
          value={unreadOnly ? 'unread' : 'all'}
          onChange={(value) => setUnreadOnly(value === 'unread')}
          options={[
            { value: 'all', label: t('messages.ui.all') },
            { value: 'unread', label: t('messages.ui.unread') },
          ]}
        />
        <span className="spacer" />
        <Button onClick={() => void readAll()} disabled={rows.every((row) => row.read)}>
          {t('messages.ui.mark_all')}
        </Button>
      </div>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <RowSkeletons />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          title={t(unreadOnly ? 'messages.ui.none_unread' : 'messages.ui.none')}
          hint={t('messages.ui.none_hint')}
        />
      )}
      <ul className="inbox-rows" aria-label={t('messages.ui.inbox')}>
        {rows.map((row) => (
          <Row key={row.id} row={row} onOpen={() => readOne(row)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block type="text" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('web.more')}
        </Button>
      )}
    </div>
  );
}

function Row({ row, onOpen }: { readonly row: InboxRow; readonly onOpen: () => void }) {
  const { t, locale } = useTexts();
  return (
    <li className={row.read ? 'inbox-row' : 'inbox-row unread'}>
      <Link to={PAGES[row.about.kind]} params={{ id: row.about.id }} onClick={onOpen}>
        <span className="inbox-subject">
          {!row.read && <span className="sr-only">{t('messages.ui.unread_mark')}</span>}
          {row.subject}
        </span>
        {row.bundled > 1 && (
          <span className="chip">{t('messages.ui.bundled', { n: numberText(locale, row.bundled) })}</span>
        )}
        <Moment at={row.at} className="inbox-at num" />
        <span className="inbox-body">{row.body}</span>
      </Link>
    </li>
  );
}
