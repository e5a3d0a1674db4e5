import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { LANES } from '../../../platform/auth/actor.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { useNarrow } from '../../../platform/web/print.ts';
import type { ClassItem, DeadlineView } from '../contract.ts';
import { ClassDialog } from './class-dialog.tsx';
import { Marks } from './marks.tsx';
import { amountText, nameOf } from './names.ts';
import { classes } from './queries.ts';

type Filters = Partial<Record<'lane' | 'q' | 'class', string>>;
type Props = { readonly filters: Filters; readonly set: (name: keyof Filters, value: string | undefined) => void };

const CARDS = 20;

/** All classes, the lower ones under their upper one; a class opens beside the list. */
export function ClassesTable({ filters, set }: Props) {
  const { t } = useTexts();
  const manages = useMay('catalogue.manage');
  const [adding, setAdding] = useState(false);
  const { data, error, isPending, refetch } = useQuery(classes);
  const words = (filters.q ?? '').trim().toLowerCase();
  const rows = (data?.items ?? []).filter(
    (one) =>
      (!filters.lane || one.lane === filters.lane) &&
      (words === '' || [one.code, one.nameZh, one.nameEn, ...one.keywords].join(' ').toLowerCase().includes(words)),
  );
  const columns = useColumns((code) => set('class', code));
  const narrow = useNarrow();
  // On a phone 166 cards are no list but a wall: some at a time.
  const [most, setMost] = useState(CARDS);
  const shown = narrow ? rows.slice(0, most) : rows;
  return (
    <>
      <DataTable<ClassItem>
        name="classes"
        label={t('catalogue.ui.tab.classes')}
        columns={columns}
        rows={shown}
        onMore={shown.length < rows.length ? () => setMost(most + CARDS) : undefined}
        rowKey={(one) => one.code}
        loading={isPending}
        error={error}
        onRetry={() => void refetch()}
        tools={
          <>
            {manages && (
              <Button type="primary" onClick={() => setAdding(true)}>
                {t('catalogue.ui.add')}
              </Button>
            )}
            <LaneChoice
              lane={filters.lane ?? 'all'}
              onChange={(lane) => set('lane', lane === 'all' ? undefined : lane)}
            />
            <Input.Search
              defaultValue={filters.q ?? ''}
              placeholder={t('catalogue.ui.search')}
              aria-label={t('catalogue.ui.search')}
              maxLength={50}
              style={{ inlineSize: 220 }}
              onSearch={(typed) => set('q', typed.trim())}
            />
          </>
        }
        empty={<EmptyState title={t('catalogue.ui.none')} hint={t('catalogue.ui.none_hint')} />}
      />
      {adding && <ClassDialog existing={null} onClose={() => setAdding(false)} />}
    </>
  );
}

/** Lanes side by side, or in a list where there is no room. */
function LaneChoice({ lane, onChange }: { lane: string; onChange: (lane: string) => void }) {
  const { t } = useTexts();
  const options = ['all', ...LANES].map((value) => ({ value, label: t(`catalogue.ui.lane.${value}`) }));
  const shared = { value: lane, onChange, options, 'aria-label': t('catalogue.ui.lane') };
  return useNarrow() ? <Select {...shared} className="cat-lane" /> : <Segmented {...shared} />;
}

function useColumns(open: (code: string) => void): readonly Column<ClassItem>[] {
  const { t, locale } = useTexts();
  const deadline = (one: ClassItem, stage: DeadlineView['stage']) => {
    const found = one.deadlines.find((each) => each.stage === stage);
    return found ? amountText(t, locale, found) : '';
  };
  const stages = ['contact', 'total', 'reopen_window'] as const;
  return [
    {
      key: 'class',
      title: t('catalogue.ui.class'),
      value: (one) => `${one.code} ${nameOf(locale, one)}`,
      show: (one) => (
        <span className={one.parentCode === null ? 'cat-name' : 'cat-name lower'}>
          <span className="num soft">{one.code}</span>
          <button type="button" onClick={() => open(one.code)}>
            {one.parentCode === null ? <b>{nameOf(locale, one)}</b> : nameOf(locale, one)}
          </button>
          {one.plannedFrom && (
            <span className="cat-mark planned">{t('catalogue.ui.planned', { day: one.plannedFrom })}</span>
          )}
        </span>
      ),
    },
    {
      key: 'lane',
      title: t('catalogue.ui.lane'),
      value: (one) => t(`catalogue.ui.lane.${one.lane}`),
      show: (one) => t(`catalogue.ui.lane.${one.lane}`),
    },
    ...stages.map(
      (stage): Column<ClassItem> => ({
        key: stage,
        title: t(`catalogue.ui.stage.${stage}`),
        hidden: stage === 'reopen_window',
        value: (one) => deadline(one, stage),
        show: (one) => deadline(one, stage),
      }),
    ),
    { key: 'marks', title: t('catalogue.ui.marks'), show: (one) => <Marks of={one} /> },
    {
      key: 'keywords',
      title: t('catalogue.ui.keywords'),
      hidden: true,
      value: (one) => one.keywords.join('、'),
      show: (one) => one.keywords.join('、'),
    },
  ];
}
