import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import type { listGridTeams } from '../contract.ts';
import { GRID_ROLES, type GridRole } from '../rules/post.ts';
import { AreaFilter } from './area-filter.tsx';
import { personName, shortName } from './names.ts';
import { teamPages } from './queries.ts';

type Team = z.output<typeof listGridTeams.answer>['items'][number];
type Props = { readonly area: string | undefined; readonly onArea: (area: string | undefined) => void };

/** Grids with leader, full-time, part-time and advisers; a place nobody holds says so. */
export function TeamsTable({ area, onArea }: Props) {
  const { t, locale } = useTexts();
  const list = useInfiniteQuery(teamPages(area));
  const namesOf = (team: Team, role: GridRole) =>
    team.team
      .filter((one) => one.gridRole === role)
      .map((one) => personName(locale, one))
      .join('、');
  const columns: readonly Column<Team>[] = [
    { key: 'grid', title: t('organisations.ui.grid'), value: (one) => one.area.path, show: (one) => one.area.path },
    {
      key: 'village',
      title: t('organisations.ui.village'),
      hidden: true,
      value: (one) => (one.organisation ? shortName(locale, one.organisation) : ''),
      show: (one) => (one.organisation ? shortName(locale, one.organisation) : ''),
    },
    ...GRID_ROLES.map(
      (role): Column<Team> => ({
        key: role,
        title: t(`organisations.grid_role.${role}`),
        value: (one) => namesOf(one, role),
        show: (one) => namesOf(one, role) || <Nobody needed={role === 'full_time' || role === 'leader'} />,
      }),
    ),
    {
      key: 'phone',
      title: t('organisations.ui.phone'),
      value: (one) => one.team[0]?.phone ?? '',
      show: (one) => <span className="num">{one.team.find((member) => member.phone)?.phone ?? '—'}</span>,
    },
  ];
  return (
    <DataTable<Team>
      name="grid-teams"
      label={t('organisations.ui.tab.teams')}
      columns={columns}
      rows={list.data?.pages.flatMap((page) => page.items) ?? []}
      rowKey={(one) => one.area.code}
      loading={list.isPending}
      error={list.error}
      onRetry={() => void list.refetch()}
      onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      loadingMore={list.isFetchingNextPage}
      tools={<AreaFilter area={area} onArea={onArea} />}
      empty={<EmptyState title={t('organisations.ui.teams_empty')} hint={t('organisations.ui.teams_empty_hint')} />}
    />
  );
}

function Nobody({ needed }: { needed: boolean }) {
  const { t } = useTexts();
  return needed ? <span className="org-vacant">{t('organisations.ui.nobody')}</span> : '—';
}
