import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { listOrganisations } from '../../organisations/contract.ts';
import { organisationKinds } from '../../organisations/ui/index.ts';
import { nameOf } from './names.ts';

type Props = {
  readonly id?: string;
  /** `kind:housing` or `id:<uuid>`. */
  readonly value?: string[] | undefined;
  readonly onChange?: (values: string[]) => void;
};

/** Assisting bodies, by kind or by name: kinds are listed, bodies are found by words. */
export function AssistSelect({ value = [], onChange, id }: Props) {
  const { t, locale } = useTexts();
  const [words, setWords] = useState('');
  const kinds = useQuery(organisationKinds);
  const found = useQuery({
    queryKey: ['organisations', 'assist', words],
    queryFn: ({ signal }) => call(listOrganisations, { query: { q: words, limit: 20 }, signal }),
    enabled: words.trim() !== '',
  });
  const ofKind = (kinds.data ?? [])
    .map((one) => ({ value: `kind:${one.kind}`, label: nameOf(locale, one) }))
    .filter((option) => option.label.includes(words.trim()));
  const named = (found.data?.items ?? []).map((one) => ({
    value: `id:${one.id}`,
    label: locale === 'en' ? one.nameEn : one.shortName,
  }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      maxCount={10}
      value={value}
      onChange={(picked: string[]) => {
        setWords('');
        onChange?.(picked);
      }}
      showSearch={{ filterOption: false, searchValue: words, onSearch: setWords }}
      options={[
        { label: t('catalogue.ui.list.lead_kind'), options: ofKind },
        ...(named.length > 0 ? [{ label: t('catalogue.ui.list.lead_one'), options: named }] : []),
      ]}
    />
  );
}
