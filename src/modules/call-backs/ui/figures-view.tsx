import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { addDays } from '../../../kit/time.ts';
import { currentTime } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type Column, DataTable } from '../../../platform/web/office/data-table.tsx';
import { EmptyState } from '../../../platform/web/office/states.tsx';
import { dayOf, numberText } from '../../../platform/web/time.ts';
import { type FigureRow, figuresOf } from './queries.ts';

/** Solved, satisfied, declined, unreachable and not asked in time, office by office. */
export function FiguresView() {
  const { t, locale } = useTexts();
  const today = dayOf(currentTime());
  const [from, setFrom] = useState(addDays(today, -29));
  const [to, setTo] = useState(today);
  const found = useQuery(figuresOf(from, to));
  const columns = useColumns();
  const total = found.data?.total;
  return (
    <>
      <p className="soft">{t('call-backs.ui.figures.about')}</p>
      <div className="call-days">
        <Day label={t('call-backs.ui.figures.from')} value={from} onChange={setFrom} />
        <Day label={t('call-backs.ui.figures.to')} value={to} onChange={setTo} />
        {total && (
          <p className="call-total" role="status">
            <b>{t('call-backs.ui.figures.total')}</b>
            <span>
              {t('call-backs.ui.figures.answered')} {numberText(locale, total.answered)}
            </span>
            <span>
              {t('call-backs.ui.figures.declined')} {numberText(locale, total.declined)}
            </span>
            <span>
              {t('call-backs.ui.figures.unreachable')} {numberText(locale, total.unreachable)}
            </span>
            <span>
              {t('call-backs.ui.figures.lapsed')} {numberText(locale, total.lapsed)}
            </span>
            <span>
              {t('call-backs.ui.figures.waiting')} {numberText(locale, total.waiting)}
            </span>
          </p>
        )}
      </div>
      <DataTable<FigureRow>
        name="call-back-figures"
        label={t('call-backs.ui.tab.figures')}
        columns={columns}
        rows={found.data?.items ?? []}
        rowKey={(row) => row.office.id}
        loading={found.isPending}
        error={found.error}
        onRetry={() => void found.refetch()}
        empty={<EmptyState title={t('call-backs.ui.figures.none')} />}
      />
    </>
  );
}

function useColumns(): readonly Column<FigureRow>[] {
  const { t, locale } = useTexts();
  const rate = (value: number | null, enough: boolean) =>
    value === null
      ? enough
        ? '—'
        : t('call-backs.ui.figures.insufficient')
      : numberText(locale, value, { style: 'percent', maximumFractionDigits: 1 });
  const count = (key: string, name: string, value: (row: FigureRow) => number): Column<FigureRow> => ({
    key,
    title: t(`call-backs.ui.figures.${name}`),
    show: (row) => numberText(locale, value(row)),
    value,
  });
  return [
    {
      key: 'office',
      title: t('call-backs.ui.figures.office'),
      show: (row) => (locale === 'en' ? row.office.nameEn : row.office.name),
      value: (row) => row.office.name,
    },
    count('answered', 'answered', (row) => row.answered),
    {
      key: 'solved',
      title: t('call-backs.ui.figures.solved'),
      show: (row) => rate(row.solvedRate, row.enough),
      value: (row) => row.solvedRate ?? -1,
    },
    {
      key: 'satisfied',
      title: t('call-backs.ui.figures.satisfied'),
      show: (row) => rate(row.satisfiedRate, row.enough),
      value: (row) => row.satisfiedRate ?? -1,
    },
    {
      key: 'reached',
      title: t('call-backs.ui.figures.reached'),
      show: (row) => rate(row.reachedRate, true),
      value: (row) => row.reachedRate ?? -1,
      hidden: true,
    },
    count('declined', 'declined', (row) => row.declined),
    count('unreachable', 'unreachable', (row) => row.unreachable),
    count('lapsed', 'lapsed', (row) => row.lapsed),
    count('waiting', 'waiting', (row) => row.waiting),
  ];
}

type DayProps = { readonly label: string; readonly value: string; readonly onChange: (day: string) => void };

function Day({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="date"
        className="day"
        value={value}
        onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
      />
    </div>
  );
}
