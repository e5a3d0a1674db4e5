import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { signedIn, useMay } from '../../../platform/web/office/me.ts';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { FiguresPane } from './figures-pane.tsx';
import './joint.css';
import { MemberChip } from './member-chip.tsx';
import { jointList, type JointRow, officeName, type Side } from './queries.ts';
import { jointUiTexts } from './texts.ts';
import { WhistleDialog } from './whistle-dialog.tsx';

const TABS = ['called', 'whistled', 'ruling', 'all', 'figures'] as const;
type Tab = (typeof TABS)[number];

/** Joint matters of one's own office: called to, whistled for, to rule on. */
export function JointScreen() {
  return (
    <MoreTexts texts={jointUiTexts}>
      <Screen />
    </MoreTexts>
  );
}

function Screen() {
  const { t } = useTexts();
  const search: { tab?: string; over?: string; month?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [whistling, setWhistling] = useState(false);
  const whistles = useWhistles();
  const counts = useMay('joint_handling.figures');
  const rules = useMay('joint_handling.rule');
  const answers = useMay('joint_handling.answer');
  const shown = TABS.filter(
    (tab) => (tab !== 'figures' || counts) && (tab !== 'ruling' || rules) && (tab !== 'called' || answers),
  );
  const handles = !rules && answers;
  const first: Tab = whistles ? 'whistled' : handles ? 'called' : 'all';
  const tab: Tab = shown.find((one) => one === search.tab) ?? first;
  const go = (next: object) => void navigate({ to: '/joint', search: { ...search, ...next } as never });
  useTitle(t('joint.ui.title'));
  return (
    <div className="page joint">
      <div className="joint-head">
        <h1>{t('joint.ui.title')}</h1>
        {whistles && (
          <Button type="primary" onClick={() => setWhistling(true)}>
            {t('joint.ui.whistle_new')}
          </Button>
        )}
      </div>
      <PageTabs
        label={t('joint.ui.title')}
        tabs={shown.map((key) => ({ key, label: t(`joint.ui.tab.${key}`) }))}
        active={tab}
        onChange={(key) => go({ tab: key })}
      />
      {tab === 'figures' ? (
        <FiguresPane month={search.month} onMonth={(month) => go({ month })} />
      ) : (
        <>
          <Segmented
            value={search.over === '1' ? 'over' : 'open'}
            onChange={(value) => go({ over: value === 'over' ? '1' : undefined })}
            options={['open', 'over'].map((value) => ({ value, label: t(`joint.ui.${value}`) }))}
          />
          <Rows side={tab === 'all' ? undefined : tab} open={search.over !== '1'} />
        </>
      )}
      {whistling && <WhistleDialog served={null} onClose={() => setWhistling(false)} />}
    </div>
  );
}

/** Towns whistle; a county's dispatcher reads and rules. A town's code has nine digits. */
function useWhistles(): boolean {
  const { data } = useQuery(signedIn);
  const may = useMay('joint_handling.whistle_anew');
  const inTown = data?.posts.some((post) => post.role === 'dispatcher' && post.scope.some((code) => code.length === 9));
  return may && inTown === true;
}

function Rows({ side, open }: { readonly side: Side; readonly open: boolean }) {
  const { t } = useTexts();
  const list = useInfiniteQuery(jointList(side, open));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <RowSkeletons />}
      {list.isSuccess && rows.length === 0 && <EmptyState title={t('joint.ui.none')} hint={t('joint.ui.none_hint')} />}
      <ul className="joint-rows" aria-label={t('joint.ui.title')}>
        {rows.map((row) => (
          <JointCard key={row.id} row={row} />
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

function JointCard({ row }: { readonly row: JointRow }) {
  const { t, locale } = useTexts();
  return (
    <li className="joint-card">
      <Link to="/joint/$id" params={{ id: row.id }}>
        <span className="joint-line">
          <span className={`joint-ground ${row.ground}`}>{t(`joint.ui.ground.${row.ground}`)}</span>
          <span className="chip">{t(`joint.ui.state.${row.state}`)}</span>
          <Moment at={row.openedAt} className="num soft" />
        </span>
        <b>{row.matter}</b>
        <span className="soft">
          {[...row.place.path, row.place.text].filter(Boolean).join(' ')} · {officeName(locale, row.whistler)}
        </span>
      </Link>
      <ul className="joint-members" aria-label={t('joint.ui.parts')}>
        {row.members.map((member) => (
          <MemberChip key={member.organisation.id} member={member} />
        ))}
      </ul>
    </li>
  );
}
