import { queryOptions, useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { type ClassItem, listClasses } from '../../../catalogue/contract.ts';
import { className } from '../parts/names.ts';

export const classesToday = queryOptions({
  queryKey: ['catalogue', 'classes', 'today'],
  queryFn: async ({ signal }) => (await call(listClasses, { query: {}, signal })).items,
  staleTime: 10 * 60_000,
});

/** The class of this code, once the catalogue is there. */
export function useClass(code: string | undefined): ClassItem | undefined {
  const { data } = useQuery(classesToday);
  return data?.find((one) => one.code === code);
}

type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
};

/** A class of the catalogue, on two levels, found by its name, its code or the words it is known by. */
export function ClassField({ name, label, hint, required = true }: Props) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={required ? [{ required: true, message: t('cases.ui.choose_one', { field: label }) }] : []}
    >
      <ClassSelect />
    </Form.Item>
  );
}

type SelectProps = {
  readonly id?: string;
  readonly value?: string | undefined;
  readonly onChange?: (code: string | undefined) => void;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
};

export function ClassSelect({ placeholder, ...field }: SelectProps) {
  const { t, locale } = useTexts();
  const { data = [], isPending } = useQuery(classesToday);
  const words = new Map(
    data.map((one) => [one.code, [one.code, one.nameZh, one.nameEn, ...one.keywords].join(' ').toLowerCase()]),
  );
  const parents = data.filter((one) => one.parentCode === null);
  const options = parents.map((parent) => {
    const children = data.filter((one) => one.parentCode === parent.code);
    const own = { value: parent.code, label: className(locale, parent) };
    return {
      label: className(locale, parent),
      title: className(locale, parent),
      options:
        children.length === 0 ? [own] : children.map((one) => ({ value: one.code, label: className(locale, one) })),
    };
  });
  return (
    <Select
      {...field}
      showSearch={{
        filterOption: (typed, option) => matches(words, typed, option && 'value' in option ? option.value : undefined),
      }}
      allowClear
      loading={isPending}
      placeholder={placeholder}
      notFoundContent={t('cases.ui.new.class_none')}
      options={options}
      listHeight={400}
    />
  );
}

function matches(words: ReadonlyMap<string, string>, typed: string, code: unknown): boolean {
  return words.get(String(code))?.includes(typed.trim().toLowerCase()) === true;
}
