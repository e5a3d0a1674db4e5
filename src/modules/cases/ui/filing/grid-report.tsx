import '../cases.css';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../../../platform/web/client.ts';
import { useDraft } from '../../../../platform/web/draft.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { useSubmissionKey } from '../../../../platform/web/keys.ts';
import { useRun } from '../../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import type { UploadedFile } from '../../../../platform/web/office/photo-field.tsx';
import { useTitle } from '../../../../platform/web/office/title.ts';
import { reportFromGrid } from '../../contract.ts';
import { showFieldErrors } from '../parts/field-errors.ts';
import { placeText } from '../parts/names.ts';
import { useRenewLists } from '../queries.ts';
import { BusyContext } from '../steps/busy.ts';
import { ChoiceField, PhotosField, TextField } from '../steps/fields.tsx';
import { ClassField, useClass } from './class-field.tsx';
import { Filed, type Receipt } from './filed.tsx';
import { HereButton, type Here } from './here.tsx';
import { useMyAreas } from './my-areas.ts';
import { RequesterFields, requesterOf } from './requester-fields.tsx';

type Values = {
  readonly title?: string;
  readonly body?: string;
  readonly classCode?: string;
  readonly areaCode?: string;
  readonly placeText?: string;
  readonly point?: Here | null;
  readonly settled?: boolean;
  readonly before?: readonly UploadedFile[];
  readonly after?: readonly UploadedFile[];
  readonly result?: string;
  readonly requester?: { readonly name?: string; readonly phone?: string };
};

const EMPTY: Values = {};

/** A grid worker reports from the spot, or settles a small matter in one step. Made for one hand and a bad line. */
export function GridReportScreen() {
  const { t } = useTexts();
  const [filed, setFiled] = useState<Outcome | null>(null);
  useTitle(t('cases.ui.report.title'));
  if (filed) {
    return (
      <div className="page field-page">
        <Filed {...filed} onNext={() => setFiled(null)} />
      </div>
    );
  }
  return <ReportForm onFiled={setFiled} />;
}

type Outcome = { readonly receipt: Receipt; readonly settled: boolean; readonly forSomeone: boolean };

function ReportForm({ onFiled }: { onFiled: (outcome: Outcome) => void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>('grid-report', 1, EMPTY);
  const [busy, setBusy] = useState(0);
  const { running, error, run } = useRun(true);
  const keyFor = useSubmissionKey();
  const renew = useRenewLists();
  const settled = Form.useWatch('settled', form) === true;
  const submit = (values: Values) =>
    run(async () => {
      const body = bodyOf(values);
      try {
        const receipt = await call(reportFromGrid, { body, idempotencyKey: keyFor(body) });
        draft.clear();
        renew();
        onFiled({ receipt, settled: values.settled === true, forSomeone: body.requester !== null });
      } catch (caught) {
        showFieldErrors(form, caught, fieldOf);
        throw caught;
      }
    });
  return (
    <div className="page field-page">
      <h1>{t('cases.ui.report.title')}</h1>
      {draft.restored && <p role="status">{t('web.draft.restored')}</p>}
      <BusyContext value={setBusy}>
        <Form
          form={form}
          layout="vertical"
          initialValues={draft.value}
          onValuesChange={(_, values) => draft.change(values)}
          onFinish={(values) => void submit(values)}
          scrollToFirstError={{ focus: true }}
        >
          <WhatFields settled={settled} />
          {settled && <SettledFields />}
          {!settled && (
            <details className="card">
              <summary>{t('cases.ui.report.for_someone')}</summary>
              <RequesterFields wishes={false} />
            </details>
          )}
          <ErrorNotice error={error} />
          <Button type="primary" htmlType="submit" size="large" block loading={running} disabled={busy > 0}>
            {t(settled ? 'cases.ui.report.submit_settled' : 'cases.ui.report.submit')}
          </Button>
          <p className="soft" role="status">
            {draft.kept && t('web.draft.kept')}
          </p>
        </Form>
      </BusyContext>
    </div>
  );
}

function WhatFields({ settled }: { settled: boolean }) {
  const { t } = useTexts();
  const code: string | undefined = Form.useWatch('classCode');
  const chosen = useClass(code);
  const title = t('cases.ui.new.title_label');
  return (
    <>
      <Form.Item
        name="title"
        label={title}
        rules={[{ required: true, whitespace: true, min: 2, message: t('cases.ui.fill', { field: title }) }]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <PhotosField
        name="before"
        label={t(settled ? 'cases.ui.report.before_settled' : 'cases.ui.report.before')}
        most={5}
        camera
        required={settled || chosen?.needsPhoto === true}
      />
      <ClassField name="classCode" label={t('cases.ui.new.class')} hint={t('cases.ui.new.class_hint')} />
      <GridField />
      <Form.Item name="placeText" label={t('cases.ui.new.place_text')} extra={t('cases.ui.new.place_text_hint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="point" label={t('cases.ui.field.position')}>
        <HereButton />
      </Form.Item>
      <TextField name="body" label={t('cases.ui.new.body')} hint={t('cases.ui.new.body_hint')} max={2000} />
      <ChoiceField
        name="settled"
        label={t('cases.ui.report.how')}
        values={chosen?.settleOnSpot === false ? [false] : [false, true]}
        text={(value) => (value === true ? 'cases.ui.report.settled' : 'cases.ui.report.not_settled')}
      />
    </>
  );
}

function SettledFields() {
  const { t } = useTexts();
  return (
    <>
      <p className="explain">{t('cases.ui.report.settled_hint')}</p>
      <PhotosField name="after" label={t('cases.ui.report.after')} most={5} camera required />
      <TextField name="result" label={t('cases.ui.report.result')} max={1000} />
    </>
  );
}

/** One of my grids; the only one is chosen already. */
function GridField() {
  const { t } = useTexts();
  const form = Form.useFormInstance<Values>();
  const areas = useMyAreas();
  const only = areas.length === 1 ? areas[0]?.code : undefined;
  useEffect(() => {
    if (only !== undefined && form.getFieldValue('areaCode') === undefined) form.setFieldValue('areaCode', only);
  }, [only, form]);
  const label = t('cases.ui.report.grid');
  const rules = [{ required: true, message: t('cases.ui.choose_one', { field: label }) }];
  return (
    <Form.Item name="areaCode" label={label} rules={rules}>
      {areas.length > 4 ? (
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={areas.map((area) => ({ value: area.code, label: placeText(area.path.split('/')) }))}
        />
      ) : (
        <Radio.Group
          className="choices"
          aria-label={label}
          options={areas.map((area) => ({ value: area.code, label: area.name }))}
        />
      )}
    </Form.Item>
  );
}

function bodyOf(values: Values) {
  const ids = (files: readonly UploadedFile[] | undefined) => (files ?? []).map((file) => file.id);
  return {
    title: values.title ?? '',
    body: values.body ?? '',
    classCode: values.classCode ?? '',
    place: { areaCode: values.areaCode ?? null, point: values.point ?? null, text: values.placeText ?? null },
    requester: values.settled ? null : requesterOf(values.requester),
    beforeFileIds: ids(values.before),
    settlement: values.settled ? { result: values.result ?? '', afterFileIds: ids(values.after) } : null,
  } satisfies z.input<NonNullable<typeof reportFromGrid.body>>;
}

function fieldOf(path: string): readonly string[] {
  if (path.startsWith('place.text')) return ['placeText'];
  if (path.startsWith('place')) return ['areaCode'];
  if (path.startsWith('beforeFileIds')) return ['before'];
  if (path.startsWith('settlement.after')) return ['after'];
  if (path.startsWith('settlement')) return ['result'];
  return path.split('.');
}
