import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { KINDS } from '../../rules/kinds.ts';
import { area, found } from './queries.ts';

type Name = string | (string | number)[];

export function NameField({ name, label, autoFocus = false }: { name: Name; label?: string; autoFocus?: boolean }) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label ?? t('areas.ui.name')}
      rules={[{ required: true, whitespace: true, min: 2, message: t('areas.ui.name_rule') }]}
    >
      <Input maxLength={40} autoComplete="off" autoFocus={autoFocus} />
    </Form.Item>
  );
}

export function KindField({ level, name = 'kind' }: { level: keyof typeof KINDS; name?: Name }) {
  const { t } = useTexts();
  return (
    <Form.Item name={name} label={t('areas.ui.kind')}>
      <Select options={KINDS[level].map((kind) => ({ value: kind, label: t(`areas.kind.${kind}`) }))} />
    </Form.Item>
  );
}

/** Households and population; both may stay empty. */
export function FigureFields({ path = [] }: { path?: (string | number)[] }) {
  const { t } = useTexts();
  return (
    <>
      {(['households', 'population'] as const).map((figure) => (
        <Form.Item key={figure} name={path.length > 0 ? [...path, figure] : figure} label={t(`areas.ui.${figure}`)}>
          <InputNumber min={0} max={9_999_999} precision={0} />
        </Form.Item>
      ))}
    </>
  );
}

/** The day from which a change holds; today unless told, never in the future. */
export function DayField({ today }: { today: string }) {
  const { t } = useTexts();
  return (
    <Form.Item name="day" label={t('areas.ui.day')} extra={t('areas.ui.day_hint')} rules={[{ required: true }]}>
      <Input type="date" max={today} />
    </Form.Item>
  );
}

type SelectProps = {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (codes: string[]) => void;
  /** Takes areas of this code length alone. */
  readonly digits?: number;
};

/** Areas found by words of their names; names that repeat are told apart by their paths. */
export function AreasSelect({ value = [], onChange, digits, ...field }: SelectProps) {
  const { t } = useTexts();
  const [words, setWords] = useState('');
  const { data = [], isFetching } = useQuery(found(words));
  const hits = data.filter((one) => digits === undefined || one.code.length === digits);
  return (
    <Select
      {...field}
      mode="multiple"
      value={[...value]}
      onChange={(codes: string[]) => onChange?.(codes)}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={isFetching}
      placeholder={t('areas.ui.find')}
      notFoundContent={t(words.trim() === '' ? 'areas.ui.find' : 'areas.ui.found_none')}
      labelRender={({ value: code }) => <AreaName code={String(code)} />}
      options={hits.map((one) => ({ value: one.code, label: one.path }))}
    />
  );
}

function AreaName({ code }: { code: string }) {
  const { data } = useQuery(area(code));
  return data?.name ?? code;
}
