import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useNarrow } from '../../../platform/web/print.ts';
import { numberText } from '../../../platform/web/time.ts';
import { LISTS } from '../contract.ts';
import { CallPane } from './call-pane.tsx';
import { saidText } from './said.ts';
import { type CallBackItem, callBackList, type ListName } from './queries.ts';

/** Whom to call, with the call beside the list where there is room. */
export function CallList() {
  const { t } = useTexts();
  const narrow = useNarrow(1000);
  const navigate = useNavigate();
  const search: { list?: string; case?: string } = useSearch({ strict: false });
  const list: ListName = LISTS.find((one) => one === search.list) ?? 'due';
  const open = (next: Record<string, string | undefined>) =>
    void navigate({ to: '/call-backs', search: { tab: 'list', list, ...next } });
  const chosen = search.case;
  const pane = chosen !== undefined && <CallPane key={chosen} id={chosen} onLeave={() => open({})} narrow={narrow} />;
  if (narrow && pane) return pane;
  return (
    <div className={narrow ? '' : 'call-columns'}>
      <section aria-label={t('call-backs.ui.lists')}>
        <Segmented
          block
          value={list}
          aria-label={t('call-backs.ui.lists')}
          onChange={(value) => open({ list: String(value), case: undefined })}
          options={LISTS.map((one) => ({ value: one, label: t(`call-backs.ui.list.${one}`) }))}
        />
        <Rows list={list} chosen={chosen} onChoose={(id) => open({ case: id })} />
      </section>
      {!narrow && (
        <section className="call-side">
          {pane || <EmptyState title={t('call-backs.ui.choose')} hint={t('call-backs.ui.choose_hint')} />}
        </section>
      )}
    </div>
  );
}

type RowsProps = {
  readonly list: ListName;
  readonly chosen: string | undefined;
  readonly onChoose: (caseId: string) => void;
};

function Rows({ list, chosen, onChoose }: RowsProps) {
  const { t } = useTexts();
  const found = useInfiniteQuery(callBackList(list));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.isPending) return <RowSkeletons />;
  return (
    <>
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      {rows.length === 0 && !found.isError && (
        <EmptyState
          title={t(`call-backs.ui.empty.${list}`)}
          {...(list === 'due' ? { hint: t('call-backs.ui.empty.due_hint') } : {})}
        />
      )}
      <ul className="call-rows" aria-label={t(`call-backs.ui.list.${list}`)}>
        {rows.map((row) => (
          <li key={row.case.id}>
            <button
              type="button"
              aria-current={row.case.id === chosen ? 'true' : undefined}
              onClick={() => onChoose(row.case.id)}
            >
              <RowWords row={row} />
            </button>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button block type="text" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('web.more')}
        </Button>
      )}
    </>
  );
}

function RowWords({ row }: { readonly row: CallBackItem }) {
  const { t, locale } = useTexts();
  const office = row.office && (locale === 'en' ? row.office.nameEn : row.office.shortName);
  return (
    <>
      <b>{row.case.title}</b>
      <span className="call-facts">
        <span className="num">{row.case.number}</span>
        <span>{row.case.place.path.join(' · ')}</span>
        {office && <span>{office}</span>}
      </span>
      <span className="call-facts">
        <span className="chip">{t(`call-backs.ui.timing.${row.timing}`)}</span>
        {row.state !== 'open' && <span className={`chip ${row.state}`}>{t(`call-backs.ui.state.${row.state}`)}</span>}
        {row.said && <span>{saidText(t, row.said)}</span>}
        {row.tries > 0 && <span>{t('call-backs.ui.tries', { n: numberText(locale, row.tries) })}</span>}
        {row.language !== 'zh-CN' && <span className="chip">{t(`call-backs.ui.language.${row.language}`)}</span>}
        <Moment at={row.state === 'open' ? row.nextAt : (row.endedAt ?? row.nextAt)} className="soft" />
      </span>
    </>
  );
}
