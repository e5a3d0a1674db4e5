import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { currentTime } from '../../../platform/web/clock.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice, problemText } from '../../../platform/web/office/error-notice.tsx';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { dayOf, exactTime } from '../../../platform/web/time.ts';
import { addDays } from '../../../kit/time.ts';
import { addShift, copyWeek, handShiftOver, removeShift } from '../contract.ts';
import { officeName, roster, type ShiftView, teams, type TeamView } from './queries.ts';
import { AddMember, AddTeam } from './team-dialogs.tsx';

type Props = {
  readonly team: string | undefined;
  readonly week: string | undefined;
  readonly onGo: (next: { team?: string; week?: string }) => void;
};

/** Teams with who is on duty now, and one team's week: shifts in order, with the gaps between them. */
export function RosterPane({ team: chosen, week: asked, onGo }: Props) {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(teams);
  const team = data?.teams.find((one) => one.id === chosen) ?? data?.teams[0];
  const day = asked ?? dayOf(currentTime());
  return (
    <>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending && <RowSkeletons rows={3} />}
      {data && <AddTeam kinds={data.kinds} />}
      {data?.teams.length === 0 && <EmptyState title={t('duty.ui.no_teams')} hint={t('duty.ui.no_teams_hint')} />}
      {data && team && (
        <>
          <p className="duty-team">
            {t('duty.ui.choose_team')}{' '}
            <Select
              aria-label={t('duty.ui.choose_team')}
              value={team.id}
              onChange={(id) => onGo({ team: id })}
              options={data.teams.map((one) => ({ value: one.id, label: `${one.areaName} · ${one.name}` }))}
            />
          </p>
          <OnDuty team={team} />
          <Week team={team} day={day} onWeek={(week) => onGo({ week })} />
        </>
      )}
    </>
  );
}

function useChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['duty'] });
}

function OnDuty({ team }: { readonly team: TeamView }) {
  const { t, locale } = useTexts();
  const changed = useChanged();
  const [noting, setNoting] = useState(false);
  const [first, ...next] = team.now?.line ?? [];
  return (
    <section className="card" aria-labelledby="duty-now">
      <h2 id="duty-now">{t('duty.ui.on_duty_now')}</h2>
      {first ? (
        <p className="duty-first">
          {officeName(locale, first.organisation)} {first.name}
        </p>
      ) : (
        <p className="duty-late">{t('duty.ui.nobody')}</p>
      )}
      {next.length > 0 && (
        <p className="soft">{t('duty.ui.next_in_line', { who: next.map((one) => one.name).join('、') })}</p>
      )}
      {team.now?.handoverNote && <p>{t('duty.ui.handover_note', { note: team.now.handoverNote })}</p>}
      {team.now && <Button onClick={() => setNoting(true)}>{t('duty.ui.leave_note')}</Button>}
      <h3>{t('duty.ui.members')}</h3>
      {team.members.length === 0 && <p className="soft">{t('duty.ui.no_members')}</p>}
      <ul className="duty-members">
        {team.members.map((one) => (
          <li key={one.postId}>
            {officeName(locale, one.organisation)} {one.name}
          </li>
        ))}
      </ul>
      {team.manages && <AddMember team={team} />}
      {noting && team.now && (
        <FormDialog
          title={t('duty.ui.leave_note')}
          confirm={t('web.save')}
          initial={{ note: team.now.handoverNote ?? '' }}
          onSend={async ({ note }) => {
            await call(handShiftOver, { params: { id: team.now?.id ?? '' }, body: { note: String(note) } });
            await changed();
          }}
          onClose={() => setNoting(false)}
        >
          <WordsItem name="note" label={t('duty.ui.note')} most={500} rows={3} />
        </FormDialog>
      )}
    </section>
  );
}

type WeekProps = { readonly team: TeamView; readonly day: string; readonly onWeek: (week: string) => void };

function Week({ team, day, onWeek }: WeekProps) {
  const texts = useTexts();
  const { t } = texts;
  const { message } = App.useApp();
  const changed = useChanged();
  const { data, error, isPending } = useQuery(roster(team.id, day));
  const [adding, setAdding] = useState<Span | null>(null);
  const [removing, setRemoving] = useState<ShiftView | null>(null);
  if (isPending || !data) return <ErrorNotice error={error} />;
  const copy = () =>
    call(copyWeek, { params: { id: team.id }, body: { from: data.week, to: addDays(data.week, 7) } }).then(
      async ({ copied }) => {
        void message.success(t('duty.ui.copied', { n: copied }));
        await changed();
        onWeek(addDays(data.week, 7));
      },
      (caught: unknown) => void message.error(problemText(texts, caught)),
    );
  return (
    <section className="card" aria-labelledby="duty-week">
      <div className="duty-line">
        <h2 id="duty-week">{t('duty.ui.week', { from: data.week })}</h2>
        <span className="spacer" />
        <Button onClick={() => onWeek(addDays(data.week, -7))}>{t('duty.ui.week_before')}</Button>
        <Button onClick={() => onWeek(addDays(data.week, 7))}>{t('duty.ui.week_after')}</Button>
      </div>
      <ul className="duty-week">
        {linesOf(data).map((line) => (
          <li key={line.startsAt} className={line.shift ? '' : 'gap'}>
            <span className="num">
              {shortTime(line.startsAt)} – {shortTime(line.endsAt)}
            </span>
            <span>{line.shift ? line.shift.line.map((one) => one.name).join(' → ') : t('duty.ui.gap')}</span>
            {team.manages && !line.shift && (
              <Button onClick={() => setAdding(line)} disabled={team.members.length === 0}>
                {t('duty.ui.add_shift')}
              </Button>
            )}
            {team.manages && line.shift && new Date(line.startsAt) > currentTime() && (
              <Button type="text" onClick={() => setRemoving(line.shift)}>
                {t('duty.ui.remove_shift')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {team.manages && data.shifts.length > 0 && <Button onClick={() => void copy()}>{t('duty.ui.copy_week')}</Button>}
      {adding && <ShiftDialog team={team} span={adding} onDone={changed} onClose={() => setAdding(null)} />}
      <ConfirmDialog
        open={removing !== null}
        title={t('duty.ui.remove_shift')}
        confirm={t('duty.ui.remove_shift')}
        danger
        onConfirm={async () => {
          await call(removeShift, { params: { id: removing?.id ?? '' } });
          await changed();
        }}
        onClose={() => setRemoving(null)}
      >
        {removing && `${shortTime(removing.startsAt)} – ${shortTime(removing.endsAt)}. `}
        {t('duty.ui.remove_shift_about')}
      </ConfirmDialog>
    </section>
  );
}

type Span = { readonly startsAt: string; readonly endsAt: string };
type Line = Span & { readonly shift: ShiftView | null };

function linesOf({ shifts, gaps }: { shifts: readonly ShiftView[]; gaps: readonly Span[] }): readonly Line[] {
  return [
    ...shifts.map(({ startsAt, endsAt }, index) => ({ startsAt, endsAt, shift: shifts[index] ?? null })),
    ...gaps.map((gap) => ({ ...gap, shift: null })),
  ].toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
}

/** 03-10 09:00, as the offices live it. */
const shortTime = (moment: string) => exactTime(moment).slice(5, 16);
const fieldTime = (moment: string) => exactTime(moment).slice(0, 16).replace(' ', 'T');

type ShiftProps = {
  readonly team: TeamView;
  readonly span: Span;
  readonly onDone: () => Promise<unknown>;
  readonly onClose: () => void;
};

function ShiftDialog({ team, span, onDone, onClose }: ShiftProps) {
  const { t, locale } = useTexts();
  const send = async (values: Record<string, unknown>) => {
    const at = (name: string) => `${String(values[name])}:00+08:00`;
    const body = { startsAt: at('startsAt'), endsAt: at('endsAt'), line: values['line'] as string[] };
    await call(addShift, { params: { id: team.id }, body });
    await onDone();
  };
  const until = new Date(Math.min(Date.parse(span.endsAt), Date.parse(span.startsAt) + 12 * 3_600_000)).toISOString();
  return (
    <FormDialog
      title={t('duty.ui.add_shift')}
      confirm={t('duty.ui.add_shift')}
      initial={{ startsAt: fieldTime(span.startsAt), endsAt: fieldTime(until) }}
      onSend={send}
      onClose={onClose}
    >
      {(['startsAt', 'endsAt'] as const).map((name) => {
        const label = t(name === 'startsAt' ? 'duty.ui.shift_from' : 'duty.ui.shift_to');
        return (
          <Form.Item
            key={name}
            name={name}
            label={label}
            rules={[{ required: true, message: t('web.form.fill', { field: label }) }]}
          >
            <Input type="datetime-local" />
          </Form.Item>
        );
      })}
      <Form.Item
        name="line"
        label={t('duty.ui.shift_line')}
        rules={[{ required: true, message: t('web.form.choose', { field: t('duty.ui.shift_line') }) }]}
      >
        <Select
          mode="multiple"
          options={team.members.map((one) => ({
            value: one.postId,
            label: `${officeName(locale, one.organisation)} ${one.name}`,
          }))}
        />
      </Form.Item>
    </FormDialog>
  );
}
