import { useQuery } from '@tanstack/react-query';
import { Form, Radio, Skeleton } from 'antd';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { officeName } from '../parts/names.ts';
import { suggestionsFor } from '../queries.ts';
import { ChoiceField, Explain, OrganisationField, TextField } from './fields.tsx';
import type { FieldsProps, StepForm } from './step-form.ts';
import { Deadline, SuggestionReason } from './suggestion.tsx';
import type { StepInput } from './take-step.ts';

/** The choice in the list of suggestions that stands for 'another office'. */
const ANOTHER = 'another';

/** Suggested offices with their reasons, or another one with a reason of the person's own. */
function DispatchFields({ view }: FieldsProps) {
  const { t, locale } = useTexts();
  const { data, isPending } = useQuery(suggestionsFor(view.id, view.version));
  const chosen: string | undefined = Form.useWatch('choice');
  if (isPending) return <Skeleton active />;
  const suggestions = data?.suggestions ?? [];
  const first = suggestions[0];
  const followed = first !== undefined && chosen === first.organisation.id;
  return (
    <>
      {suggestions.length > 0 && (
        <Form.Item
          name="choice"
          label={t('cases.ui.field.lead')}
          rules={[{ required: true, message: t('cases.ui.choose_one', { field: t('cases.ui.field.lead') }) }]}
        >
          <Radio.Group
            className="choices tall"
            aria-label={t('cases.ui.field.lead')}
            options={[
              ...suggestions.map((one) => ({
                value: one.organisation.id,
                label: (
                  <>
                    <b>{officeName(locale, one.organisation)}</b>
                    <small>
                      <SuggestionReason suggestion={one} />
                    </small>
                  </>
                ),
              })),
              { value: ANOTHER, label: t('cases.ui.dispatch_other') },
            ]}
          />
        </Form.Item>
      )}
      {(suggestions.length === 0 || chosen === ANOTHER) && (
        <OrganisationField name="leadId" label={t('cases.ui.field.lead')} />
      )}
      <OrganisationField
        name="assistIds"
        label={t('cases.ui.field.assists')}
        several
        known={suggestions.flatMap((one) => [...one.assists, one.organisation])}
      />
      {first !== undefined && !followed && (
        <TextField name="reason" label={t('cases.ui.field.reason')} hint={t('cases.ui.hint.override')} max={500} />
      )}
      <TextField name="instruction" label={t('cases.ui.field.instruction')} max={500} required={false} />
      {data?.deadline && (
        <p className="explain">
          <Deadline clock={data.deadline} />
        </p>
      )}
    </>
  );
}

function dispatchBody(values: Readonly<Record<string, unknown>>) {
  const { choice, leadId, assistIds, reason, instruction } = values;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    leadId: String(typeof choice === 'string' && choice !== ANOTHER ? choice : leadId),
    assistIds: Array.isArray(assistIds) ? assistIds.map(String) : [],
    reason: text(reason),
    instruction: text(instruction),
  } satisfies StepInput<'dispatch'>;
}

function ObjectFields() {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.object')}</Explain>
      <TextField
        name="legalBasis"
        label={t('cases.ui.field.legal_basis')}
        hint={t('cases.ui.hint.legal_basis')}
        max={300}
        rows={2}
      />
      <TextField name="reason" label={t('cases.ui.field.reason')} max={500} />
    </>
  );
}

/** Designate whoever has it, for good, or redirect to another. */
function RuleFields({ view }: FieldsProps) {
  const { t } = useTexts();
  const kind: string | undefined = Form.useWatch('kind');
  return (
    <>
      <ChoiceField
        name="kind"
        label={t('cases.ui.field.ruling')}
        hint={kind === undefined ? '' : t(`cases.ui.hint.ruling_${kind}`)}
        values={['designate', 'redirect']}
        text={(value) => `cases.ui.ruling.${String(value)}`}
      />
      <OrganisationField name="leadId" label={t('cases.ui.field.lead')} known={view.lead ? [view.lead] : []} />
      <OrganisationField name="assistIds" label={t('cases.ui.field.assists')} several known={view.assists} />
      <TextField name="reason" label={t('cases.ui.field.reason')} hint={t('cases.ui.hint.ruling')} max={500} />
    </>
  );
}

/** Giving a case to an office, objecting to that, and ruling on the objection. */
export const DISPATCH_FORMS = {
  dispatch: {
    Fields: DispatchFields,
    body: dispatchBody,
    initial: () => ({ choice: ANOTHER }),
    wide: true,
  },
  object: { Fields: ObjectFields },
  rule: {
    Fields: RuleFields,
    initial: (view) => ({ leadId: view.lead?.id, assistIds: view.assists.map((one) => one.id) }),
  },
} as const satisfies Readonly<Record<string, StepForm>>;
