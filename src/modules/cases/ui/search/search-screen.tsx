import '../cases.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { LANES } from '../../../../platform/auth/actor.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import { DataTable } from '../../../../platform/web/office/data-table.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { useNarrow } from '../../../../platform/web/print.ts';
import { STATES } from '../../rules/words.ts';
import { ChoosingBar } from '../choosing/choosing-bar.tsx';
import { useHeight } from '../choosing/use-height.ts';
import { useChoosing } from '../choosing/use-choosing.ts';
import { AreaSelect } from '../filing/area-field.tsx';
import { ClassSelect } from '../filing/class-field.tsx';
import { type CaseListItem, type CaseListQuery, caseList } from '../queries.ts';
import { useCaseColumns } from './columns.tsx';

type Filters = Partial<Record<'q' | 'state' | 'lane' | 'area' | 'classCode' | 'late', string>>;

/** Cases by number, words and filters. The address holds the filters, so that a search can be kept and shared. */
export function SearchScreen() {
  const { t } = useTexts();
  const filters: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  const columns = useCaseColumns();
  useTitle(t('cases.ui.search.title'));
  const filter = queryOf(filters);
  const list = useInfiniteQuery({ ...caseList(filter), staleTime: 0 });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const choosing = useChoosing(rows, filter);
  const { place, height } = useHeight(choosing.active);
  const bar = <ChoosingBar choosing={choosing} rows={rows} filter={filter} place={place} />;
  return (
    <div className="page">
      <h1>{t('cases.ui.search.title')}</h1>
      <FilterBar filters={filters} onChange={(next) => void navigate({ to: '/search', search: next, replace: true })} />
      {choosing.active && bar}
      <DataTable<CaseListItem>
        name="cases"
        label={t('cases.ui.search.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        tools={choosing.active ? null : bar}
        // What leaves the platform is asked of the server, where it is recorded.
        exportable={false}
        selection={
          choosing.active
            ? {
                chosen: choosing.ids,
                label: (row) => t('cases.ui.choosing.one', { title: row.title, number: row.number }),
                onChange: choosing.set,
                below: height,
              }
            : undefined
        }
        onOpen={(row) => void navigate({ to: '/cases/$id', params: { id: row.id } })}
        empty={
          <EmptyState
            title={t('cases.ui.search.none')}
            hint={t('cases.ui.search.none_hint')}
            action={<Link to="/search">{t('cases.ui.search.reset')}</Link>}
          />
        }
      />
    </div>
  );
}

/** The filters of an address as the list takes them; what is not one of the known words is left out. */
function queryOf({ q, state, lane, area, classCode, late }: Filters): CaseListQuery {
  const knownState = STATES.find((one) => one === state);
  const knownLane = LANES.find((one) => one === lane);
  return {
    ...(q ? { q } : {}),
    ...(knownState ? { state: knownState } : {}),
    ...(knownLane ? { lane: knownLane } : {}),
    ...(area ? { area } : {}),
    ...(classCode ? { classCode } : {}),
    ...(late === 'true' ? { late: 'true' as const } : {}),
  };
}

type BarProps = { readonly filters: Filters; readonly onChange: (next: Filters) => void };

function FilterBar({ filters, onChange }: BarProps) {
  const { t } = useTexts();
  const narrow = useNarrow();
  const [words, setWords] = useState(filters.q ?? '');
  useEffect(() => setWords(filters.q ?? ''), [filters.q]);
  const put = (change: Record<string, string | undefined>) =>
    onChange(Object.fromEntries(Object.entries({ ...filters, ...change }).filter(([, value]) => value)));
  const find = (event: FormEvent) => {
    event.preventDefault();
    put({ q: words.trim() });
  };
  const others = (
    <>
      <Labelled label={t('cases.ui.search.state')}>
        {(id) => (
          <Choice
            id={id}
            value={filters.state}
            values={STATES}
            prefix="cases.state."
            onChange={(state) => put({ state })}
          />
        )}
      </Labelled>
      <Labelled label={t('cases.ui.search.lane')}>
        {(id) => (
          <Choice
            id={id}
            value={filters.lane}
            values={LANES}
            prefix="cases.ui.lane."
            onChange={(lane) => put({ lane })}
          />
        )}
      </Labelled>
      <Labelled label={t('cases.ui.search.class')}>
        {(id) => (
          <ClassSelect
            id={id}
            value={filters.classCode}
            placeholder={t('cases.ui.search.any')}
            onChange={(classCode) => put({ classCode })}
          />
        )}
      </Labelled>
      <Labelled label={t('cases.ui.search.area')}>
        {(id) => <AreaSelect id={id} value={filters.area} onChange={(area) => put({ area })} />}
      </Labelled>
      <Checkbox
        checked={filters.late === 'true'}
        onChange={(event) => put({ late: event.target.checked ? 'true' : undefined })}
      >
        {t('cases.ui.search.late')}
      </Checkbox>
    </>
  );
  return (
    <search>
      <form className="filters" onSubmit={find}>
        <Labelled label={t('cases.ui.search.words')}>
          {(id) => <Input id={id} value={words} maxLength={100} onChange={(event) => setWords(event.target.value)} />}
        </Labelled>
        {narrow ? (
          <details className="more-filters">
            <summary>{t('cases.ui.search.more')}</summary>
            {others}
          </details>
        ) : (
          others
        )}
        <Button type="primary" htmlType="submit">
          {t('cases.ui.search.go')}
        </Button>
        <Button onClick={() => onChange({})}>{t('cases.ui.search.reset')}</Button>
      </form>
    </search>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

type ChoiceProps = {
  readonly id: string;
  readonly value: string | undefined;
  readonly values: readonly string[];
  readonly prefix: string;
  readonly onChange: (value: string | undefined) => void;
};

function Choice({ id, value, values, prefix, onChange }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <Select
      id={id}
      {...(value === undefined ? {} : { value })}
      allowClear
      placeholder={t('cases.ui.search.any')}
      onChange={onChange}
      options={values.map((one) => ({ value: one, label: t(prefix + one) }))}
    />
  );
}
