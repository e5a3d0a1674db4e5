import { useEffect } from 'react';
import { useSearchParams } from 'wouter';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { announce } from '../pieces/announce.tsx';
import { Page } from '../pieces/page.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { ReleasedRow } from '../pieces/released-row.tsx';
import { useLoad } from '../pieces/use-load.ts';
import { Filters } from './filters.tsx';
import { filterKey, queryOf, readFilter, writeFilter } from './filter.ts';
import { PublicMap } from './public-map.tsx';
import { usePages } from '../pieces/use-pages.ts';

/** Public requests as a list, and where they are as a map. What is chosen stands in the address, so it can be shared. */
export function ReleasedList() {
  const { t } = useTexts();
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const asMap = search.get('view') === 'map';
  const view = (next: string | null) =>
    setSearch((last) => {
      const changed = new URLSearchParams(last);
      if (next === null) changed.delete('view');
      else changed.set('view', next);
      return changed;
    });
  return (
    <Page title={t('open.cases.title')} back="/" className={asMap ? 'cases cases-map' : 'cases'} wide>
      <p className="soft">{t('open.cases.intro')}</p>
      <fieldset className="tabs" aria-label={t('open.cases.view')}>
        <button type="button" aria-pressed={!asMap} onClick={() => view(null)}>
          {t('open.cases.as_list')}
        </button>
        <button type="button" aria-pressed={asMap} onClick={() => view('map')}>
          {t('open.cases.as_map')}
        </button>
      </fieldset>
      <Filters filter={filter} />
      <div className="cases-body">
        {asMap && (
          <div className="cases-where">
            <Points />
          </div>
        )}
        <div>
          <Rows />
        </div>
      </div>
    </Page>
  );
}

function Points() {
  const { t } = useTexts();
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const points = useLoad(`points ${filterKey(filter)}`, (signal) =>
    call(api.mapOfReleased, { query: queryOf(filter), signal }),
  );
  if (!points.value) {
    return points.error ? <Failed error={points.error} onRetry={points.reload} /> : <Loading rows={1} t={t} />;
  }
  const { points: marks, areas } = points.value;
  const showOnly = (area: string) => setSearch((last) => writeFilter(last, { area }));
  if (marks.length === 0 && areas.length === 0 && filter.area === '')
    return <p className="soft">{t('open.cases.map_none')}</p>;
  return <PublicMap points={marks} areas={areas} shown={filter.area || null} onArea={showOnly} />;
}

function Rows() {
  const { t } = useTexts();
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const pages = usePages(filterKey(filter), (after) =>
    call(api.listReleased, { query: { ...queryOf(filter), ...(after === undefined ? {} : { after }), limit: 20 } }),
  );
  const { items } = pages;
  const count = items?.length ?? 0;
  const said = pages.more === null ? t('open.cases.all_shown', { n: count }) : t('open.cases.shown', { n: count });
  useEffect(() => {
    if (count > 0) announce(said);
  }, [count, said]);
  if (!items) {
    return pages.error ? <Failed error={pages.error} onRetry={pages.retry} /> : <Loading rows={6} t={t} />;
  }
  if (items.length === 0) {
    const filtered = filterKey(filter) !== '';
    return (
      <div className="empty">
        <p>{t(filtered ? 'open.cases.none_filtered' : 'open.cases.none')}</p>
        {filtered && (
          <button type="button" className="button" onClick={() => setSearch({})}>
            {t('open.cases.clear')}
          </button>
        )}
      </div>
    );
  }
  return (
    <>
      <ul className="rows">
        {items.map((one) => (
          <ReleasedRow key={one.number} one={one} />
        ))}
      </ul>
      {pages.error !== undefined && <Failed error={pages.error} onRetry={pages.retry} />}
      <p className="soft">{said}</p>
      {pages.more && (
        <button
          type="button"
          className="button"
          aria-disabled={pages.busy}
          onClick={() => pages.busy || pages.more?.()}
        >
          {t(pages.busy ? 'open.loading' : 'open.more')}
        </button>
      )}
    </>
  );
}
