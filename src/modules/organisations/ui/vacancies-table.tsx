import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useNarrow } from '../../../platform/web/print.ts';
import type { listVacancies } from '../contract.ts';
import { AreaFilter } from './area-filter.tsx';
import { shortName } from './names.ts';
import { PostDialog } from './post-dialog.tsx';
import { vacancyPages } from './queries.ts';

type Vacancy = z.output<typeof listVacancies.answer>['items'][number];
type Props = { readonly area: string | undefined; readonly onArea: (area: string | undefined) => void };

/** Grids without a full-time worker and bodies without the role they need; each can be filled from here. */
export function VacanciesTable({ area, onArea }: Props) {
  const { t } = useTexts();
  const [kind, setKind] = useState<Vacancy['kind']>('grid');
  const [filling, setFilling] = useState<Vacancy | null>(null);
  const list = useInfiniteQuery(vacancyPages(kind, area));
  const columns = useColumns(setFilling);
  const narrow = useNarrow();
  return (
    <>
      <DataTable<Vacancy>
        name="vacancies"
        label={t('organisations.ui.tab.vacancies')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items) ?? []}
        rowKey={(one) => `${one.area.code} ${one.organisation?.id ?? ''}`}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        tools={
          <>
            <Segmented
              value={kind}
              vertical={narrow}
              block={narrow}
              onChange={(next) => setKind(next)}
              options={(['grid', 'organisation'] as const).map((value) => ({
                value,
                label: t(`organisations.ui.vacancies_${value}`),
              }))}
            />
            <AreaFilter area={area} onArea={onArea} />
          </>
        }
        empty={<EmptyState title={t('organisations.ui.vacancies_empty')} />}
      />
      {filling && (
        <PostDialog organisation={filling.organisation} preset={presetOf(filling)} onClose={() => setFilling(null)} />
      )}
    </>
  );
}

function presetOf(vacancy: Vacancy) {
  const scope = [vacancy.area.code];
  return vacancy.kind === 'grid'
    ? { role: vacancy.role, gridRole: 'full_time' as const, scope }
    : { role: vacancy.role, scope };
}

function useColumns(fill: (vacancy: Vacancy) => void): readonly Column<Vacancy>[] {
  const { t, locale } = useTexts();
  const manages = useMay('posts.manage');
  const missing = (one: Vacancy) =>
    one.kind === 'grid' ? t('organisations.grid_role.full_time') : t(`organisations.role.${one.role}`);
  const columns: Column<Vacancy>[] = [
    { key: 'area', title: t('organisations.ui.area'), value: (one) => one.area.path, show: (one) => one.area.path },
    {
      key: 'organisation',
      title: t('organisations.ui.organisation'),
      value: (one) => (one.organisation ? shortName(locale, one.organisation) : ''),
      show: (one) => (one.organisation ? shortName(locale, one.organisation) : '—'),
    },
    { key: 'missing', title: t('organisations.ui.missing'), value: missing, show: missing },
  ];
  if (!manages) return columns;
  const fillColumn: Column<Vacancy> = {
    key: 'do',
    title: t('organisations.ui.do'),
    show: (one) => (
      <Button size="small" onClick={() => fill(one)}>
        {t('organisations.ui.fill')}
      </Button>
    ),
  };
  return [...columns, fillColumn];
}
