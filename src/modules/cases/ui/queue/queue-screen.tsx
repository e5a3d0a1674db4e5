import '../cases.css';
import { useQueries } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { LANES, type Lane } from '../../../../platform/auth/actor.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { useNarrow } from '../../../../platform/web/print.ts';
import { cappedText } from '../../../../platform/web/time.ts';
import { QUEUE_TABLE, QUEUES } from '../../rules/queues.ts';
import { CaseView } from '../case/case-view.tsx';
import { type CaseListQuery, laneCounts, type QueueName, queueCounts } from '../queries.ts';
import { QueueList } from './queue-list.tsx';

function isQueue(name: string | undefined): name is QueueName {
  return QUEUES.includes(name as QueueName);
}

function isLane(name: string | undefined): name is Lane {
  return LANES.includes(name as Lane);
}

/** A queue, with the chosen case beside it where there is room. */
export function QueueScreen() {
  const { t } = useTexts();
  const params: { queue?: string } = useParams({ strict: false });
  const search: { lane?: string; case?: string; late?: string } = useSearch({ strict: false });
  // Below this width, list and case would both be too narrow to read.
  const beside = !useNarrow(1100);
  const queue = isQueue(params.queue) ? params.queue : 'all';
  const name = t(`cases.ui.queue.${queue}`);
  useTitle(name);
  const filter: CaseListQuery = {
    queue,
    ...(isLane(search.lane) ? { lane: search.lane } : {}),
    ...(search.late === 'true' ? { late: 'true' } : {}),
  };
  return (
    <div className={beside ? 'queue beside' : 'queue'}>
      <section className="queue-list" aria-label={name}>
        <h1 className={beside ? 'sr-only' : undefined}>{name}</h1>
        <LaneTabs queue={queue} lane={filter.lane} />
        <div className="queue-scroll">
          <QueueList
            filter={filter}
            selected={search.case}
            beside={beside}
            usual={QUEUE_TABLE[queue].lateOnly || queue === 'mine' ? undefined : QUEUE_TABLE[queue].states[0]}
            empty={t(`cases.ui.empty.${queue}`)}
            label={name}
          />
        </div>
      </section>
      {beside && (
        <section className="queue-case" aria-label={t('cases.ui.chosen')}>
          {search.case === undefined ? (
            <EmptyState title={t('cases.ui.choose')} hint={t('cases.ui.choose_hint')} />
          ) : (
            <CaseView key={search.case} id={search.case} />
          )}
        </section>
      )}
    </div>
  );
}

/** All, and the four lanes, each with what waits in it. */
function LaneTabs({ queue, lane }: { queue: QueueName; lane: Lane | undefined }) {
  const { t, locale } = useTexts();
  const counts = useQueries({ queries: [queueCounts, ...LANES.map((one) => laneCounts(one))] });
  const tabs: readonly (Lane | undefined)[] = [undefined, ...LANES];
  return (
    <nav className="lane-tabs" aria-label={t('cases.ui.lanes')}>
      {tabs.map((one, index) => {
        const count = queue === 'all' ? undefined : counts[index]?.data?.find((each) => each.queue === queue)?.count;
        return (
          <Link
            key={one ?? 'all'}
            to="."
            search={(last: Record<string, unknown>) => ({ ...last, lane: one, case: undefined })}
            className={one === lane ? 'on' : undefined}
            aria-current={one === lane ? 'page' : undefined}
          >
            {one === undefined ? t('cases.ui.lane_all') : t(`cases.ui.lane.${one}`)}
            {count !== undefined && <span className="num"> {cappedText(locale, count)}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
