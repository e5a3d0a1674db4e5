import { Form } from 'antd';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { VERIFICATION_WAYS } from '../../rules/words.ts';
import { officeName } from '../parts/names.ts';
import { AnswerFields, ChoiceField, Explain, PhotosField, PositionField, TextField } from './fields.tsx';
import type { FieldsProps, StepForm } from './step-form.ts';
import type { StepInput } from './take-step.ts';

/** On site with photo and position, or by a call to the requester. */
function VerificationFields({ view }: FieldsProps) {
  const { t } = useTexts();
  const how: string | undefined = Form.useWatch('how');
  const ways = view.requester?.contactable ? VERIFICATION_WAYS : VERIFICATION_WAYS.filter((way) => way === 'on_site');
  return (
    <>
      <Explain>{t('cases.ui.about.record_verification')}</Explain>
      <ChoiceField
        name="how"
        label={t('cases.ui.field.how')}
        values={ways}
        text={(value) => `cases.ui.way.${String(value)}`}
      />
      {how === 'on_site' && (
        <>
          <PhotosField name="files" label={t('cases.ui.field.photos_now')} required camera />
          <PositionField name="point" label={t('cases.ui.field.position')} />
        </>
      )}
      {how === 'by_call' && <AnswerFields title={t('cases.ui.requester_said')} />}
      <ChoiceField
        name="passed"
        label={t('cases.ui.field.passed')}
        values={[true, false]}
        text={(value) => (value === true ? 'cases.ui.passed' : 'cases.ui.not_passed')}
      />
      <TextField name="finding" label={t('cases.ui.field.finding')} max={1000} />
    </>
  );
}

const REACHED = ['reached', 'not_reached', 'declined'] as const;

/** What to say on the telephone, and what was heard. */
function CallBackFields({ view }: FieldsProps) {
  const { t, locale } = useTexts();
  const reached: (typeof REACHED)[number] | undefined = Form.useWatch('reached');
  const solved: string | undefined = Form.useWatch(['answer', 'solved']);
  return (
    <>
      <blockquote className="script">
        <p>{t('cases.ui.script.hello', { office: officeName(locale, view.responsible), title: view.title })}</p>
        <p>{t('cases.ui.script.ask')}</p>
        <p>{t('cases.ui.script.end')}</p>
      </blockquote>
      <ChoiceField
        name="reached"
        label={t('cases.ui.field.reached')}
        values={REACHED}
        text={(value) => `cases.ui.${String(value)}`}
      />
      {reached === 'reached' && <AnswerFields title={t('cases.ui.requester_said')} />}
      {reached === 'reached' && solved !== undefined && solved !== 'solved' && (
        <ChoiceField
          name="sendBack"
          label={t('cases.ui.field.send_back')}
          values={[true, false]}
          text={(value) => (value === true ? 'cases.ui.send_back' : 'cases.ui.not_send_back')}
        />
      )}
      <TextField name="remark" label={t('cases.ui.field.remark')} max={500} required={false} />
    </>
  );
}

function CloseFields() {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.close')}</Explain>
      <TextField
        name="explanation"
        label={t('cases.ui.field.explanation')}
        hint={t('cases.ui.hint.public')}
        max={500}
        required={false}
      />
    </>
  );
}

function ReworkFields({ view }: FieldsProps) {
  const { t } = useTexts();
  // Sending back while the requester is asked needs a reason; taking one's own work up again does not.
  return <TextField name="reason" label={t('cases.ui.field.reason')} max={500} required={view.state === 'call_back'} />;
}

function ReopenFields() {
  const { t } = useTexts();
  return (
    <>
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
      <PhotosField name="files" label={t('cases.ui.field.photos')} />
    </>
  );
}

const callBackBody: NonNullable<StepForm['body']> = ({ reached, answer, sendBack, remark }) =>
  ({
    answer: reached === 'reached' ? (answer as StepInput<'record_call_back'>['answer']) : null,
    declined: reached === 'declined',
    sendBack: reached === 'reached' && sendBack === true,
    remark: typeof remark === 'string' ? remark : null,
  }) satisfies StepInput<'record_call_back'>;

/** Steps of those who check: verifiers, callers, who closes and who opens again. */
export const CHECK_FORMS = {
  record_verification: {
    Fields: VerificationFields,
    initial: (view) => (view.requester?.contactable ? {} : { how: 'on_site' }),
  },
  record_call_back: { Fields: CallBackFields, body: callBackBody },
  close: { Fields: CloseFields },
  rework: { Fields: ReworkFields },
  reopen: { Fields: ReopenFields },
} as const satisfies Readonly<Record<string, StepForm>>;
