import './organisations.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { useNarrow } from '../../../platform/web/print.ts';
import { shortName } from './names.ts';
import { OrganisationDialog } from './organisation-dialog.tsx';
import { OrganisationPanel } from './organisation-panel.tsx';
import { OrganisationTree } from './organisation-tree.tsx';
import { kinds, organisationPages } from './queries.ts';

type Filters = Partial<Record<'q' | 'kind' | 'closed' | 'id', string>>;

/** Bodies by level or by words, and beside them the one that is chosen. The address holds what is shown. */
export function OrganisationsScreen() {
  const { t } = useTexts();
  const filters: Filters = useSearch({ strict: false });
  const narrow = useNarrow();
  const mayAdd = useMay('organisations.manage');
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  useTitle(t('organisations.ui.title'));
  const alone = narrow && filters.id !== undefined;
  return (
    <div className="page">
      <h1>{t('organisations.ui.title')}</h1>
      {alone ? (
        <p>
          <Link to="/organisations" search={without(filters, 'id')}>
            {t('organisations.ui.back')}
          </Link>
        </p>
      ) : (
        <p className="soft">{t('organisations.ui.about')}</p>
      )}
      <div className="org-columns">
        {!alone && (
          <section className="org-side" aria-label={t('organisations.ui.title')}>
            <FilterFields filters={filters} />
            {mayAdd && (
              <Button block onClick={() => setAdding(true)}>
                {t('organisations.ui.add')}
              </Button>
            )}
            {isFiltered(filters) ? <Results filters={filters} /> : <OrganisationTree chosen={filters.id} />}
          </section>
        )}
        {filters.id ? (
          <OrganisationPanel key={filters.id} id={filters.id} />
        ) : (
          !narrow && <EmptyState title={t('organisations.ui.choose')} />
        )}
      </div>
      {adding && (
        <OrganisationDialog
          organisation={null}
          onClose={() => setAdding(false)}
          onSaved={(id) => void navigate({ to: '/organisations', search: { ...filters, id } })}
        />
      )}
    </div>
  );
}

function isFiltered(filters: Filters): boolean {
  return Boolean(filters.q?.trim() || filters.kind || filters.closed);
}

function without(filters: Filters, name: keyof Filters): Filters {
  const { [name]: _, ...rest } = filters;
  return rest;
}

function FilterFields({ filters }: { filters: Filters }) {
  const { t, locale } = useTexts();
  const navigate = useNavigate();
  const { data = [] } = useQuery(kinds);
  const set = (name: keyof Filters, value: string | undefined) =>
    void navigate({
      to: '/organisations',
      search: value ? { ...filters, [name]: value } : without(filters, name),
      replace: true,
    });
  return (
    <div className="org-filters">
      <Input.Search
        defaultValue={filters.q ?? ''}
        placeholder={t('organisations.ui.search')}
        aria-label={t('organisations.ui.search')}
        maxLength={50}
        onSearch={(words) => set('q', words.trim())}
      />
      <div className="row">
        <Select
          value={filters.kind ?? null}
          placeholder={t('organisations.ui.kind')}
          aria-label={t('organisations.ui.kind')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(kind: string | null) => set('kind', kind ?? undefined)}
          options={data.map((one) => ({ value: one.kind, label: locale === 'en' ? one.nameEn : one.nameZh }))}
        />
        <Checkbox
          checked={filters.closed === 'true'}
          onChange={(event) => set('closed', event.target.checked ? 'true' : undefined)}
        >
          {t('organisations.ui.with_closed')}
        </Checkbox>
      </div>
    </div>
  );
}

function Results({ filters }: { filters: Filters }) {
  const { t, locale } = useTexts();
  const list = useInfiniteQuery(
    organisationPages({
      ...(filters.q?.trim() ? { q: filters.q.trim() } : {}),
      ...(filters.kind ? { kind: filters.kind } : {}),
      ...(filters.closed === 'true' ? { closed: 'true' as const } : {}),
    }),
  );
  if (list.isPending) return <RowSkeletons />;
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState title={t('organisations.ui.none')} hint={t('organisations.ui.none_hint')} />;
  }
  return (
    <>
      <ul className="org-list">
        {items.map((one) => (
          <li key={one.id}>
            <Link to="/organisations" search={{ ...filters, id: one.id }} aria-current={one.id === filters.id}>
              <span>{shortName(locale, one)}</span>
              <small>
                {one.area.path}
                {one.validTo && ` · ${t('organisations.ui.closed_on', { day: one.validTo })}`}
              </small>
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('web.more')}
        </Button>
      )}
    </>
  );
}
