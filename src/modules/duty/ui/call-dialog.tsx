import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { Suspense } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ChoiceItem, FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { PhotosField } from '../../cases/ui/index.ts';
import { type OfficeAction, steps } from '../contract.ts';
import { type CallView, teams } from './queries.ts';

type Props = {
  readonly view: CallView;
  readonly action: OfficeAction;
  readonly onDone: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** What a step of a call asks for. */
export function CallDialog({ view, action, onDone, onClose }: Props) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const name = t(`duty.ui.action.${action}`);
  const send = async ({ files, ...values }: Record<string, unknown>) => {
    const photos = files as readonly { id: string }[] | undefined;
    const body = {
      expectedVersion: view.version,
      ...values,
      ...(photos ? { files: photos.map((one) => one.id) } : {}),
    };
    await call(steps[action], { params: { id: view.id }, body });
    void message.success(t('duty.ui.recorded'));
    await onDone();
  };
  return (
    <FormDialog
      title={`${name} · ${view.caseNumber}`}
      confirm={name}
      danger={action === 'stand_down'}
      onSend={send}
      onClose={onClose}
    >
      <Suspense fallback={null}>
        {action === 'report' && (
          <>
            <WordsItem name="text" label={t('duty.ui.field.report')} most={1000} rows={3} />
            <PhotosField name="files" label={t('duty.ui.field.photos')} camera />
          </>
        )}
        {action === 'close' && <WordsItem name="result" label={t('duty.ui.field.result')} most={1000} rows={3} />}
        {action === 'hand_over' && <PoliceFields />}
        {action === 'reassign' && (
          <>
            <TeamChoice areaCode={view.place.areaCode} />
            <WordsItem name="reason" label={t('duty.ui.field.reason')} most={300} />
          </>
        )}
        {action === 'stand_down' && <WordsItem name="reason" label={t('duty.ui.field.reason')} most={300} />}
      </Suspense>
    </FormDialog>
  );
}

/** Place and matter, nothing of anybody. */
export function PoliceFields({ theirs = false }: { readonly theirs?: boolean }) {
  const { t } = useTexts();
  return (
    <>
      <WordsItem name="matter" label={t('duty.ui.field.matter')} hint={t('duty.ui.field.matter_hint')} most={300} />
      <WordsItem name="place" label={t('duty.ui.field.place')} most={200} required={false} rows={1} />
      <WordsItem name="theirReference" label={t('duty.ui.field.theirs')} most={60} required={theirs} rows={1} />
    </>
  );
}

/** Teams that answer for a place, with who is on duty; those without anybody cannot be sent. */
export function TeamChoice({ areaCode }: { readonly areaCode: string }) {
  const { t } = useTexts();
  const { data } = useQuery(teams);
  const options = (data?.teams ?? [])
    .filter((team) => areaCode.startsWith(team.areaCode))
    .map((team) => {
      const who = team.now ? team.now.line.map((one) => one.name).join('、') : t('duty.ui.nobody');
      return { value: team.id, label: `${team.name}（${who}）`, disabled: team.now === null };
    });
  if (data && options.length === 0) return <p className="soft">{t('duty.ui.no_teams')}</p>;
  return <ChoiceItem name="teamId" label={t('duty.ui.field.team')} options={options} />;
}
