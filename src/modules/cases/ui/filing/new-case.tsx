import '../cases.css';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../../platform/web/client.ts';
import { useDraft } from '../../../../platform/web/draft.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useSubmissionKey } from '../../../../platform/web/keys.ts';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import type { UploadedFile } from '../../../../platform/web/office/photo-field.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { registerCase } from '../../contract.ts';
import { URGENCIES } from '../../rules/words.ts';
import { showFieldErrors } from '../parts/field-errors.ts';
import { useRenewLists } from '../queries.ts';
import { BusyContext } from '../steps/busy.ts';
import { PhotosField, TextField } from '../steps/fields.tsx';
import { AreaField } from './area-field.tsx';
import { ClassField, useClass } from './class-field.tsx';
import { ClassHints } from './class-hints.tsx';
import { Filed, type Receipt } from './filed.tsx';
import { FilingHints } from './filing-hints.tsx';
import type { Here } from './here.tsx';
import { PlaceOnMap } from './place-on-map.tsx';
import { RequesterFields, requesterOf } from './requester-fields.tsx';

const WAYS_IN = ['phone', 'counter', 'letter'] as const;

type Values = {
  readonly channel?: (typeof WAYS_IN)[number];
  readonly title?: string;
  readonly body?: string;
  readonly classCode?: string;
  readonly urgency?: (typeof URGENCIES)[number];
  readonly areaCode?: string;
  readonly placeText?: string;
  readonly point?: Here | null;
  readonly requester?: { readonly name?: string; readonly phone?: string };
  readonly anonymous?: boolean;
  readonly confidential?: boolean;
  readonly publicConsent?: boolean;
  readonly openedAt?: string;
  readonly files?: readonly UploadedFile[];
};

const EMPTY: Values = { channel: 'phone' };

/** Registers a request for someone who called, came or wrote. What was typed survives a closed tab. */
export function NewCaseScreen() {
  const { t } = useTexts();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  useTitle(t('cases.ui.new.title'));
  if (receipt) {
    return (
      <div className="page narrow-page">
        <Filed receipt={receipt} onNext={() => setReceipt(null)} />
      </div>
    );
  }
  return <NewCaseForm onFiled={setReceipt} />;
}

function NewCaseForm({ onFiled }: { onFiled: (receipt: Receipt) => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>('new-case', 1, EMPTY);
  const [busy, setBusy] = useState(0);
  const { running, error, run } = useRun(true);
  const keyFor = useSubmissionKey();
  const renew = useRenewLists();
  const submit = (values: Values) =>
    run(async () => {
      const body = bodyOf(values);
      try {
        const receipt = await call(registerCase, { body, idempotencyKey: keyFor(body) });
        draft.clear();
        renew();
        onFiled(receipt);
      } catch (caught) {
        showFieldErrors(form, caught, fieldOf);
        throw caught;
      }
    });
  return (
    <div className="page form-page">
      <h1>{t('cases.ui.new.title')}</h1>
      <p className="soft">{t('cases.ui.new.about')}</p>
      {draft.restored && (
        <p role="status">
          {t('web.draft.restored')}{' '}
          <Button
            size="small"
            onClick={() => {
              draft.clear();
              form.resetFields();
              form.setFieldsValue(EMPTY);
            }}
          >
            {t('web.draft.discard')}
          </Button>
        </p>
      )}
      <BusyContext value={setBusy}>
        <Form
          form={form}
          layout="vertical"
          initialValues={draft.value}
          onValuesChange={(_, values) => draft.change(values)}
          onFinish={(values) => void submit(values)}
          scrollToFirstError={{ focus: true }}
        >
          <WhatFields />
          <WhereFields />
          <Hints
            onFiled={(receipt) => {
              draft.clear();
              renew();
              onFiled({ ...receipt, version: 1, dueAt: null });
            }}
          />
          <fieldset className="card">
            <legend>{t('cases.ui.new.who')}</legend>
            <RequesterFields wishes />
          </fieldset>
          <ErrorNotice error={error} />
          <Button type="primary" htmlType="submit" size="large" loading={running} disabled={busy > 0}>
            {t('cases.ui.new.submit')}
          </Button>{' '}
          <span className="soft" role="status">
            {draft.kept && t('web.draft.kept')}
          </span>
        </Form>
      </BusyContext>
    </div>
  );
}

/** What modules above have to say to what is being written. */
function Hints({ onFiled }: { onFiled: Parameters<typeof FilingHints>[0]['onFiled'] }) {
  const form = Form.useFormInstance<Values>();
  const values: Values = Form.useWatch([], form) ?? EMPTY;
  return (
    <FilingHints
      title={values.title ?? ''}
      body={values.body ?? ''}
      classCode={values.classCode ?? null}
      areaCode={values.areaCode ?? null}
      placeText={values.placeText ?? null}
      point={values.point ?? null}
      channel={values.channel ?? 'phone'}
      requester={requesterOf(values.requester)}
      anonymous={values.anonymous ?? false}
      onFiled={onFiled}
    />
  );
}

function WhatFields() {
  const { t } = useTexts();
  const form = Form.useFormInstance<Values>();
  const body = Form.useWatch('body', form);
  const title = Form.useWatch('title', form);
  const chosen = Form.useWatch('classCode', form);
  const chosenClass = useClass(chosen);
  return (
    <fieldset className="card">
      <legend>{t('cases.ui.new.what')}</legend>
      <Form.Item name="channel" label={t('cases.ui.new.channel')} rules={[{ required: true }]}>
        <Radio.Group
          className="choices"
          options={WAYS_IN.map((value) => ({ value, label: t(`cases.ui.channel.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={t('cases.ui.new.title_label')}
        rules={[
          {
            required: true,
            whitespace: true,
            min: 2,
            message: t('cases.ui.fill', { field: t('cases.ui.new.title_label') }),
          },
        ]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <TextField name="body" label={t('cases.ui.new.body')} hint={t('cases.ui.new.body_hint')} max={2000} rows={5} />
      <ClassField name="classCode" label={t('cases.ui.new.class')} hint={t('cases.ui.new.class_hint')} />
      <ClassHints
        words={`${title ?? ''} ${body ?? ''}`}
        chosen={chosen}
        onChoose={(code) => form.setFieldValue('classCode', code)}
      />
      <Form.Item name="urgency" label={t('cases.ui.new.urgency')}>
        <UrgencyChoice suggested={chosenClass?.defaultUrgency ?? 'normal'} />
      </Form.Item>
      <PhotosField name="files" label={t('cases.ui.new.photos')} />
    </fieldset>
  );
}

type UrgencyProps = {
  readonly suggested: (typeof URGENCIES)[number];
  readonly value?: (typeof URGENCIES)[number];
  readonly onChange?: (value: (typeof URGENCIES)[number]) => void;
};

/** Takes the class's own urgency until somebody chooses. */
function UrgencyChoice({ suggested, value, onChange }: UrgencyProps) {
  const { t } = useTexts();
  return (
    <Radio.Group
      className="choices"
      aria-label={t('cases.ui.new.urgency')}
      value={value ?? suggested}
      onChange={(event) => onChange?.(event.target.value)}
      options={URGENCIES.map((one) => ({ value: one, label: t(`cases.ui.urgency.${one}`) }))}
    />
  );
}

function WhereFields() {
  const { t } = useTexts();
  return (
    <fieldset className="card">
      <legend>{t('cases.ui.new.where')}</legend>
      <AreaField name="areaCode" label={t('cases.ui.new.area')} />
      <Form.Item name="placeText" label={t('cases.ui.new.place_text')} extra={t('cases.ui.new.place_text_hint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="point" label={t('cases.ui.new.point')}>
        <PlaceOnMap />
      </Form.Item>
      <Form.Item name="openedAt" label={t('cases.ui.new.opened')} extra={t('cases.ui.new.opened_hint')}>
        <Input type="datetime-local" className="day" />
      </Form.Item>
    </fieldset>
  );
}

/** Field values as the contract takes them. */
function bodyOf(values: Values) {
  return {
    title: values.title ?? '',
    body: values.body ?? '',
    classCode: values.classCode ?? '',
    channel: values.channel ?? 'phone',
    ...(values.urgency ? { urgency: values.urgency } : {}),
    place: { areaCode: values.areaCode ?? null, point: values.point ?? null, text: values.placeText ?? null },
    requester: requesterOf(values.requester),
    anonymous: values.anonymous ?? false,
    confidential: values.confidential ?? false,
    publicConsent: values.publicConsent ?? false,
    // The field holds wall time; the platform's wall clock is China's.
    openedAt: values.openedAt ? `${values.openedAt}:00+08:00` : null,
    fileIds: (values.files ?? []).map((file) => file.id),
  } satisfies z.input<NonNullable<typeof registerCase.body>>;
}

/** Where the form shows an error of the body. */
function fieldOf(path: string): readonly string[] {
  if (path.startsWith('place.text')) return ['placeText'];
  if (path.startsWith('place')) return ['areaCode'];
  if (path.startsWith('fileIds')) return ['files'];
  return path.split('.');
}
