import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Form, Input } from 'antd';
import { Suspense } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ChoiceItem, FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { AreaField, casesChanged, ClassField, OrganisationField } from '../../cases/ui/index.ts';
import { whistleAnew, whistleForCase } from '../contract.ts';
import { GROUNDS } from '../rules/words.ts';

type Served = {
  readonly caseId: string;
  /** A community asks its town. */
  readonly asks: boolean;
  readonly lead: { readonly id: string; readonly name: string; readonly nameEn: string } | null;
};
type Call = { readonly organisationId: string; readonly task: string };

/** What a town says when it whistles: on which ground, for what, where, whom, by when. */
export function WhistleDialog({ served, onClose }: { readonly served: Served | null; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const lead = served?.lead ?? null;
  const send = async (values: Record<string, unknown>) => {
    const { arriveBy, ...rest } = values;
    const calls = (values['calls'] as readonly (Call | undefined)[]).filter((one) => one !== undefined);
    // The browser's field says local time; offices live in Asia/Shanghai.
    const by = typeof arriveBy === 'string' && arriveBy !== '' ? `${arriveBy}:00+08:00` : null;
    const body = { ...rest, calls, arriveBy: by } as never;
    const made = served
      ? await call(whistleForCase, { params: { id: served.caseId }, body })
      : await call(whistleAnew, { body });
    void message.success(t(served?.asks ? 'joint.ui.asked_ok' : 'joint.ui.whistled_ok'));
    if (served) await casesChanged(queries, new Set([served.caseId]));
    await queries.invalidateQueries({ queryKey: ['joint'] });
    await navigate({ to: '/joint/$id', params: { id: made.id } });
  };
  const name = t(served ? (served.asks ? 'joint.ui.whistle_ask' : 'joint.ui.whistle') : 'joint.ui.whistle_new');
  const grounds = GROUNDS.filter((ground) => served !== null || ground !== 'public_demand');
  return (
    <FormDialog
      title={name}
      confirm={t(served?.asks ? 'joint.ui.whistle_ask' : 'joint.ui.whistle')}
      wide
      initial={{
        ground: grounds[0],
        calls: [lead ? { organisationId: lead.id } : {}, {}],
        ...(lead ? { leadId: lead.id } : {}),
      }}
      onSend={send}
      onClose={onClose}
    >
      <Suspense fallback={null}>
        <ChoiceItem
          name="ground"
          label={t('joint.ui.ground')}
          options={grounds.map((value) => ({ value, label: t(`joint.ui.ground.${value}`) }))}
        />
        {served === null && (
          <>
            <WordsItem name="title" label={t('joint.ui.new_title')} most={80} rows={1} />
            <AreaField name="areaCode" label={t('joint.ui.new_area')} />
            <ClassField name="classCode" label={t('joint.ui.new_class')} />
          </>
        )}
        <WordsItem name="matter" label={t('joint.ui.matter')} hint={t('joint.ui.matter_hint')} most={500} />
        <WordsItem name="place" label={t('joint.ui.place')} most={200} required={false} rows={1} />
        <CallFields known={lead ? [lead] : []} />
        <LeadField known={lead ? [lead] : []} />
        <Form.Item name="arriveBy" label={t('joint.ui.arrive_by')} extra={t('joint.ui.arrive_by_hint')}>
          <Input type="datetime-local" />
        </Form.Item>
      </Suspense>
    </FormDialog>
  );
}

type Known = { readonly known: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[] };

function CallFields({ known }: Known) {
  const { t } = useTexts();
  return (
    <fieldset className="field-group">
      <legend>{t('joint.ui.calls')}</legend>
      <Form.List name="calls">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field, index) => (
              <div key={field.key} className="joint-call">
                <OrganisationField
                  name={[field.name, 'organisationId'] as unknown as string}
                  label={`${t('joint.ui.call_organisation')} ${index + 1}`}
                  known={known}
                />
                <WordsItem
                  name={[field.name, 'task']}
                  label={`${t('joint.ui.call_task')} ${index + 1}`}
                  most={500}
                  rows={1}
                />
                {fields.length > 1 && (
                  <Button type="text" onClick={() => remove(field.name)}>
                    {t('joint.ui.call_remove')}
                  </Button>
                )}
              </div>
            ))}
            <Button onClick={() => add({})}>{t('joint.ui.call_more')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

function LeadField({ known }: Known) {
  const { t } = useTexts();
  return <OrganisationField name="leadId" label={t('joint.ui.lead')} hint={t('joint.ui.lead_hint')} known={known} />;
}
