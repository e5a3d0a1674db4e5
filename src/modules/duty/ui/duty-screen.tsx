import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { TimeLeft } from '../../../platform/web/office/clocks.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import './duty.css';
import { PolicePane } from './police-pane.tsx';
import { type CallRow, calls, officeName } from './queries.ts';
import { RosterPane } from './roster-pane.tsx';
import { dutyUiTexts } from './texts.ts';

const TABS = ['mine', 'all', 'roster', 'police'] as const;
type Tab = (typeof TABS)[number];

/** Urgent matters sent to who is on duty, the roster, and what goes to and comes from 110. */
export function DutyScreen() {
  return (
    <MoreTexts texts={dutyUiTexts}>
      <Screen />
    </MoreTexts>
  );
}

function Screen() {
  const { t } = useTexts();
  const search: { tab?: string; team?: string; week?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const reads = useMay('duty.read');
  const police = useMay('duty.police');
  const shown = TABS.filter((tab) => (tab !== 'all' || reads) && (tab !== 'police' || police));
  const first: Tab = reads ? 'all' : 'mine';
  const tab = shown.find((one) => one === search.tab) ?? first;
  const go = (next: object) => void navigate({ to: '/duty', search: { ...search, ...next } as never });
  useTitle(t('duty.ui.title'));
  return (
    <div className="page duty">
      <h1>{t('duty.ui.title')}</h1>
      <PageTabs
        label={t('duty.ui.title')}
        tabs={shown.map((key) => ({ key, label: t(`duty.ui.tab.${key}`) }))}
        active={tab}
        onChange={(key) => go({ tab: key })}
      />
      {(tab === 'mine' || tab === 'all') && <Calls side={tab} />}
      {tab === 'roster' && <RosterPane team={search.team} week={search.week} onGo={go} />}
      {tab === 'police' && <PolicePane />}
    </div>
  );
}

function Calls({ side }: { readonly side: 'mine' | 'all' }) {
  const { t } = useTexts();
  const open = useQuery(calls(side, true));
  const over = useQuery(calls(side, false));
  return (
    <>
      <ErrorNotice error={open.error} onRetry={() => void open.refetch()} />
      {open.isPending && <RowSkeletons rows={3} />}
      {open.data?.length === 0 && <EmptyState title={t('duty.ui.none')} hint={t('duty.ui.none_hint')} />}
      <CallRows rows={open.data ?? []} label={t('duty.ui.open')} />
      {over.data && over.data.length > 0 && (
        <>
          <h2>{t('duty.ui.over')}</h2>
          <CallRows rows={over.data} label={t('duty.ui.over')} />
        </>
      )}
    </>
  );
}

export function CallRows({ rows, label }: { readonly rows: readonly CallRow[]; readonly label: string }) {
  const { t, locale } = useTexts();
  return (
    <ul className="duty-rows" aria-label={label}>
      {rows.map((row) => (
        <li key={row.id} className={row.endedAt === null ? 'duty-row live' : 'duty-row'}>
          <Link to="/duty/$id" params={{ id: row.id }}>
            <span className="duty-line">
              <b>{row.title}</b>
              <span className="chip">{t(`duty.ui.state.${row.state}`)}</span>
              {row.clock && row.endedAt === null && (
                <span>
                  {t(`duty.ui.clock.${row.clock.name}`)} <TimeLeft start={row.clock.startedAt} due={row.clock.dueAt} />
                </span>
              )}
            </span>
            <span className="soft">
              {row.place.path.join(' ')} · {row.team.name}
              {row.with &&
                ` · ${t('duty.ui.with', { who: `${officeName(locale, row.with.organisation)} ${row.with.name}` })}`}
              {' · '}
              <Moment at={row.sentAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
