import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { numberText } from '../../../platform/web/time.ts';
import type { z } from 'zod';
import type { readBoard } from '../contract.ts';
import { COLOURS } from '../rules/words.ts';
import { useOffice } from './parts.tsx';
import { board } from './queries.ts';

type Row = z.input<typeof readBoard.answer>['items'][number];

/** How many open orders of each colour each office has. */
export function Board() {
  const { t, locale } = useTexts();
  const office = useOffice();
  const { data, error, isPending, refetch } = useQuery(board);
  const columns: readonly Column<Row>[] = [
    {
      key: 'office',
      title: t('supervision.ui.board.office'),
      value: (row) => office(row.organisation),
      show: (row) => office(row.organisation),
    },
    ...COLOURS.toReversed().map(
      (colour): Column<Row> => ({
        key: colour,
        title: t(`supervision.ui.colour.${colour}`),
        value: (row) => row[colour],
        show: (row) =>
          row[colour] === 0 ? (
            <span className="soft num">0</span>
          ) : (
            <Link
              to="/supervision"
              search={{ tab: 'area', colour, office: row.organisation.id } as never}
              className={`colour ${colour} num`}
              aria-label={`${office(row.organisation)} ${t(`supervision.ui.colour_order.${colour}`)} ${row[colour]}`}
            >
              {numberText(locale, row[colour])}
            </Link>
          ),
      }),
    ),
    {
      key: 'answered',
      title: t('supervision.ui.board.answered'),
      value: (row) => row.answered,
      show: (row) => <span className="num">{numberText(locale, row.answered)}</span>,
    },
    {
      key: 'oldest',
      title: t('supervision.ui.board.oldest'),
      value: (row) => row.oldestAt,
      show: (row) => <Moment at={row.oldestAt} className="num" />,
    },
  ];
  return (
    <>
      <p className="soft">{t('supervision.ui.board_about')}</p>
      <DataTable<Row>
        name="supervision-board"
        label={t('supervision.ui.tab.board')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={(row) => row.organisation.id}
        loading={isPending}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title={t('supervision.ui.board_none')} hint={t('supervision.ui.none_hint')} />}
      />
    </>
  );
}
