import { App, Form, InputNumber } from 'antd';
import { Suspense } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ChoiceItem, FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { OrganisationField, PhotosField } from '../../cases/ui/index.ts';
import { type OfficeAction, steps } from '../contract.ts';
import { MARKS } from '../rules/words.ts';
import { type JointView, officeName } from './queries.ts';

/** A step as the page offers it. */
export type Chosen = JointView['actions'][number];

type Props = {
  readonly view: JointView;
  readonly chosen: Chosen;
  readonly onDone: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** What a step asks for. */
export function ActionDialog({ view, chosen, onDone, onClose }: Props) {
  const { t, locale } = useTexts();
  const { message } = App.useApp();
  const action = chosen.action as OfficeAction;
  const member = view.members.find((one) => one.organisation.id === chosen.organisationId);
  const name = t(`joint.ui.action.${action}`);
  const send = async (values: Record<string, unknown>) => {
    const body = {
      expectedVersion: view.version,
      ...(chosen.organisationId || action === 'rate_whistle' ? { organisationId: chosen.organisationId } : {}),
      ...plain(values),
    };
    await call(steps[action], { params: { id: view.id }, body });
    void message.success(t('joint.ui.done'));
    await onDone();
  };
  return (
    <FormDialog
      title={member ? `${name} · ${officeName(locale, member.organisation)}` : name}
      confirm={name}
      danger={action === 'cancel' || action === 'release'}
      initial={action === 'assign' && member ? { task: member.task, minutes: member.partMinutes } : {}}
      onSend={send}
      onClose={onClose}
    >
      <Suspense fallback={null}>
        <Fields action={action} />
      </Suspense>
    </FormDialog>
  );
}

/** Photo fields hold files with pictures; the server wants their ids. */
function plain(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { files, ...rest } = values as { files?: readonly { id: string }[] };
  return files === undefined ? rest : { ...rest, files: files.map((file) => file.id) };
}

function Fields({ action }: { readonly action: OfficeAction }) {
  const { t } = useTexts();
  const reason = (required = true) => (
    <WordsItem
      name="reason"
      label={t('joint.ui.field.reason')}
      most={500}
      required={required}
      {...(required ? {} : { hint: t('joint.ui.reason_if_poor') })}
    />
  );
  const yesNo = (field: 'granted' | 'justified' | 'needed') => (
    <ChoiceItem
      name={field}
      label={t(`joint.ui.field.${field}`)}
      options={[true, false].map((value) => ({ value, label: t(`joint.ui.${field}.${value}`) }))}
    />
  );
  const mark = (field: string, label: string) => (
    <ChoiceItem
      name={field}
      label={t(`joint.ui.field.${label}`)}
      options={MARKS.map((value) => ({ value, label: t(`joint.ui.mark.${value}`) }))}
    />
  );
  switch (action) {
    case 'confirm':
    case 'arrive':
      return null;
    case 'answer':
      return <WordsItem name="remark" label={t('joint.ui.field.remark')} most={300} required={false} />;
    case 'refuse':
      return (
        <>
          <WordsItem name="legalBasis" label={t('joint.ui.field.legal_basis')} most={300} />
          {reason()}
        </>
      );
    case 'rule':
      return (
        <>
          <ChoiceItem
            name="ruling"
            label={t('joint.ui.field.ruling')}
            options={['must_come', 'excused'].map((value) => ({ value, label: t(`joint.ui.ruling.${value}`) }))}
          />
          {reason()}
        </>
      );
    case 'call':
      return (
        <>
          <OrganisationField name="organisationId" label={t('joint.ui.call_organisation')} />
          <WordsItem name="task" label={t('joint.ui.task')} most={500} />
        </>
      );
    case 'assign':
      return (
        <>
          <WordsItem name="task" label={t('joint.ui.task')} most={500} />
          <Form.Item name="minutes" label={t('joint.ui.field.minutes')}>
            <InputNumber min={10} max={86_400} precision={0} />
          </Form.Item>
        </>
      );
    case 'finish_part':
      return (
        <>
          <WordsItem name="result" label={t('joint.ui.field.result')} most={1000} />
          <PhotosField name="files" label={t('joint.ui.field.photos')} camera />
        </>
      );
    case 'decide_leave':
      return (
        <>
          {yesNo('granted')}
          {reason(false)}
        </>
      );
    case 'close':
      return <WordsItem name="result" label={t('joint.ui.field.result')} most={1000} />;
    case 'rate_member':
      return (
        <>
          {mark('timeliness', 'timeliness')}
          {mark('result', 'effect')}
          {reason(false)}
        </>
      );
    case 'rate_whistle':
      return (
        <>
          {yesNo('justified')}
          {yesNo('needed')}
          {reason(false)}
        </>
      );
    case 'decline':
    case 'cancel':
    case 'confirm_arrival':
    case 'release':
    case 'ask_leave':
    case 'name_lead':
      return reason();
  }
}
