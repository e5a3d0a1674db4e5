import { useEffect, useRef } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { numberText } from '../../../platform/web/time.ts';
import { AreaLink } from './area-link.tsx';
import type { Counts, CountRow, Figures } from './queries.ts';
import { RateText } from './rate-blocks.tsx';

type Row = Figures & Pick<CountRow, 'key' | 'name' | 'drill'>;
type Props = {
  readonly by: Counts['by'];
  readonly counts: Counts | undefined;
  readonly loading: boolean;
  readonly search: object;
};

/** One line for each area, class, office or channel, and one for what lies in none of the areas below. */
export function FiguresTable({ by, counts, loading, search }: Props) {
  const { t } = useTexts();
  const columns = useColumns(by, search);
  const whole = useRef<HTMLDivElement>(null);
  // Rows without a link have nothing to tab to: the part that scrolls sideways is reached by itself.
  useEffect(() => whole.current?.querySelector('.ant-table-body')?.setAttribute('tabindex', '0'));
  return (
    <div ref={whole}>
      <DataTable<Row>
        name={`figures-${by}`}
        label={t('statistics.ui.table', { by: t(`statistics.ui.by.${by}`) })}
        columns={columns}
        rows={counts ? rowsOf(counts) : []}
        rowKey={(row) => row.key}
        loading={loading}
        empty={<EmptyState title={t('statistics.ui.none')} hint={t('statistics.ui.none_hint')} />}
      />
    </div>
  );
}

function rowsOf({ items, direct }: Counts): Row[] {
  const stands = direct !== null && direct.filed + direct.closed.all > 0;
  return stands ? [...items, { ...direct, key: 'direct', name: null, drill: false }] : items;
}

function useColumns(by: Counts['by'], search: object): readonly Column<Row>[] {
  const { t, locale } = useTexts();
  const nameOf = (row: Row): string => {
    if (row.key === 'direct') return t('statistics.ui.direct');
    if (row.name) return locale === 'en' ? row.name.en : row.name.zh;
    return by === 'channel' || by === 'lane' ? t(`statistics.ui.${by}.${row.key}`) : row.key;
  };
  const count = (key: string, value: (row: Row) => number): Column<Row> => ({
    key,
    title: t(`statistics.ui.column.${key}`),
    show: (row) => numberText(locale, value(row)),
    value,
  });
  const rate = (key: keyof Figures['rates']): Column<Row> => ({
    key,
    title: t(`statistics.ui.rate.${key}`),
    show: (row) => <RateText rate={row.rates[key]} />,
    value: (row) => row.rates[key].value ?? -1,
  });
  return [
    {
      key: 'name',
      title: t(`statistics.ui.by.${by}`),
      show: (row) => (row.drill ? <AreaLink code={row.key} name={nameOf(row)} search={search} /> : nameOf(row)),
      value: nameOf,
    },
    count('filed', (row) => row.filed),
    count('open', (row) => row.open),
    count('closed', (row) => row.closed.all),
    rate('timely'),
    rate('response'),
    rate('resolution'),
    rate('satisfaction'),
    count('declined', (row) => row.callBacks.declined),
    count('unreachable', (row) => row.callBacks.unreachable),
    count('lapsed', (row) => row.callBacks.lapsed),
  ];
}
