import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { dayOf } from '../../../platform/web/time.ts';
import { organisationKinds } from '../../organisations/ui/index.ts';
import { nameOf } from './names.ts';
import { classes } from './queries.ts';

type ItemProps = { readonly name: string; readonly label: string; readonly field: ReactNode; readonly hint?: string };

/** A field that must be filled in. */
export function RequiredItem({ name, label, field, hint }: ItemProps) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, message: t('catalogue.ui.required', { field: label }) }]}
      {...(hint === undefined ? {} : { extra: hint })}
    >
      {field}
    </Form.Item>
  );
}

/** The first day of a change. */
export function FromField() {
  const { t } = useTexts();
  return (
    <RequiredItem
      name="from"
      label={t('catalogue.ui.from')}
      hint={t('catalogue.ui.from_hint')}
      field={<Input type="date" min={dayOf(new Date())} />}
    />
  );
}

type SelectProps = {
  readonly id?: string;
  readonly value?: string | null | undefined;
  readonly onChange?: (value: string | null) => void;
  readonly placeholder?: string;
  readonly allowClear?: boolean;
  readonly 'aria-label'?: string;
};

/** A class of either level, found by name, code or keyword. */
export function ClassSelect({ value, onChange, ...field }: SelectProps) {
  const { locale } = useTexts();
  const { data, isPending } = useQuery(classes);
  const options = (data?.items ?? []).map((one) => ({
    value: one.code,
    label: one.parentCode === null ? `${one.code} ${nameOf(locale, one)}` : `　${one.code} ${nameOf(locale, one)}`,
    words: [one.code, one.nameZh, one.nameEn, ...one.keywords].join(' ').toLowerCase(),
  }));
  return (
    <Select
      {...field}
      {...(value ? { value } : {})}
      onChange={(picked: string | undefined) => onChange?.(picked ?? null)}
      showSearch={{ filterOption: (typed, option) => option?.words.includes(typed.trim().toLowerCase()) === true }}
      loading={isPending}
      options={options}
      listHeight={360}
    />
  );
}

type KindProps = Omit<SelectProps, 'value' | 'onChange'> & {
  readonly value?: string | undefined;
  readonly onChange?: (kind: string | undefined) => void;
  /** Only kinds that stand at this level. */
  readonly level?: string | undefined;
};

/** A kind of body. */
export function KindSelect({ level, value, onChange, ...field }: KindProps) {
  const { locale } = useTexts();
  const { data = [], isPending } = useQuery(organisationKinds);
  const at = level === 'grid' ? 'village' : level;
  const fitting = data.filter((one) => at === undefined || one.levels.some((each) => each === at));
  return (
    <Select
      {...field}
      {...(value === undefined ? {} : { value })}
      onChange={(picked: string | undefined) => onChange?.(picked)}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isPending}
      options={fitting.map((one) => ({ value: one.kind, label: nameOf(locale, one) }))}
    />
  );
}
