import './organisations.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { ROLES } from '../../../platform/auth/actor.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import type { PostItem } from '../contract.ts';
import { AreaFilter } from './area-filter.tsx';
import { EndPostDialog } from './end-post-dialog.tsx';
import { personName, postName, scopeText, shortName, termText } from './names.ts';
import { PeopleTable } from './people-table.tsx';
import { PostDialog } from './post-dialog.tsx';
import { lanesText, PostState } from './post-list.tsx';
import { postPages } from './queries.ts';
import { TeamsTable } from './teams-table.tsx';
import { VacanciesTable } from './vacancies-table.tsx';

type Filters = Partial<Record<'tab' | 'q' | 'role' | 'area' | 'over', string>>;
const TABS = ['posts', 'teams', 'vacancies', 'people'] as const;

/** Who holds which post, grid teams, what is vacant, and the people there are. */
export function PostsScreen() {
  const { t } = useTexts();
  const filters: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  const manages = useMay('posts.manage');
  useTitle(t('organisations.ui.posts_title'));
  const go = (next: Filters) => void navigate({ to: '/posts', search: next, replace: true });
  const set = (name: keyof Filters, value: string | undefined) => {
    const { [name]: _, ...rest } = filters;
    go(value ? { ...rest, [name]: value } : rest);
  };
  const active = TABS.find((tab) => tab === filters.tab) ?? 'posts';
  const panes = {
    posts: <PostsTable filters={filters} set={set} />,
    teams: <TeamsTable area={filters.area} onArea={(area) => set('area', area)} />,
    vacancies: <VacanciesTable area={filters.area} onArea={(area) => set('area', area)} />,
    people: <PeopleTable />,
  };
  return (
    <div className="page">
      <h1>{t('organisations.ui.posts_title')}</h1>
      <p className="soft">{t('organisations.ui.posts_about')}</p>
      <PageTabs
        label={t('organisations.ui.posts_title')}
        tabs={TABS.filter((tab) => tab !== 'people' || manages).map((tab) => ({
          key: tab,
          label: t(`organisations.ui.tab.${tab}`),
        }))}
        active={active}
        onChange={(tab) => go({ ...(filters.area ? { area: filters.area } : {}), tab })}
      />
      {panes[active]}
    </div>
  );
}

type TableProps = { filters: Filters; set: (name: keyof Filters, value: string | undefined) => void };

function PostsTable({ filters, set }: TableProps) {
  const { t } = useTexts();
  const manages = useMay('posts.manage');
  const [giving, setGiving] = useState(false);
  const [ending, setEnding] = useState<PostItem | null>(null);
  const role = ROLES.find((one) => one === filters.role);
  const list = useInfiniteQuery(
    postPages({
      ...(filters.q ? { q: filters.q } : {}),
      ...(role ? { role } : {}),
      ...(filters.area ? { areaCode: filters.area } : {}),
      ...(filters.over === 'true' ? { over: 'true' as const } : {}),
    }),
  );
  const columns = useColumns(setEnding);
  return (
    <>
      <DataTable<PostItem>
        name="posts"
        label={t('organisations.ui.tab.posts')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(post) => post.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        tools={
          <>
            {manages && (
              <Button type="primary" onClick={() => setGiving(true)}>
                {t('organisations.ui.give')}
              </Button>
            )}
            <PostFilters filters={filters} set={set} />
          </>
        }
        empty={<EmptyState title={t('organisations.ui.posts_empty')} hint={t('organisations.ui.posts_empty_hint')} />}
      />
      {giving && <PostDialog organisation={null} onClose={() => setGiving(false)} />}
      {ending && <EndPostDialog post={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function PostFilters({ filters, set }: TableProps) {
  const { t } = useTexts();
  return (
    <>
      <Input.Search
        defaultValue={filters.q ?? ''}
        placeholder={t('organisations.ui.person_search')}
        aria-label={t('organisations.ui.person_search')}
        maxLength={50}
        style={{ inlineSize: 200 }}
        onSearch={(words) => set('q', words.trim())}
      />
      <Select
        value={filters.role ?? null}
        placeholder={t('organisations.ui.role')}
        aria-label={t('organisations.ui.role')}
        allowClear
        style={{ inlineSize: 150 }}
        onChange={(role: string | null) => set('role', role ?? undefined)}
        options={ROLES.map((value) => ({ value, label: t(`organisations.role.${value}`) }))}
      />
      <AreaFilter area={filters.area} onArea={(area) => set('area', area)} />
      <Checkbox
        checked={filters.over === 'true'}
        onChange={(event) => set('over', event.target.checked ? 'true' : undefined)}
      >
        {t('organisations.ui.with_over')}
      </Checkbox>
    </>
  );
}

function useColumns(end: (post: PostItem) => void): readonly Column<PostItem>[] {
  const { t, locale } = useTexts();
  const column = (key: string, show: Column<PostItem>['value']): Column<PostItem> => ({
    key,
    title: t(`organisations.ui.${key}`),
    show: (post) => show?.(post) ?? '',
    ...(show ? { value: show } : {}),
  });
  return [
    column('person', (post) => personName(locale, post.person)),
    column('role', (post) => postName(t, locale, post)),
    column('organisation', (post) => shortName(locale, post.organisation)),
    column('scope', (post) => scopeText(t, post)),
    column('lanes', (post) => lanesText(t, post)),
    column('term', (post) => termText(t, post)),
    column('phone', (post) => post.person.phone ?? ''),
    {
      key: 'do',
      title: t('organisations.ui.do'),
      show: (post) =>
        post.endRefusal === null ? (
          <Button size="small" onClick={() => end(post)}>
            {t('organisations.ui.end')}
          </Button>
        ) : (
          <PostState post={post} />
        ),
    },
  ];
}
