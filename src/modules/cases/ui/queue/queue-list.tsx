import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { EmptyState, RowSkeletons } from '../../../../platform/web/office/states.tsx';
import { numberText } from '../../../../platform/web/time.ts';
import { type CaseListItem, type CaseListQuery, caseList, freshPage, showFresh } from '../queries.ts';
import { ChoosingBar } from '../choosing/choosing-bar.tsx';
import { useChoosing } from '../choosing/use-choosing.ts';
import { CaseRow } from './case-row.tsx';

type Props = {
  readonly filter: CaseListQuery;
  readonly selected: string | undefined;
  readonly beside: boolean;
  /** The state that goes without saying in this queue; others are named in their row. */
  readonly usual: CaseListItem['state'] | undefined;
  readonly empty: string;
  readonly label: string;
};

/** A queue's rows. New cases do not push the rows away: a line says how many came, and shows them when asked. */
export function QueueList({ filter, selected, beside, usual, empty, label }: Props) {
  const { t, locale } = useTexts();
  const list = useInfiniteQuery(caseList(filter));
  const fresh = useNewcomers(
    filter,
    list.data?.pages.flatMap((page) => page.items.map((row) => row.id)),
  );
  const place = useRef<HTMLUListElement>(null);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const choosing = useChoosing(rows, filter);
  if (list.isPending) return <RowSkeletons />;
  return (
    <>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      <div role="status">
        {fresh.count > 0 && (
          <button type="button" className="newcomers" onClick={fresh.show}>
            {t(fresh.count === 1 ? 'cases.ui.new_one' : 'cases.ui.new_many', { n: numberText(locale, fresh.count) })}
          </button>
        )}
      </div>
      {rows.length === 0 && !list.isError && <EmptyState title={empty} />}
      <ChoosingBar choosing={choosing} rows={rows} filter={filter} />
      <ul ref={place} className="case-rows" aria-label={label} onKeyDown={(event) => move(event, place.current)}>
        {rows.map((row) => (
          <CaseRow
            key={row.id}
            row={row}
            selected={row.id === selected}
            beside={beside}
            withState={row.state !== usual}
            choice={
              choosing.active
                ? {
                    chosen: choosing.ids.has(row.id),
                    disabled: choosing.full && !choosing.ids.has(row.id),
                    onChange: (wanted, range) => choosing.put(row.id, wanted, range),
                  }
                : undefined
            }
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block type="text" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('web.more')}
        </Button>
      )}
    </>
  );
}

function useNewcomers(
  filter: CaseListQuery,
  shown: readonly string[] | undefined,
): { count: number; show: () => void } {
  const queries = useQueryClient();
  const { data } = useQuery({ ...freshPage(filter), enabled: shown !== undefined, refetchInterval: 60_000 });
  const known = new Set(shown);
  return {
    count: shown === undefined ? 0 : (data?.items.filter((row) => !known.has(row.id)).length ?? 0),
    show: () => {
      if (data) showFresh(queries, filter, data);
    },
  };
}

/**
 * Up and down go from row to row, and open each where the case stands beside the list. From tick box to tick box they
 * open nothing; with Shift they tick the box they come to.
 */
function move(event: KeyboardEvent, list: HTMLElement | null): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const box = document.activeElement instanceof HTMLInputElement;
  const found = list?.querySelectorAll<HTMLElement>(box ? '.choose-row input' : 'a[data-case]');
  const links = [...(found ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[Math.min(links.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  if (box) {
    if (event.shiftKey && next instanceof HTMLInputElement && !next.checked) next.click();
    return;
  }
  if (event.currentTarget instanceof HTMLElement && event.currentTarget.closest('.queue.beside')) next.click();
}
