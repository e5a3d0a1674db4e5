import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import type { listShelvedCases } from '../contract.ts';
import { useOffice } from './parts.tsx';
import { shelvedList } from './queries.ts';

type Row = z.input<typeof listShelvedCases.answer>['items'][number];

/** What is shelved: owner, next review, end. */
export function ShelvedList() {
  const { t } = useTexts();
  const office = useOffice();
  const list = useInfiniteQuery(shelvedList);
  const day = (value: string, passed: boolean) => (
    <span className={passed ? 'num passed' : 'num'}>
      {value}
      {passed && ` ${t('supervision.ui.passed')}`}
    </span>
  );
  const column = (key: string, more: Omit<Column<Row>, 'key' | 'title'>): Column<Row> => ({
    key,
    title: t(`supervision.ui.shelved.${key}`),
    ...more,
  });
  const words = (key: string, text: (row: Row) => string): Column<Row> => column(key, { value: text, show: text });
  const columns: readonly Column<Row>[] = [
    column('number', {
      value: (row) => row.number,
      show: (row) => (
        <Link to="/cases/$id" params={{ id: row.id }} className="num">
          {row.number}
        </Link>
      ),
    }),
    words('title', (row) => row.title),
    words('owner', (row) => office(row.owner)),
    words('ground', (row) => t(`supervision.ui.shelved_ground.${row.ground}`)),
    column('review', { value: (row) => row.reviewOn, show: (row) => day(row.reviewOn, row.reviewPassed) }),
    column('end', { value: (row) => row.endOn, show: (row) => day(row.endOn, row.endPassed) }),
    column('since', { value: (row) => row.since, show: (row) => <Moment at={row.since} className="num" /> }),
    words('place', (row) => row.place.path),
  ];
  return (
    <>
      <p className="soft">{t('supervision.ui.shelved_about')}</p>
      <DataTable<Row>
        name="shelved-cases"
        // What names cases leaves the platform by the recorded export of bulk work only.
        exportable={false}
        label={t('supervision.ui.tab.shelved')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        empty={<EmptyState title={t('supervision.ui.shelved_none')} />}
      />
    </>
  );
}
