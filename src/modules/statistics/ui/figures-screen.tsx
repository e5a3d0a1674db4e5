import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Input, Select } from 'antd';
import { useId } from 'react';
import { currentTime } from '../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { dayOf, numberText } from '../../../platform/web/time.ts';
import { AreaLink } from './area-link.tsx';
import { FiguresTable } from './figures-table.tsx';
import { type Days, daysOf, PERIODS, type Period } from './period.ts';
import { type Counts, type CountsQuery, countsOf } from './queries.ts';
import { RateBlocks } from './rate-blocks.tsx';
import './statistics.css';
import { statisticsUiTexts } from './texts.ts';

const GROUPS = ['area', 'class', 'organisation', 'channel', 'lane'] as const;
type Group = (typeof GROUPS)[number];
type Search = {
  readonly area?: string;
  readonly by?: string;
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
};

/** How areas, classes, offices and channels stand: counts, and the rates with what they were made of. */
export function FiguresScreen() {
  return (
    <MoreTexts texts={statisticsUiTexts}>
      <Screen />
    </MoreTexts>
  );
}

function Screen() {
  const { t } = useTexts();
  const search = useSearch({ strict: false }) as Search;
  const period: Period = PERIODS.find((one) => one === search.period) ?? 'month';
  const by: Group = GROUPS.find((one) => one === search.by) ?? 'area';
  const days = chosenDays(period, search);
  const query: CountsQuery = { by, ...days, ...(search.area ? { area: search.area } : {}) };
  const found = useQuery(countsOf(query));
  useTitle(t('statistics.ui.title'));
  return (
    <div className="page figures">
      <div className="figures-head">
        <h1>{t('statistics.ui.title')}</h1>
        <Button className="no-print" onClick={() => window.print()}>
          {t('statistics.ui.print')}
        </Button>
      </div>
      {found.data && <Trail counts={found.data} search={search} />}
      <Choices by={by} period={period} days={days} search={search} />
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      {found.data && <Notes counts={found.data} />}
      {found.data && <RateBlocks total={found.data.total} />}
      {!found.error && <FiguresTable by={by} counts={found.data} loading={found.isPending} search={search} />}
    </div>
  );
}

function chosenDays(period: Period, search: Search): Days {
  const today = dayOf(currentTime());
  if (period !== 'chosen') return daysOf(period, today);
  const month = daysOf('month', today);
  return { from: search.from ?? month.from, to: search.to ?? month.to };
}

/** Where one is, from the top of what one may look at. */
function Trail({ counts, search }: { counts: Counts; search: Search }) {
  const { t } = useTexts();
  const others = counts.areas.filter(({ code }) => !counts.area.code.startsWith(code));
  const steps = counts.path.map(({ code, name }, at) => (
    <li key={code}>
      {at === counts.path.length - 1 ? (
        <b aria-current="page">{name}</b>
      ) : (
        <AreaLink code={code} name={name} search={search} />
      )}
    </li>
  ));
  return (
    <nav className="figures-trail" aria-label={t('statistics.ui.where')}>
      <ol>{steps}</ol>
      {others.length > 0 && (
        <ul aria-label={t('statistics.ui.other_areas')}>
          {others.map(({ code, name }) => (
            <li key={code}>
              <AreaLink code={code} name={name} search={search} />
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}

type ChoicesProps = { readonly by: Group; readonly period: Period; readonly days: Days; readonly search: Search };

function Choices({ by, period, days, search }: ChoicesProps) {
  const { t } = useTexts();
  const id = useId();
  const navigate = useNavigate();
  const choose = (part: object) => void navigate({ to: '/figures', search: { ...search, ...part } as never });
  return (
    <div className="figures-choices">
      <div className="labelled">
        <label htmlFor={`${id}-by`}>{t('statistics.ui.by')}</label>
        <Select<Group>
          id={`${id}-by`}
          value={by}
          options={GROUPS.map((value) => ({ value, label: t(`statistics.ui.by.${value}`) }))}
          onChange={(value) => choose({ by: value })}
        />
      </div>
      <div className="labelled">
        <label htmlFor={`${id}-period`}>{t('statistics.ui.period')}</label>
        <Select<Period>
          id={`${id}-period`}
          value={period}
          options={PERIODS.map((value) => ({ value, label: t(`statistics.ui.period.${value}`) }))}
          onChange={(value) => choose({ period: value, ...days })}
        />
      </div>
      {(['from', 'to'] as const).map((end) => (
        <div className="labelled" key={end}>
          <label htmlFor={`${id}-${end}`}>{t(`statistics.ui.${end}`)}</label>
          <Input
            id={`${id}-${end}`}
            type="date"
            className="day"
            value={days[end]}
            onChange={({ target }) => target.value !== '' && choose({ ...days, period: 'chosen', [end]: target.value })}
          />
        </div>
      ))}
    </div>
  );
}

/** What the figures leave out, if anything. */
function Notes({ counts }: { counts: Counts }) {
  const { t, locale } = useTexts();
  const lanes = counts.lanes?.map((lane) => t(`statistics.ui.lane.${lane}`)).join(t('statistics.ui.and'));
  return (
    <>
      {!counts.complete && (
        <Alert type="info" showIcon title={t('statistics.ui.counting', { n: numberText(locale, counts.counted) })} />
      )}
      <p className="soft">
        {t('statistics.ui.about')} {counts.restricted ? '' : t('statistics.ui.without_sealed')}{' '}
        {lanes ? t('statistics.ui.only_lanes', { lanes }) : ''}
      </p>
    </>
  );
}
