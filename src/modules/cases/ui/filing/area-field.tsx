import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { placeText } from '../parts/names.ts';
import { readArea, searchAreas } from '../../../areas/contract.ts';

type Props = {
  readonly name: string | string[];
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
};

/** An area found by words of its name; names that repeat are told apart by their whole path. */
export function AreaField({ name, label, hint, required = true }: Props) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={required ? [{ required: true, message: t('cases.ui.choose_one', { field: label }) }] : []}
    >
      <AreaSelect />
    </Form.Item>
  );
}

type SelectProps = {
  readonly id?: string;
  readonly value?: string | undefined;
  readonly onChange?: (code: string | undefined) => void;
  readonly 'aria-label'?: string;
};

export function AreaSelect({ value, ...field }: SelectProps) {
  const { t } = useTexts();
  const [words, setWords] = useState('');
  const found = useQuery({
    queryKey: ['areas', 'candidates', words],
    queryFn: ({ signal }) => call(searchAreas, { query: { text: words, limit: 15 }, signal }),
    enabled: words.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: ['areas', 'area', value],
    queryFn: ({ signal }) => call(readArea, { params: { code: value ?? '' }, signal }),
    enabled: value !== undefined,
    staleTime: 10 * 60_000,
  });
  const hits = words.trim() === '' ? [] : (found.data?.items ?? []);
  const options = hits.map((one) => ({ value: one.code, label: placeText(one.path.split('/')) }));
  const known = chosen.data;
  if (known && !options.some((one) => one.value === known.code)) {
    options.unshift({ value: known.code, label: placeText(known.path.map((step) => step.name)) });
  }
  return (
    <Select
      {...field}
      {...(value === undefined ? {} : { value })}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      loading={found.isFetching}
      placeholder={t('cases.ui.new.area_hint')}
      notFoundContent={words.trim() === '' ? t('cases.ui.new.area_hint') : t('cases.ui.new.area_none')}
      options={options}
    />
  );
}
