import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { call } from '../../../../platform/web/client.ts';
import { nameIn, useTexts } from '../../../../platform/web/i18n.tsx';
import { api } from '../endpoints.ts';
import { Field } from '../pieces/field.tsx';
import { useTowns } from '../pieces/use-towns.ts';
import { useLoad } from '../pieces/use-load.ts';
import { type Filter, filterKey, writeFilter } from './filter.ts';

/** Folded on a phone until wanted, or when something is filtered already. */
export function Filters({ filter }: { readonly filter: Filter }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(filterKey(filter) !== '');
  return (
    <div className="filters">
      <button
        type="button"
        className="button"
        aria-expanded={open}
        aria-controls="filters"
        onClick={() => setOpen(!open)}
      >
        {t('open.cases.filter')}
      </button>
      <div id="filters" hidden={!open} className="filter-fields">
        {open && <Fields filter={filter} />}
      </div>
    </div>
  );
}

function Fields({ filter }: { readonly filter: Filter }) {
  const { t, locale } = useTexts();
  const [, setSearch] = useSearchParams();
  const towns = useTowns();
  const classes = useLoad('classes', (signal) => call(api.listPublicClasses, { signal }));
  const listed = filter.area === '' || towns.some((town) => town.code === filter.area);
  const area = useLoad(listed ? null : `area ${filter.area}`, (signal) =>
    call(api.readArea, { params: { code: filter.area }, signal }),
  );
  const change = (part: Partial<Filter>) => setSearch((last) => writeFilter(last, part), { replace: true });
  const all = classes.value?.items ?? [];
  const groups = all.filter((one) => one.parentCode === null && !one.private);
  const grouped = filter.classCode === '' || groups.some((group) => group.code === filter.classCode);
  const asked = all.find((one) => one.code === filter.classCode);
  return (
    <>
      <Field label={t('open.cases.area')}>
        {(control) => (
          <select {...control} value={filter.area} onChange={(event) => change({ area: event.target.value })}>
            <option value="">{t('open.cases.area_all')}</option>
            {!listed && <option value={filter.area}>{area.value?.name ?? filter.area}</option>}
            {towns.map((town) => (
              <option key={town.code} value={town.code}>
                {town.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('open.cases.class')}>
        {(control) => (
          <select {...control} value={filter.classCode} onChange={(event) => change({ classCode: event.target.value })}>
            <option value="">{t('open.cases.class_all')}</option>
            {!grouped && <option value={filter.classCode}>{asked ? nameIn(locale, asked) : filter.classCode}</option>}
            {groups.map((group) => (
              <option key={group.code} value={group.code}>
                {nameIn(locale, group)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('open.cases.state')}>
        {(control) => (
          <select
            {...control}
            value={filter.state}
            onChange={(event) => change({ state: event.target.value as Filter['state'] })}
          >
            <option value="">{t('open.cases.state_all')}</option>
            <option value="open">{t('open.cases.state_open')}</option>
            <option value="closed">{t('open.cases.state_closed')}</option>
          </select>
        )}
      </Field>
    </>
  );
}
