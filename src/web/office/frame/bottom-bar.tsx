import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useQueueCounts } from '../../../modules/cases/ui/index.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { groupsFor, isFieldWorker } from '../navigation.ts';
import { may, useSession } from '../session.ts';
import { HomeIcon, ListIcon, MenuIcon, PlusIcon, SearchIcon } from './icons.tsx';
import { QueueLink } from './rail.tsx';

/** The rail of a phone: the two or three places used all day, and everything else one tap away. */
export function BottomBar() {
  const { t } = useTexts();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const active = { activeProps: { className: 'on', 'aria-current': 'page' as const } };
  const field = isFieldWorker(session);
  return (
    <nav className="bottom-bar" aria-label={t('office.navigation')}>
      {field ? (
        <Link to="/mine" {...active} activeOptions={{ exact: true }}>
          <HomeIcon />
          {t('office.nav.mine')}
        </Link>
      ) : (
        <Link to="/" activeOptions={{ exact: true }} {...active}>
          <ListIcon />
          {t('office.nav.work')}
        </Link>
      )}
      {field ? (
        <Link to="/mine/report" {...active}>
          <PlusIcon />
          {t('office.nav.new')}
        </Link>
      ) : (
        may(session, ['cases.register']) && (
          <Link to="/new" {...active}>
            <PlusIcon />
            {t('office.nav.new')}
          </Link>
        )
      )}
      <Link to="/search" {...active}>
        <SearchIcon />
        {t('office.nav.search')}
      </Link>
      <button type="button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <MenuIcon />
        {t('office.nav.more')}
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="80vh" title={t('office.nav.more')}>
        <MoreMenu onOpen={() => setOpen(false)} />
      </Drawer>
    </nav>
  );
}

function MoreMenu({ onOpen }: { onOpen: () => void }) {
  const { t } = useTexts();
  const session = useSession();
  const queues = useQueueCounts().data ?? [];
  return (
    <div className="rail more">
      {queues.length > 0 && <h2>{t('office.nav.work')}</h2>}
      <ul>
        {queues.map((queue) => (
          <li key={queue.queue}>
            <QueueLink queue={queue} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {groupsFor(session).map((group) => (
        <section key={group.label}>
          <h2>{t(group.label)}</h2>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <Link to={entry.to} onClick={onOpen} activeProps={{ className: 'on' }}>
                  {t(entry.label)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
