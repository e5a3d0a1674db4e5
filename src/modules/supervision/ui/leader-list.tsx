import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { leaderCases } from './queries.ts';

/** The cases the reader answers for as leader, open ones first. */
export function LeaderList() {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(leaderCases);
  return (
    <>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending && <RowSkeletons />}
      {data?.length === 0 && (
        <EmptyState title={t('supervision.ui.leader_list_none')} hint={t('supervision.ui.leader_list_hint')} />
      )}
      <ul className="order-rows" aria-label={t('supervision.ui.tab.leader')}>
        {(data ?? []).map((row) => (
          <li key={row.id}>
            <Link to="/cases/$id" params={{ id: row.caseId }} className="order-row">
              <span className="first">
                <b>{row.title}</b>
                <span className="end">
                  {row.endedAt === null ? (
                    row.late && <span className="passed">{t('supervision.ui.leader_late')}</span>
                  ) : (
                    <span className="soft">{t(`supervision.ui.outcome.${row.outcome ?? 'settled'}`)}</span>
                  )}
                </span>
              </span>
              <span className="second">
                <span className="num">{row.number}</span>
                <span>{row.aim}</span>
                <span className="num">
                  {t('supervision.ui.leader_due')} {row.dueOn}
                </span>
                {row.endedAt === null && (
                  <span className="num">
                    {t('supervision.ui.leader_next')} {row.nextReportOn}
                  </span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
