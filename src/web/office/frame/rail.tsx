import { Link } from '@tanstack/react-router';
import { type QueueCount, useQueueCounts } from '../../../modules/cases/ui/index.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { cappedText } from '../../../platform/web/time.ts';
import { groupsFor } from '../navigation.ts';
import { useSession } from '../session.ts';

/** Left rail: my queues with counts, then what can be looked up and kept. */
export function Rail() {
  const { t } = useTexts();
  const session = useSession();
  const queues = useQueueCounts().data ?? [];
  return (
    <nav className="rail" aria-label={t('office.navigation')}>
      {queues.length > 0 && <h2>{t('office.nav.work')}</h2>}
      <ul>
        {queues.map((queue) => (
          <li key={queue.queue}>
            <QueueLink queue={queue} />
          </li>
        ))}
      </ul>
      {groupsFor(session).map((group) => (
        <section key={group.label}>
          <h2>{t(group.label)}</h2>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <Link to={entry.to} activeProps={{ className: 'on', 'aria-current': 'page' }}>
                  {t(entry.label)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** A queue's name and how much waits in it; red when some of it is late. */
export function QueueLink({ queue, onOpen }: { queue: QueueCount; onOpen?: () => void }) {
  const { t, locale } = useTexts();
  const n = cappedText(locale, queue.count);
  const late = queue.late > 0;
  return (
    <Link
      to="/queues/$queue"
      params={{ queue: queue.queue }}
      activeOptions={{ includeSearch: false }}
      activeProps={{ className: 'on', 'aria-current': 'page' }}
      {...(onOpen ? { onClick: onOpen } : {})}
    >
      <span>{t(`cases.ui.queue.${queue.queue}`)}</span>
      {queue.queue !== 'all' && (
        <span className={late ? 'count hot' : 'count'}>
          <span aria-hidden="true">{n}</span>
          <span className="sr-only">
            {late ? t('office.count_late', { n, late: cappedText(locale, queue.late) }) : t('office.count', { n })}
          </span>
        </span>
      )}
    </Link>
  );
}
