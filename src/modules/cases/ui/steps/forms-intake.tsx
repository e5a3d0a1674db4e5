import { Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { problemText } from '../../../../platform/web/office/error-notice.tsx';
import { findCaseByNumber } from '../../contract.ts';
import { REJECTION_REASONS, ROUTE_OUTCOMES, ROUTES } from '../../rules/words.ts';
import { AnswerField } from './answer-field.tsx';
import { ChoiceField, Explain, TextField } from './fields.tsx';
import type { FieldsProps, StepForm } from './step-form.ts';

/** Choosing a reason offers an answer to begin with, until somebody has typed one. */
function RejectFields({ view }: FieldsProps) {
  const { t } = useTexts();
  const form = Form.useFormInstance();
  const reason: string | undefined = Form.useWatch('reason');
  const offered = useRef('');
  useEffect(() => {
    if (reason === undefined) return;
    const answer: unknown = form.getFieldValue('answer');
    if (answer !== undefined && answer !== '' && answer !== offered.current) return;
    offered.current = t(`cases.ui.answer_draft.${reason}`);
    form.setFieldValue('answer', offered.current);
  }, [reason, form, t]);
  return (
    <>
      <Explain>{t('cases.ui.about.reject')}</Explain>
      <ChoiceField
        name="reason"
        label={t('cases.ui.field.rejection_reason')}
        values={REJECTION_REASONS}
        text={(value) => `cases.reason.${String(value)}`}
      />
      <AnswerField
        caseId={view.id}
        step="reject"
        name="answer"
        label={t('cases.ui.field.answer')}
        hint={t('cases.ui.hint.reject_answer')}
        max={1000}
      />
      <ElsewhereFields />
    </>
  );
}

/** Where the requester is sent: an office or line by name, and a telephone or an address. */
function ElsewhereFields() {
  const { t } = useTexts();
  return (
    <>
      <TextField name="where" label={t('cases.ui.field.where')} hint={t('cases.ui.hint.where')} max={100} rows={1} />
      <div className="side-by-side">
        <TextField name="phone" label={t('cases.ui.field.where_phone')} max={40} rows={1} required={false} />
        <TextField name="address" label={t('cases.ui.field.where_address')} max={200} rows={1} required={false} />
      </div>
    </>
  );
}

function ReferFields({ view }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.refer')}</Explain>
      <ChoiceField
        name="route"
        label={t('cases.ui.field.route')}
        values={ROUTES}
        text={(value) => `cases.ui.route.${String(value)}`}
      />
      <ElsewhereFields />
      <AnswerField
        caseId={view.id}
        step="refer"
        name="answer"
        label={t('cases.ui.field.answer')}
        hint={t('cases.ui.hint.public')}
        max={1000}
      />
    </>
  );
}

function RouteOutcomeFields() {
  const { t } = useTexts();
  return (
    <>
      <ChoiceField
        name="outcome"
        label={t('cases.ui.field.outcome')}
        values={ROUTE_OUTCOMES}
        text={(value) => `cases.ui.outcome.${String(value)}`}
      />
      <TextField name="report" label={t('cases.ui.field.report')} max={1000} />
    </>
  );
}

function MergeFields() {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.merge')}</Explain>
      <Form.Item
        name="masterCaseId"
        label={t('cases.ui.field.master')}
        rules={[{ required: true, message: t('cases.ui.hint.master') }]}
      >
        <CaseByNumber />
      </Form.Item>
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

/** A case by its number; says which one it is before anything is merged. */
function CaseByNumber({ id, onChange }: { id?: string; onChange?: (caseId: string | undefined) => void }) {
  const texts = useTexts();
  const [said, setSaid] = useState('');
  const find = async (number: string) => {
    onChange?.(undefined);
    if (number === '') return setSaid('');
    try {
      const found = await call(findCaseByNumber, { params: { number } });
      setSaid(`${found.number} ${found.title}`);
      onChange?.(found.id);
    } catch (error) {
      setSaid(problemText(texts, error));
    }
  };
  return (
    <>
      <Input.Search
        {...(id === undefined ? {} : { id })}
        inputMode="numeric"
        placeholder="20261120-000298-5"
        enterButton={texts.t('cases.ui.find')}
        onSearch={(number) => void find(number.trim())}
        onBlur={(event) => void find(event.target.value.trim())}
      />
      <span role="status" className="soft">
        {said}
      </span>
    </>
  );
}

function ReasonFields({ explain }: { explain: string }) {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t(explain)}</Explain>
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

const VoidFields = () => <ReasonFields explain="cases.ui.about.void" />;
const UnreleaseFields = () => <ReasonFields explain="cases.ui.about.unrelease" />;

/** Steps at the desk where cases come in. */
export const INTAKE_FORMS = {
  reject: { Fields: RejectFields },
  refer: { Fields: ReferFields },
  record_route: { Fields: RouteOutcomeFields },
  merge: { Fields: MergeFields },
  void: { Fields: VoidFields },
  unrelease: { Fields: UnreleaseFields },
} as const satisfies Readonly<Record<string, StepForm>>;
