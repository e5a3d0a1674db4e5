import './exclusions.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { EXCLUSION_STATES, type ExclusionState } from '../rules/exclusion.ts';
import { GroundDialog } from './dialogs.tsx';
import { ExclusionCard } from './exclusion-card.tsx';
import { useNamed } from './names.ts';
import { exclusionList, grounds } from './queries.ts';
import { exclusionsUiTexts } from './texts.ts';

/** What was asked and decided about leaving cases out, and the grounds for it. */
export function ExclusionsScreen() {
  return (
    <MoreTexts texts={exclusionsUiTexts}>
      <Exclusions />
    </MoreTexts>
  );
}

function Exclusions() {
  const { t } = useTexts();
  const [tab, setTab] = useState<'list' | 'grounds'>('list');
  useTitle(t('exclusions.ui.title'));
  return (
    <div className="page">
      <h1>{t('exclusions.ui.title')}</h1>
      <p className="soft">{t('exclusions.ui.about')}</p>
      <PageTabs
        label={t('exclusions.ui.parts')}
        tabs={(['list', 'grounds'] as const).map((key) => ({ key, label: t(`exclusions.ui.tab.${key}`) }))}
        active={tab}
        onChange={setTab}
      />
      {tab === 'list' ? <List /> : <Grounds />}
    </div>
  );
}

function List() {
  const { t } = useTexts();
  const [state, setState] = useState<ExclusionState | 'all'>('all');
  const list = useInfiniteQuery(exclusionList(state === 'all' ? undefined : state));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="exclusion-tools">
        <Segmented
          aria-label={t('exclusions.ui.filter')}
          value={state}
          onChange={setState}
          options={[
            { value: 'all' as const, label: t('exclusions.ui.all') },
            ...EXCLUSION_STATES.map((value) => ({ value, label: t(`exclusions.ui.state.${value}`) })),
          ]}
        />
      </div>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <RowSkeletons />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState title={t('exclusions.ui.none')} hint={t('exclusions.ui.none_hint')} />
      )}
      {rows.length > 0 && (
        <section className="exclusion-list" aria-label={t('exclusions.ui.tab.list')}>
          {rows.map((item) => (
            <ExclusionCard key={item.id} of={item} withCase />
          ))}
        </section>
      )}
      {list.hasNextPage && (
        <Button block type="text" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('web.more')}
        </Button>
      )}
    </>
  );
}

function Grounds() {
  const { t } = useTexts();
  const named = useNamed();
  const manages = useMay('exclusions.manage');
  const { data, error, isPending, refetch } = useQuery(grounds);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p className="soft">{t('exclusions.ui.ground_about')}</p>
      {manages && <Button onClick={() => setAdding(true)}>{t('exclusions.ui.ground_add')}…</Button>}
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending && <RowSkeletons />}
      {data && (
        <section className="exclusion-list" aria-label={t('exclusions.ui.tab.grounds')}>
          <h2>{t('exclusions.ui.ground_now')}</h2>
          <ul>
            {data.items.map((ground) => (
              <li key={ground.code}>
                {named.ground(ground)} <span className="soft num">{ground.code}</span>
              </li>
            ))}
          </ul>
          <h2>{t('exclusions.ui.ground_own')}</h2>
          {data.rows.length === 0 && <p className="soft">{t('exclusions.ui.ground_none')}</p>}
          <ul>
            {data.rows.map((row) => (
              <li key={`${row.code} ${row.validFrom}`}>
                {named.ground(row)}{' '}
                <span className="soft num">
                  {row.code} · {row.validFrom} – {row.validTo ?? ''}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {adding && <GroundDialog onClose={() => setAdding(false)} />}
    </>
  );
}
