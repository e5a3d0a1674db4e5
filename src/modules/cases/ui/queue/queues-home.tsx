import '../cases.css';
import { Link, Navigate } from '@tanstack/react-router';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { EmptyState, RowSkeletons } from '../../../../platform/web/office/states.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { useNarrow } from '../../../../platform/web/print.ts';
import { cappedText } from '../../../../platform/web/time.ts';
import { useQueueCounts } from '../queries.ts';

/** Where work begins: at a desk the first queue with something in it, on a phone the list of queues. */
export function QueuesHome() {
  const { t, locale } = useTexts();
  const narrow = useNarrow();
  const { data, isPending, error, refetch } = useQueueCounts();
  useTitle(t('cases.ui.my_work'));
  if (isPending) return <RowSkeletons />;
  const first = data?.find((one) => one.queue !== 'all' && one.count > 0) ?? data?.[0];
  if (!narrow && first) return <Navigate to="/queues/$queue" params={{ queue: first.queue }} replace />;
  return (
    <div className="page">
      <h1>{t('cases.ui.my_work')}</h1>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data?.length === 0 && <EmptyState title={t('cases.ui.no_queue')} hint={t('cases.ui.no_queue_hint')} />}
      <ul className="queue-cards">
        {data?.map((one) => (
          <li key={one.queue}>
            <Link to="/queues/$queue" params={{ queue: one.queue }}>
              <span>{t(`cases.ui.queue.${one.queue}`)}</span>
              {one.queue !== 'all' && (
                <span className={one.late > 0 ? 'count hot' : 'count'}>
                  {cappedText(locale, one.count)}
                  {one.late > 0 && <small> {t('cases.ui.late_count', { n: cappedText(locale, one.late) })}</small>}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
