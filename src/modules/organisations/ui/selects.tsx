import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { fullName, personName } from './names.ts';
import { areaSets, organisation, organisationPages, peoplePages } from './queries.ts';

type Field = {
  readonly id?: string;
  readonly value?: string | null | undefined;
  readonly onChange?: (value: string | null) => void;
  readonly placeholder?: string;
  readonly 'aria-label'?: string;
};

/** An organisation found by words of its name. */
export function OrganisationSelect({ value, onChange, placeholder, ...field }: Field) {
  const { t, locale } = useTexts();
  const [words, setWords] = useState('');
  const found = useInfiniteQuery({
    ...organisationPages(words ? { q: words } : {}),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...organisation(value ?? ''), enabled: Boolean(value) });
  const items = found.data?.pages[0]?.items ?? [];
  const options = items.map((one) => ({ value: one.id, label: fullName(locale, one) }));
  const known = chosen.data?.organisation;
  if (known && !options.some((one) => one.value === known.id)) {
    options.unshift({ value: known.id, label: fullName(locale, known) });
  }
  return (
    <Select
      {...field}
      {...(value ? { value } : {})}
      onChange={(picked: string | undefined) => onChange?.(picked ?? null)}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      loading={found.isFetching}
      placeholder={placeholder ?? t('organisations.ui.organisation_search')}
      notFoundContent={t('organisations.ui.none')}
      options={options}
    />
  );
}

/** An officer found by his name. */
export function PersonSelect({ value, onChange, placeholder, ...field }: Field) {
  const { t, locale } = useTexts();
  const [words, setWords] = useState('');
  const found = useInfiniteQuery({ ...peoplePages(words), placeholderData: keepPreviousData });
  const options = (found.data?.pages[0]?.items ?? []).map((one) => ({
    value: one.userId,
    label: one.phone ? `${personName(locale, one)}（${one.phone}）` : personName(locale, one),
  }));
  return (
    <Select
      {...field}
      {...(value ? { value } : {})}
      onChange={(picked: string | undefined) => onChange?.(picked ?? null)}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={found.isFetching}
      placeholder={placeholder ?? t('organisations.ui.person_search')}
      notFoundContent={t('organisations.ui.person_none')}
      options={options}
    />
  );
}

/** A named area set that is in use. */
export function AreaSetSelect({ value, onChange, ...field }: Field) {
  const { data = [], isPending } = useQuery(areaSets);
  return (
    <Select
      {...field}
      {...(value ? { value } : {})}
      onChange={(picked: string | undefined) => onChange?.(picked ?? null)}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isPending}
      options={data.map((one) => ({ value: one.id, label: one.name }))}
    />
  );
}
