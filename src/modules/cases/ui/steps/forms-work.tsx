import { Form, InputNumber } from 'antd';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { CONTACT_WAYS, SHELVING_GROUNDS } from '../../rules/words.ts';
import type { CaseDetail } from '../queries.ts';
import { AnswerField } from './answer-field.tsx';
import { ChoiceField, DayField, Explain, OrganisationField, PhotosField, TextField } from './fields.tsx';
import type { FieldsProps, StepForm } from './step-form.ts';

type AmountProps = FieldsProps & { readonly required: boolean; readonly most?: number };

function AmountField({ view, required, most }: AmountProps) {
  const { t } = useTexts();
  const label = t('cases.ui.field.amount');
  return (
    <Form.Item
      name="amount"
      label={label}
      rules={required ? [{ required: true, message: t('cases.ui.fill', { field: label }) }] : []}
    >
      <InputNumber
        min={1}
        max={most ?? 365}
        precision={0}
        suffix={t(`cases.ui.unit.${view.totalUnit}`)}
        className="day"
      />
    </Form.Item>
  );
}

function RequestExtensionFields({ view }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.request_extension')}</Explain>
      <AmountField view={view} required />
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

/** What the last request for more time asked for. */
function askedAmount(view: CaseDetail): number | undefined {
  const request = view.timeline.findLast((entry) => entry.kind === 'extension_requested')?.payload['request'];
  const amount = (request as { readonly amount?: unknown } | undefined)?.amount;
  return typeof amount === 'number' ? amount : undefined;
}

function DecideExtensionFields({ view }: FieldsProps) {
  const { t } = useTexts();
  const granted: boolean | undefined = Form.useWatch('granted');
  const asked = askedAmount(view);
  return (
    <>
      {asked !== undefined && (
        <Explain>
          {t('cases.ui.about.decide_extension', { amount: t(`cases.ui.amount.${view.totalUnit}`, { n: asked }) })}
        </Explain>
      )}
      <ChoiceField
        name="granted"
        label={t('cases.ui.field.decision')}
        values={[true, false]}
        text={(value) => (value === true ? 'cases.ui.granted' : 'cases.ui.not_granted')}
      />
      {granted && <AmountField view={view} required={false} {...(asked === undefined ? {} : { most: asked })} />}
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

function ShelveFields({ view }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.shelve')}</Explain>
      <ChoiceField
        name="ground"
        label={t('cases.ui.field.ground')}
        values={SHELVING_GROUNDS}
        text={(value) => `cases.ui.ground.${String(value)}`}
      />
      <OrganisationField
        name="ownerOrganisationId"
        label={t('cases.ui.field.owner')}
        known={[view.lead, view.responsible].flatMap((one) => (one ? [one] : []))}
      />
      <div className="side-by-side">
        <DayField name="reviewOn" label={t('cases.ui.field.review_on')} />
        <DayField name="endOn" label={t('cases.ui.field.end_on')} />
      </div>
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

function ResumeFields() {
  const { t } = useTexts();
  return <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />;
}

function ReportDoneFields({ view }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.report_done')}</Explain>
      <AnswerField
        caseId={view.id}
        step="report_done"
        name="result"
        label={t('cases.ui.field.result')}
        hint={t('cases.ui.hint.result')}
        max={2000}
      />
      <PhotosField name="files" label={t('cases.ui.field.photos_after')} />
    </>
  );
}

function SettleFields() {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.settle')}</Explain>
      <PhotosField name="beforeFiles" label={t('cases.ui.field.photos_before')} most={5} required camera />
      <PhotosField name="afterFiles" label={t('cases.ui.field.photos_after')} most={5} required camera />
      <TextField name="result" label={t('cases.ui.field.result')} max={1000} />
    </>
  );
}

function NoteFields() {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.note')}</Explain>
      <div className="in-office">
        <TextField name="text" label={t('cases.ui.field.note')} hint={t('cases.ui.hint.internal')} max={1000} />
      </div>
      <ChoiceField
        name="contact"
        label={t('cases.ui.field.contact')}
        hint={t('cases.ui.hint.contact')}
        values={['none', ...CONTACT_WAYS]}
        text={(value) => (value === 'none' ? 'cases.ui.contact.none' : `cases.ui.contact.${String(value)}`)}
      />
      <PhotosField name="files" label={t('cases.ui.field.photos')} />
    </>
  );
}

function ReplyFields({ view }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <AnswerField
        caseId={view.id}
        step="reply"
        name="text"
        label={t('cases.ui.field.reply')}
        hint={t('cases.ui.hint.public')}
        max={2000}
      />
      <PhotosField name="files" label={t('cases.ui.field.attachments')} documents />
    </>
  );
}

function AttachFields() {
  const { t } = useTexts();
  return (
    <>
      <PhotosField name="files" label={t('cases.ui.field.photos')} required />
      <TextField name="text" label={t('cases.ui.field.remark')} max={500} required={false} />
    </>
  );
}

/** Steps of the office that does the work. */
export const WORK_FORMS = {
  request_extension: { Fields: RequestExtensionFields },
  decide_extension: { Fields: DecideExtensionFields, initial: (view) => ({ amount: askedAmount(view) }) },
  shelve: { Fields: ShelveFields, initial: (view) => ({ ownerOrganisationId: view.lead?.id ?? view.responsible.id }) },
  resume: { Fields: ResumeFields },
  report_done: { Fields: ReportDoneFields },
  settle: { Fields: SettleFields },
  note: {
    Fields: NoteFields,
    initial: () => ({ contact: 'none' }),
    body: (values) => ({ ...values, contact: values['contact'] === 'none' ? null : values['contact'] }),
  },
  reply: { Fields: ReplyFields },
  attach: { Fields: AttachFields },
} as const satisfies Readonly<Record<string, StepForm>>;
