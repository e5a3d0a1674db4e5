import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../../platform/web/office/data-table.tsx';
import { useMay } from '../../../../platform/web/office/me.ts';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import type { AreaDetail, AreaItem } from '../../contract.ts';
import type { AreasSearch } from './search.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { children } from './queries.ts';

/** Table rows may not have a field `children`: Ant Design's table takes it for rows below. */
type Row = Omit<AreaItem, 'children'> & { readonly parts: number };

function rowOf({ children: parts, ...area }: AreaItem): Row {
  return { ...area, parts };
}

type Props = { readonly parent: AreaDetail; readonly search: AreasSearch };

/** What stands directly below an area; several of them can be chosen to be merged. */
export function ChildTable({ parent, search }: Props) {
  const { t } = useTexts();
  const manages = useMay('areas.manage') && parent.validTo === null;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [merging, setMerging] = useState(false);
  const { data = [], isPending, error, refetch } = useQuery(children(parent.code, search.closed === 'true'));
  const columns = useColumns(search, manages ? chosen : null, setChosen);
  const label = t('areas.ui.below', { name: parent.name });
  return (
    <section className="areas-card">
      <h2>{label}</h2>
      <DataTable<Row>
        name={`areas-${parent.code}`}
        label={label}
        columns={columns}
        rows={data.map(rowOf)}
        rowKey={(one) => one.code}
        loading={isPending}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title={t('areas.ui.below_none')} />}
        tools={
          manages && (
            <Button
              disabled={chosen.length < 2}
              title={chosen.length < 2 ? t('areas.ui.merge_choose') : undefined}
              onClick={() => setMerging(true)}
            >
              {t('areas.ui.do.merge', { n: chosen.length })}
            </Button>
          )
        }
      />
      {merging && (
        <MergeDialog
          parent={parent}
          areas={data.filter((one) => chosen.includes(one.code))}
          onClose={() => setMerging(false)}
          onDone={() => setChosen([])}
        />
      )}
    </section>
  );
}

function useColumns(
  search: AreasSearch,
  chosen: readonly string[] | null,
  choose: (codes: readonly string[]) => void,
): readonly Column<Row>[] {
  const { t } = useTexts();
  const pick: Column<Row> = {
    key: 'pick',
    title: t('areas.ui.pick'),
    width: 56,
    show: (one) =>
      one.validTo === null && (
        <Checkbox
          aria-label={t('areas.ui.pick_one', { name: one.name })}
          checked={chosen?.includes(one.code) ?? false}
          onChange={(event) =>
            choose(
              event.target.checked ? [...(chosen ?? []), one.code] : (chosen ?? []).filter((code) => code !== one.code),
            )
          }
        />
      ),
  };
  const text = (key: string, value: (one: Row) => string | number): Column<Row> => ({
    key,
    title: t(`areas.ui.${key}`),
    value,
    show: value,
  });
  return [
    ...(chosen === null ? [] : [pick]),
    {
      key: 'name',
      title: t('areas.ui.name'),
      value: (one) => one.name,
      show: (one) => (
        <Link to="/areas" search={{ ...search, code: one.code }}>
          {one.name}
        </Link>
      ),
    },
    { ...text('code', (one) => one.code), show: (one) => <span className="num">{one.code}</span> },
    text('kind', (one) => t(`areas.kind.${one.kind}`)),
    text('children', (one) => one.parts),
    text('households', (one) => one.households ?? ''),
    { ...text('population', (one) => one.population ?? ''), hidden: true },
    text('boundary', (one) => t(one.schematic ? 'areas.ui.boundary_short_none' : 'areas.ui.boundary_short')),
    text('state', (one) => stateOf(t, one)),
  ];
}

function stateOf(t: ReturnType<typeof useTexts>['t'], one: Row): string {
  if (one.validTo !== null) return t('areas.ui.closed_on', { day: one.validTo });
  return t(one.provisional ? 'areas.ui.provisional' : 'areas.ui.open');
}
