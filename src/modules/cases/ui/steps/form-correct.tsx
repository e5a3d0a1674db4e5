import { useTexts } from '../../../../platform/web/i18n.tsx';
import { AreaField } from '../filing/area-field.tsx';
import { ClassField } from '../filing/class-field.tsx';
import { URGENCIES } from '../../rules/words.ts';
import { ChoiceField, Explain, TextField } from './fields.tsx';
import type { StepForm } from './step-form.ts';

function CorrectFields() {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.correct')}</Explain>
      <ClassField name="classCode" label={t('cases.ui.field.class')} />
      <AreaField name="areaCode" label={t('cases.ui.field.area')} />
      <ChoiceField
        name="urgency"
        label={t('cases.ui.field.urgency')}
        values={URGENCIES}
        text={(value) => `cases.ui.urgency.${String(value)}`}
      />
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

/** Class, area and urgency while nothing was dispatched; only what differs is sent. */
export const CorrectForm: StepForm = {
  Fields: CorrectFields,
  initial: (view) => ({ classCode: view.class.code, areaCode: view.place.areaCode, urgency: view.urgency }),
  body: ({ classCode, areaCode, urgency, reason }, view) => ({
    classCode: classCode === view.class.code ? null : classCode,
    areaCode: areaCode === view.place.areaCode ? null : areaCode,
    urgency: urgency === view.urgency ? null : urgency,
    reason,
  }),
};
