import '../cases.css';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { cappedText } from '../../../../platform/web/time.ts';
import { type QueueName, useQueueCounts } from '../queries.ts';
import { ListActionsProvider } from '../choosing/list-actions.ts';
import { QueueList } from '../queue/queue-list.tsx';
import { useMyAreas } from './my-areas.ts';

/** Queues in which a case waits for the person himself. */
const TO_DO: readonly QueueName[] = ['to_verify', 'to_accept', 'handling', 'to_call_back'];

/** Where a grid worker's day begins: report, what waits for him, what is open in his grids. */
export function MyGridScreen() {
  const { t, locale } = useTexts();
  const { data } = useQueueCounts();
  const areas = useMyAreas();
  const waiting = data?.filter((one) => TO_DO.includes(one.queue) && one.count > 0) ?? [];
  useTitle(t('cases.ui.mine.title'));
  return (
    <div className="page field-page">
      <h1>{t('cases.ui.mine.title')}</h1>
      <p className="soft">{areas.map((area) => area.name).join(t('cases.ui.list_comma'))}</p>
      <Link to="/mine/report" className="big-button">
        {t('cases.ui.mine.report')}
      </Link>
      <section aria-labelledby="tasks-title">
        <h2 id="tasks-title">{t('cases.ui.mine.tasks')}</h2>
        {data !== undefined && waiting.length === 0 && (
          <p className="soft">
            {t('cases.ui.mine.none')}
            {t('cases.ui.full_stop')}
            {t('cases.ui.mine.none_hint')}
          </p>
        )}
        <ul className="queue-cards">
          {waiting.map((one) => (
            <li key={one.queue}>
              <Link to="/queues/$queue" params={{ queue: one.queue }}>
                <span>{t(`cases.ui.queue.${one.queue}`)}</span>
                <span className={one.late > 0 ? 'count hot' : 'count'}>{cappedText(locale, one.count)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="open-title" className="open-in-grid">
        <h2 id="open-title">{t('cases.ui.mine.all')}</h2>
        {/* In the street cases are done one by one: nothing is chosen here. */}
        <ListActionsProvider value={null}>
          <QueueList
            filter={{ queue: 'mine' }}
            selected={undefined}
            beside={false}
            usual={undefined}
            empty={t('cases.ui.empty.mine')}
            label={t('cases.ui.mine.all')}
          />
        </ListActionsProvider>
      </section>
    </div>
  );
}
