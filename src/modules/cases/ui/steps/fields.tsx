import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { PhotoField, type UploadedFile } from '../../../../platform/web/office/photo-field.tsx';
import { listOrganisations } from '../../../organisations/contract.ts';
import { SATISFACTION, SOLVED } from '../../rules/words.ts';
import { HereButton } from '../filing/here.tsx';
import { sendFile } from '../files.ts';
import { useBusy } from './busy.ts';

type TextProps = {
  readonly name: string;
  readonly label: string;
  readonly max: number;
  readonly required?: boolean;
  readonly hint?: string;
  readonly rows?: number;
};

/** Free text with its limit; says what is missing where it is missing. */
export function TextField({ name, label, max, required = true, hint, rows = 3 }: TextProps) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={
        required ? [{ required: true, whitespace: true, min: 2, message: t('cases.ui.fill', { field: label }) }] : []
      }
    >
      <Input.TextArea maxLength={max} showCount={max <= 1000} autoSize={{ minRows: rows, maxRows: 12 }} />
    </Form.Item>
  );
}

type ChoiceProps = {
  readonly name: string | string[];
  readonly label: string;
  readonly values: readonly (string | boolean)[];
  /** Text key of a value. */
  readonly text: (value: string | boolean) => string;
  readonly hint?: string;
};

/** One of a few, all visible. */
export function ChoiceField({ name, label, values, text, hint }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={[{ required: true, message: t('cases.ui.choose_one', { field: label }) }]}
    >
      <Radio.Group
        className={values.length > 3 ? 'choices tall' : 'choices'}
        options={values.map((value) => ({ value, label: t(text(value)) }))}
        aria-label={label}
      />
    </Form.Item>
  );
}

/** What the requester said: solved, and how satisfied. */
export function AnswerFields({ title }: { title: string }) {
  const { t } = useTexts();
  return (
    <fieldset className="field-group">
      <legend>{title}</legend>
      <ChoiceField
        name={['answer', 'solved']}
        label={t('cases.ui.field.solved')}
        values={SOLVED}
        text={(value) => `cases.ui.solved.${String(value)}`}
      />
      <ChoiceField
        name={['answer', 'satisfaction']}
        label={t('cases.ui.field.satisfaction')}
        values={SATISFACTION}
        text={(value) => `cases.ui.satisfaction.${String(value)}`}
      />
    </fieldset>
  );
}

export type KnownOrganisation = { readonly id: string; readonly name: string; readonly nameEn: string };

type OrganisationProps = {
  readonly name: string;
  readonly label: string;
  readonly several?: boolean;
  readonly required?: boolean;
  readonly hint?: string;
  /** Offered before anything is typed, and to name what is chosen already. */
  readonly known?: readonly KnownOrganisation[];
};

/** One or several organisations, found by words of their name. */
export function OrganisationField({
  name,
  label,
  several = false,
  required = !several,
  hint,
  known = [],
}: OrganisationProps) {
  const { t, locale } = useTexts();
  const [words, setWords] = useState('');
  const found = useQuery({
    queryKey: ['organisations', 'pick', words],
    queryFn: ({ signal }) => call(listOrganisations, { query: { q: words, limit: 20 }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
  const hits = words === '' ? [] : (found.data?.items ?? []);
  const offered = [...new Map([...known, ...hits].map((one) => [one.id, one])).values()];
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={required ? [{ required: true, message: t('cases.ui.choose_one', { field: label }) }] : []}
    >
      <Select
        {...(several ? { mode: 'multiple' as const } : {})}
        showSearch={{ filterOption: false, onSearch: setWords }}
        allowClear
        loading={found.isFetching}
        placeholder={t('cases.ui.organisation_hint')}
        notFoundContent={words === '' ? t('cases.ui.organisation_hint') : t('cases.ui.organisation_none')}
        options={offered.map((one) => ({ value: one.id, label: locale === 'en' ? one.nameEn : one.name }))}
      />
    </Form.Item>
  );
}

type PhotosProps = {
  readonly name: string;
  readonly label: string;
  readonly most?: number;
  readonly required?: boolean;
  readonly camera?: boolean;
  /** PDF, Word and Excel, too. */
  readonly documents?: boolean;
};

/** Photos of a step; the form waits until they are up. */
export function PhotosField({
  name,
  label,
  most = 10,
  required = false,
  camera = false,
  documents = false,
}: PhotosProps) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      rules={required ? [{ required: true, type: 'array', min: 1, message: t('cases.ui.photo_needed') }] : []}
    >
      <PhotosInput label={label} most={most} camera={camera} documents={documents} />
    </Form.Item>
  );
}

type PhotosInputProps = {
  readonly label: string;
  readonly most: number;
  readonly camera: boolean;
  readonly documents: boolean;
  readonly value?: readonly UploadedFile[];
  readonly onChange?: (files: readonly UploadedFile[]) => void;
};

function PhotosInput({ label, most, camera, documents, value = NONE, onChange }: PhotosInputProps) {
  const tell = useBusy();
  // Several uploads may end before the form renders again, so each builds on the latest list.
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const change = (next: (last: readonly UploadedFile[]) => readonly UploadedFile[]) => {
    latest.current = next(latest.current);
    onChange?.(latest.current);
  };
  return (
    <PhotoField
      label={label}
      value={value}
      onChange={change}
      send={sendFile}
      most={most}
      camera={camera}
      documents={documents}
      onBusy={tell}
    />
  );
}
const NONE: readonly UploadedFile[] = [];

/** Where the person stands, asked of the device when he says so. */
export function PositionField({ name, label }: { name: string; label: string }) {
  const { t } = useTexts();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('cases.ui.position_needed') }]}>
      <HereButton />
    </Form.Item>
  );
}

/** A short explanation above the fields. */
export function Explain({ children }: { children: ReactNode }) {
  return <p className="explain">{children}</p>;
}

/** A day; the browser's own picker. */
export function DayField({ name, label, hint }: { name: string; label: string; hint?: string }) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={label}
      {...(hint === undefined ? {} : { extra: hint })}
      rules={[{ required: true, message: t('cases.ui.choose_one', { field: label }) }]}
    >
      <Input type="date" className="day" />
    </Form.Item>
  );
}
